package dev.turso.spring.event;

import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeKind;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.ChangeRecord;
import dev.turso.cdc.record.TableShape;
import dev.turso.change.Operation;
import dev.turso.change.Position;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From records of the log to events of one row type. A record that was written when its table had other
 * columns is read by the columns' identity: a value goes under the name that its column has now, and one
 * whose column is gone goes nowhere.
 */
final class LoggedChanges {

  private LoggedChanges() {}

  /**
   * @param now the table as it is now; null if that is not known
   */
  static <T> List<RowChangeEvent<?>> events(
      ChangeBatch batch, RowMapping<T> mapping, @Nullable TableShape now) {
    List<RowChangeEvent<?>> events = new ArrayList<>();
    Position position = new Position(batch.position().epoch(), batch.position().change());
    for (ChangeRecord each : batch.changes()) {
      if (each.kind().isOfRow() && each.table().equalsIgnoreCase(mapping.table())) {
        events.add(event(batch, each, mapping, now, position));
      }
    }
    return events;
  }

  /** The event of one record, which is none of a definition. */
  static <T> RowChangeEvent<T> event(
      ChangeBatch batch,
      ChangeRecord change,
      RowMapping<T> mapping,
      @Nullable TableShape now,
      Position position) {
    TableShape shape = change.shape();
    if (shape == null) {
      throw new ChangeLogException(
          ChangeLogException.Reason.UNKNOWN_SHAPE,
          "the columns of " + change.table() + " at change " + change.id() + " are not known");
    }
    Map<String, @Nullable Object> before = row(shape, now, change.before());
    Map<String, @Nullable Object> after = row(shape, now, change.after());
    return new RowChangeEvent<>(
        mapping.type(),
        change.table(),
        operation(change.kind()),
        before == null ? null : mapping.map(before),
        after == null ? null : mapping.map(after),
        position,
        batch.origin());
  }

  private static Operation operation(ChangeKind kind) {
    return switch (kind) {
      case INSERT, SNAPSHOT -> Operation.INSERT;
      case UPDATE -> Operation.UPDATE;
      case DELETE -> Operation.DELETE;
      case DEFINITION, GAP -> throw new IllegalArgumentException(kind + " is not of a row");
    };
  }

  private static @Nullable Map<String, @Nullable Object> row(
      TableShape shape, @Nullable TableShape now, Value @Nullable [] values) {
    if (values == null) {
      return null;
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length && i < shape.columns().size(); i++) {
      String name = nameNow(shape, i, now);
      if (name != null) {
        row.put(name.toLowerCase(Locale.ROOT), RowImage.object(values[i]));
      }
    }
    return row;
  }

  private static @Nullable String nameNow(TableShape shape, int index, @Nullable TableShape now) {
    if (now == null
        || now.sql() == null
        || now.version() <= shape.version()
        || now.tableId() != shape.tableId()) {
      return shape.columns().get(index);
    }
    int at = now.indexOfId(shape.columnId(index));
    return at < 0 ? null : now.columns().get(at);
  }
}
