package dev.turso.dbsp.view;

import dev.turso.btree.TableCursor;
import dev.turso.format.RecordReader;
import dev.turso.pager.PageStore;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the definitions of views; rows that are byte for byte what they were last time are not decoded
 * again, so a definition that has not changed stays the same object. Safe for any thread.
 */
final class DefinitionReader {

  private volatile Known[] known = {};

  private record Known(long id, byte[] record, ViewDefinition definition) {}

  /** All definitions in the order of their ids; none if there is no view. */
  List<ViewDefinition> read(DatabaseSchema schema, PageStore store) {
    Table table = schema.table(SideTables.VIEWS);
    if (table == null || table.columns().size() < 9) {
      return List.of();
    }
    List<ViewDefinition> all = new ArrayList<>();
    List<Known> seen = new ArrayList<>();
    boolean same = true;
    Known[] before = known;
    TableCursor cursor = new TableCursor(store, table.rootPage());
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      int at = seen.size();
      boolean unchanged = at < before.length && isSame(before[at], cursor);
      Known each = unchanged ? before[at] : decoded(cursor, store);
      same &= unchanged;
      seen.add(each);
      all.add(each.definition);
    }
    if (!same || seen.size() != before.length) {
      known = seen.toArray(new Known[0]);
    }
    return all;
  }

  private static boolean isSame(Known before, TableCursor cursor) {
    byte[] array = cursor.array();
    int from = cursor.payloadOffset();
    return before.id == cursor.rowid()
        && Arrays.equals(
            before.record, 0, before.record.length, array, from, from + cursor.payloadLength());
  }

  private static Known decoded(TableCursor cursor, PageStore store) {
    byte[] array = cursor.array();
    int from = cursor.payloadOffset();
    byte[] record = Arrays.copyOfRange(array, from, from + cursor.payloadLength());
    RecordReader reader = new RecordReader(SideTables.encoding(store));
    reader.reset(record, 0, record.length);
    return new Known(cursor.rowid(), record, SideTables.definition(cursor.rowid(), reader));
  }
}
