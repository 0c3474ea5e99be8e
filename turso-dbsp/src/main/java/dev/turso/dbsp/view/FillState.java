package dev.turso.dbsp.view;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.circuit.Visible;
import dev.turso.dbsp.trace.Trace;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a view that is filled in slices has come, kept in its state:
 *
 * <pre>
 *   0 0 2  name of a base table   →   the last rowid that is in (8); all ones when the table is
 * </pre>
 */
final class FillState {

  private final Trace trace;

  FillState(Trace trace) {
    this.trace = trace;
  }

  private static byte[] key(String table) {
    byte[] name = table.getBytes(StandardCharsets.UTF_8);
    OrderedKey key = new OrderedKey().addByte(0).addByte(0).addByte(2);
    return key.addRaw(name, 0, name.length).toBytes();
  }

  /** The last rowid of a table that is in, or null before its first slice. */
  @Nullable Long last(String table) {
    byte[] stored = trace.get(key(table));
    return stored == null ? null : ByteBuffer.wrap(stored).getLong();
  }

  void set(String table, long last) {
    trace.put(key(table), ByteBuffer.allocate(Long.BYTES).putLong(last).array());
  }

  void forget(List<String> tables) {
    for (String each : tables) {
      trace.remove(key(each));
    }
  }

  Visible visible(DatabaseSchema schema, List<String> tables) {
    Map<Long, Long> limits = new HashMap<>();
    for (String each : tables) {
      Table table = schema.table(each);
      Long last = last(each);
      if (table != null && last != null) {
        limits.put(table.id(), last);
      }
    }
    return Visible.upTo(limits);
  }

  /** What changes of the tables mean to rows that are in. */
  Map<Long, TableChanges> changes(
      DatabaseSchema schema, List<String> tables, Map<Long, TableChanges> all) {
    Map<Long, TableChanges> seen = new HashMap<>();
    for (String each : tables) {
      Table table = schema.table(each);
      Long last = last(each);
      TableChanges changes = table == null ? null : all.get(table.id());
      if (table != null && last != null && changes != null) {
        seen.put(table.id(), table.withoutRowid() ? changes : changes.upTo(last));
      }
    }
    return seen;
  }
}
