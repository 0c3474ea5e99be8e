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
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of a change set, netted by table and key: the input of a step. */
public final class PendingChanges {

  private final Map<Long, TableChanges> byTable = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final TextEncoding encoding;

  /** For keys of WITHOUT ROWID tables. */
  private @Nullable RecordReader reader;

  public PendingChanges(TextEncoding encoding) {
    this.encoding = encoding;
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
    if (table.withoutRowid()) {
      takeKeyed(change, table, into);
      return;
    }
    byte[] buffer = change.buffer();
    int before = change.beforeLength();
    int after = change.afterLength();
    if (before >= 0) {
      into.deleted(change.rowidBefore(), buffer, change.beforeOffset(), before);
    }
    if (after >= 0) {
      into.inserted(change.rowidAfter(), buffer, change.afterOffset(), after);
    }
  }

  private void takeKeyed(RowChange change, Table table, TableChanges into) {
    byte[] buffer = change.buffer();
    int before = change.beforeLength();
    int after = change.afterLength();
    if (before >= 0) {
      int at = change.beforeOffset();
      into.deleted(key(table, buffer, at, before), buffer, at, before);
    }
    if (after >= 0) {
      int at = change.afterOffset();
      into.inserted(key(table, buffer, at, after), buffer, at, after);
    }
  }

  private ByteBuffer key(Table table, byte[] array, int offset, int length) {
    RecordReader record = reader;
    if (record == null) {
      record = new RecordReader(encoding);
      reader = record;
    }
    record.reset(array, offset, length);
    return TableReader.primaryKey(table, record);
  }

  /** Says that the rows of a table may be other ones, whatever its changes tell. */
  void name(String table) {
    names.add(dev.turso.schema.Names.fold(table));
  }

  public boolean touches(Iterable<String> tables) {
    for (String each : tables) {
      if (names.contains(each)) {
        return true;
      }
    }
    return false;
  }

  /** The tables that are touched, by folded name. */
  public Set<String> tables() {
    return names;
  }

  public Map<Long, TableChanges> byTable() {
    return byTable;
  }
}
