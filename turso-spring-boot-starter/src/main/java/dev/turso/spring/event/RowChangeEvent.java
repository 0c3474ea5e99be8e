package dev.turso.spring.event;

import dev.turso.change.Operation;
import dev.turso.change.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

/**
 * One committed change of one row.
 *
 * <p>An ordinary {@code @EventListener} with a parameter {@code RowChangeEvent<Flight>} gets the
 * changes of the table of {@code Flight}, after their commit. Immutable.
 *
 * @param type the row's type
 * @param table the table's name
 * @param operation what happened
 * @param before the row before, or null for an insert
 * @param after the row after, or null for a delete
 * @param position which commit this belongs to
 * @param origin the text that the writing session was given, or null
 * @param <T> the row's type
 */
public record RowChangeEvent<T>(
    Class<T> type,
    String table,
    Operation operation,
    @Nullable T before,
    @Nullable T after,
    Position position,
    @Nullable String origin)
    implements ResolvableTypeProvider {

  /** The row as it is now, or as it was if it is gone. */
  public T row() {
    T row = after != null ? after : before;
    if (row == null) {
      throw new IllegalStateException("a change without a row");
    }
    return row;
  }

  @Override
  public ResolvableType getResolvableType() {
    return ResolvableType.forClassWithGenerics(RowChangeEvent.class, type);
  }
}
