package dev.turso.dbsp.view;

import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeSet;
import dev.turso.change.Origin;
import dev.turso.change.RowChange;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.operator.TableReader;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of a change set, netted by table and key: the input of a step. */
public final class PendingChanges {

  private final Map<Long, TableChanges> byTable = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final RecordReader reader;

  public PendingChanges(TextEncoding encoding) {
    this.reader = new RecordReader(encoding);
  }

  /** Takes in the changes between two marks, but not what views have written themselves. */
  void add(ChangeSet changes, long from, long to) {
    add(changes.cursor(from, to), false);
  }

  /** Takes in all changes, those of views too: for readers of views. */
  public void addAll(ChangeSet changes) {
    add(changes.cursor(), true);
  }

  private void add(ChangeCursor cursor, boolean ofViews) {
    Table last = null;
    TableChanges into = null;
    while (cursor.next()) {
      RowChange change = cursor.change();
      if (!ofViews && change.origin() == Origin.VIEW) {
        continue;
      }
      Table table = change.table();
      if (table != last || into == null) {
        into = of(table);
        last = table;
      }
      take(change, table, into);
    }
  }

  /** The changes of a table, empty at first. */
  TableChanges of(Table table) {
    names.add(dev.turso.schema.Names.fold(table.name()));
    return byTable.computeIfAbsent(table.id(), key -> new TableChanges());
  }

  private void take(RowChange change, Table table, TableChanges into) {
    byte[] before = slice(change.buffer(), change.beforeOffset(), change.beforeLength());
    byte[] after = slice(change.buffer(), change.afterOffset(), change.afterLength());
    if (before != null) {
      into.deleted(key(table, change.rowidBefore(), before), change.rowidBefore(), before);
    }
    if (after != null) {
      into.inserted(key(table, change.rowidAfter(), after), change.rowidAfter(), after);
    }
  }

  private Object key(Table table, long rowid, byte[] record) {
    if (!table.withoutRowid()) {
      return rowid;
    }
    reader.reset(record, 0, record.length);
    return TableReader.primaryKey(table, reader);
  }

  private static byte @Nullable [] slice(byte[] buffer, int offset, int length) {
    return length < 0 ? null : Arrays.copyOfRange(buffer, offset, offset + length);
  }

  public boolean touches(Iterable<String> tables) {
    for (String each : tables) {
      if (names.contains(each)) {
        return true;
      }
    }
    return false;
  }

  public Map<Long, TableChanges> byTable() {
    return byTable;
  }
}
