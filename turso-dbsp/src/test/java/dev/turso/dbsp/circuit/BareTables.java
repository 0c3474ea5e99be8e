package dev.turso.dbsp.circuit;

import dev.turso.btree.BTrees;
import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.format.KeyComparator;
import dev.turso.format.KeyProbe;
import dev.turso.format.RecordReader;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.Pager;
import dev.turso.pager.PagerOptions;
import dev.turso.schema.Catalog;
import dev.turso.schema.CollationLookup;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.SchemaReader;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tables and indexes as bare trees, with the changes of a step: what a circuit needs, no SQL. */
final class BareTables implements AutoCloseable {

  final Pager pager = Pager.openPrivateMemory(PagerOptions.DEFAULT);
  final Catalog catalog;
  private Map<Long, TableChanges> changes = new HashMap<>();

  BareTables(String... ddl) {
    pager.beginWrite();
    BTrees trees = new BTrees(pager);
    List<SchemaRow> rows = new ArrayList<>();
    long id = 0;
    for (String sql : ddl) {
      String[] words = sql.split("[ (]+");
      boolean index = words[1].equals("INDEX");
      boolean view = words[1].equals("VIEW");
      boolean keyed = sql.contains("WITHOUT ROWID");
      String on = index ? words[4] : words[2];
      int root = view ? 0 : index || keyed ? trees.createIndex() : trees.createTable();
      rows.add(
          new SchemaRow(++id, index ? "index" : view ? "view" : "table", words[2], on, root, sql));
    }
    DatabaseSchema main =
        new SchemaReader("main", 0, CollationLookup.BUILT_IN, name -> -1).read(1, rows, List.of());
    catalog = new Catalog(List.of(main, DatabaseSchema.empty("temp", 1)));
  }

  Table table(String name) {
    Table table = catalog.table(null, name);
    assert table != null;
    return table;
  }

  /** The changes since the last call. */
  Map<Long, TableChanges> takeChanges() {
    Map<Long, TableChanges> taken = changes;
    changes = new HashMap<>();
    return taken;
  }

  private TableChanges changes(Table table) {
    return changes.computeIfAbsent(table.id(), key -> new TableChanges());
  }

  /** Puts a row in place of the one of its rowid, if there is one. */
  void put(String name, long rowid, Object... values) {
    remove(name, rowid);
    Table table = table(name);
    byte[] record = record(table, values);
    new TableCursor(pager, table.rootPage()).insert(rowid, record, 0, record.length);
    changes(table).inserted(rowid, record, 0, record.length);
    for (Index each : table.indexes()) {
      byte[] entry = entry(each, rowid, record);
      index(each).insert(entry, 0, entry.length);
    }
  }

  boolean remove(String name, long rowid) {
    Table table = table(name);
    TableCursor cursor = new TableCursor(pager, table.rootPage());
    if (!cursor.seek(rowid)) {
      return false;
    }
    byte[] record =
        java.util.Arrays.copyOfRange(
            cursor.array(),
            cursor.payloadOffset(),
            cursor.payloadOffset() + cursor.payloadLength());
    cursor.delete();
    changes(table).deleted(rowid, record, 0, record.length);
    for (Index each : table.indexes()) {
      byte[] entry = entry(each, rowid, record);
      RecordReader reader = new RecordReader();
      reader.reset(entry, 0, entry.length);
      IndexCursor at = index(each);
      if (at.seek(new KeyProbe().load(reader, each.storedParts().size()))) {
        at.delete();
      }
    }
    return true;
  }

  private IndexCursor index(Index index) {
    Collation[] collations = new Collation[index.storedParts().size()];
    for (int i = 0; i < collations.length; i++) {
      collations[i] = index.storedParts().get(i).collation();
    }
    return new IndexCursor(
        pager,
        index.rootPage(),
        new KeyComparator(collations, new boolean[collations.length], TextEncoding.UTF_8));
  }

  private static byte[] entry(Index index, long rowid, byte[] record) {
    RecordReader reader = new RecordReader();
    reader.reset(record, 0, record.length);
    RecordWriter writer = new RecordWriter();
    writer.reset();
    for (IndexPart part : index.storedParts()) {
      if (part.isRowid() || part.column() == index.table().rowidAlias()) {
        writer.addInteger(rowid);
      } else {
        int tag = reader.load(part.column());
        writer.add(tag, reader.bits(), reader.ref());
      }
    }
    writer.finish();
    return writer.toByteArray();
  }

  private static byte[] record(Table table, Object... values) {
    RecordWriter writer = new RecordWriter();
    writer.reset();
    Register r = new Register();
    for (int i = 0; i < values.length; i++) {
      if (i == table.rowidAlias()) {
        writer.addNull();
        continue;
      }
      switch (values[i]) {
        case null -> r.setNull();
        case Integer n -> r.setInteger(n);
        case Long n -> r.setInteger(n);
        case Double d -> r.setReal(d);
        default -> r.setText(values[i].toString());
      }
      Affinity affinity = table.columns().get(i).affinity();
      affinity.apply(r);
      if (r.tag == Tag.NULL) {
        writer.addNull();
      } else if (r.tag == Tag.REAL && affinity == Affinity.REAL) {
        writer.addCompactReal(r.bits);
      } else {
        writer.add(r.tag, r.bits, r.ref);
      }
    }
    writer.finish();
    return writer.toByteArray();
  }

  @Override
  public void close() {
    pager.rollback();
    pager.close();
  }
}
