package dev.turso.spring.event;

import dev.turso.change.RowChange;
import dev.turso.change.RowValues;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One side of a row change as Java values by folded column name. */
final class RowImage {

  private final RowValues values = new RowValues();

  /** The row before the change; null for an insert. */
  @Nullable Map<String, @Nullable Object> before(RowChange change) {
    return values.before(change) ? read(change.table()) : null;
  }

  /** The row after the change; null for a delete. */
  @Nullable Map<String, @Nullable Object> after(RowChange change) {
    return values.after(change) ? read(change.table()) : null;
  }

  private Map<String, @Nullable Object> read(Table table) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (!table.columns().get(i).isVirtual()) {
        row.put(table.columns().get(i).name().toLowerCase(Locale.ROOT), object(values.get(i)));
      }
    }
    return row;
  }

  static @Nullable Object object(Value value) {
    return switch (value.tag()) {
      case Tag.NULL -> null;
      case Tag.INTEGER -> value.asLong();
      case Tag.REAL -> value.asDouble();
      case Tag.TEXT -> value.asString();
      default -> value.asBytes();
    };
  }
}
