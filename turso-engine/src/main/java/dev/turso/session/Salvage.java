package dev.turso.session;

import dev.turso.btree.SalvageWalk;
import dev.turso.error.DatabaseException;
import dev.turso.error.KeyException;
import dev.turso.error.SqlException;
import dev.turso.exec.ddl.Identifiers;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.pager.Pager;
import dev.turso.pager.PagerOptions;
import dev.turso.pager.RawPages;
import dev.turso.schema.Column;
import dev.turso.schema.Names;
import dev.turso.schema.SchemaRow;
import dev.turso.schema.Table;
import dev.turso.value.Value;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.OpenMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies what can be read of a damaged file to the empty main database of a connection. */
final class Salvage {

  private static final int MOST_ORPHAN_COLUMNS = 100;

  private final Connection target;
  private final List<String> messages = new ArrayList<>();
  private TextEncoding encoding = TextEncoding.UTF_8;
  private int tables;
  private long rows;
  private long lostRows;
  private long orphans;

  Salvage(Connection target) {
    this.target = target;
  }

  SalvageReport run(FileSystem files, DatabaseLocation location) {
    String path = location.name();
    if (!target.freshCatalog().main().tables().isEmpty()) {
      throw new SqlException("salvage needs an empty database");
    }
    if (!files.exists(path)) {
      throw new SqlException("no such file: " + path);
    }
    PagerOptions options =
        PagerOptions.DEFAULT.withMode(OpenMode.READ_WRITE).withKey(location.key());
    try (Pager pager = Pager.open(files, path, options)) {
      pager.beginRead();
      encoding = TextEncoding.of(Bytes.i32(pager.read(1), DatabaseHeader.TEXT_ENCODING));
      return copy(pager);
    } catch (KeyException e) {
      throw e;
    } catch (DatabaseException e) {
      if (!target.autoCommit()) {
        target.execute("ROLLBACK");
        throw e;
      }
      messages.add("read as it lies there, as it cannot be opened: " + e.getMessage());
    }
    try (RawPages raw = RawPages.open(files, path, location.key())) {
      encoding = TextEncoding.of(raw.encodingCode());
      return copy(raw);
    }
  }

  private SalvageReport copy(PageStore store) {
    SalvageWalk walk = new SalvageWalk(store);
    List<SchemaRow> schema = schema(walk);
    target.execute("BEGIN");
    try {
      for (SchemaRow each : schema) {
        if (each.type().equals("table")) {
          table(walk, each);
        }
      }
      walk.skipFreeList();
      lostAndFound(store, walk);
      for (String kind : new String[] {"index", "view", "trigger"}) {
        for (SchemaRow each : schema) {
          if (each.type().equals(kind)) {
            make(each);
          }
        }
      }
      target.execute("COMMIT");
    } finally {
      if (!target.autoCommit()) {
        target.execute("ROLLBACK");
      }
    }
    return new SalvageReport(
        tables, rows, lostRows + walk.lostCells(), walk.lostPages(), orphans, messages);
  }

  private List<SchemaRow> schema(SalvageWalk walk) {
    List<SchemaRow> found = new ArrayList<>();
    walk.tree(
        1,
        (rowid, record) -> {
          List<Value> v = values(record);
          if (v != null && v.size() >= 5) {
            found.add(
                new SchemaRow(
                    rowid, text(v.get(0)), text(v.get(1)), text(v.get(2)), root(v), sql(v)));
          }
        });
    return found;
  }

  private static String text(Value value) {
    String text = value.asString();
    return text == null ? "" : text;
  }

  private static int root(List<Value> v) {
    return (int) v.get(3).asLong();
  }

  private static @Nullable String sql(List<Value> v) {
    return v.get(4).isNull() ? null : v.get(4).asString();
  }

  /** The values of a record, or null if it contradicts itself. */
  private @Nullable List<Value> values(byte[] record) {
    try {
      RecordReader reader = new RecordReader(encoding);
      reader.reset(record, 0, record.length);
      int count = reader.columnCount();
      List<Value> values = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        values.add(Value.of(reader.load(i), reader.bits(), reader.ref()));
      }
      return values;
    } catch (DatabaseException e) {
      lostRows++;
      return null;
    }
  }

  private boolean make(SchemaRow row) {
    if (row.sql() == null) {
      return false;
    }
    try {
      target.execute(row.sql());
      return true;
    } catch (DatabaseException e) {
      messages.add(row.type() + " " + row.name() + ": " + e.getMessage());
      return false;
    }
  }

  // ---- rows of tables ----

  private void table(SalvageWalk walk, SchemaRow row) {
    boolean internal = Names.startsWith(row.name(), "sqlite_");
    if (!internal && !make(row)) {
      return;
    }
    Table table = target.catalog().main().table(row.name());
    if (table == null || row.rootPage() <= 0) {
      return;
    }
    tables += internal ? 0 : 1;
    int[] stored = insertable(table);
    try (PreparedStatement insert = target.prepare(insertion(table, stored))) {
      long before = rows;
      walk.tree(row.rootPage(), (rowid, record) -> insert(table, stored, insert, rowid, record));
      long kept = count(table);
      lostRows += rows - before - kept;
      rows = before + kept;
    }
  }

  /** Of rows with one key, which a damaged tree may have, the last is kept. */
  private long count(Table table) {
    String sql = "SELECT count(*) FROM main." + Identifiers.quoted(table.name());
    try (PreparedStatement statement = target.prepare(sql);
        ResultRows counted = statement.query()) {
      counted.next();
      counted.load(0);
      return counted.bits();
    }
  }

  private static int[] insertable(Table table) {
    return java.util.stream.IntStream.range(0, table.columns().size())
        .filter(i -> !table.columns().get(i).isGenerated())
        .toArray();
  }

  private static String insertion(Table table, int[] columns) {
    StringBuilder names = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    String rowid = rowidName(table);
    if (rowid != null) {
      names.append(rowid);
      marks.append('?');
    }
    for (int each : columns) {
      names.append(names.isEmpty() ? "" : ", ");
      names.append(Identifiers.quoted(table.columns().get(each).name()));
      marks.append(marks.isEmpty() ? "?" : ", ?");
    }
    return "INSERT OR REPLACE INTO main."
        + Identifiers.quoted(table.name())
        + "("
        + names
        + ") VALUES ("
        + marks
        + ")";
  }

  /** A name for the rowid that no column has, null where the rowid is a column or there is none. */
  private static @Nullable String rowidName(Table table) {
    if (table.withoutRowid() || table.rowidAlias() >= 0) {
      return null;
    }
    for (String each : new String[] {"rowid", "_rowid_", "oid"}) {
      if (table.columnIndex(each) < 0) {
        return each;
      }
    }
    return null;
  }

  private void insert(
      Table table, int[] columns, PreparedStatement insert, long rowid, byte[] record) {
    List<Value> values = values(record);
    if (values == null) {
      return;
    }
    try {
      int parameter = 1;
      if (rowidName(table) != null) {
        insert.bind(parameter++, Value.integer(rowid));
      }
      for (int each : columns) {
        insert.bind(parameter++, value(table, each, rowid, values));
      }
      insert.run();
      insert.reset();
      rows++;
    } catch (DatabaseException e) {
      insert.reset();
      lostRows++;
    }
  }

  private static Value value(Table table, int column, long rowid, List<Value> values) {
    if (column == table.rowidAlias()) {
      return Value.integer(rowid);
    }
    int position = table.storedPosition(column);
    if (position < values.size()) {
      return values.get(position);
    }
    Column missing = table.columns().get(column);
    return missing.notNull() ? Value.integer(0) : Value.NULL;
  }

  // ---- rows of no table ----

  private void lostAndFound(PageStore store, SalvageWalk walk) {
    PreparedStatement insert = null;
    try {
      for (int page = walk.nextOrphan(2); page != 0; page = walk.nextOrphan(page + 1)) {
        if (insert == null) {
          insert = lostAndFoundTable();
        }
        int number = page;
        PreparedStatement into = insert;
        walk.tree(page, (rowid, record) -> orphan(into, number, rowid, record));
      }
    } finally {
      if (insert != null) {
        insert.close();
      }
    }
  }

  private PreparedStatement lostAndFoundTable() {
    StringBuilder columns = new StringBuilder("page INTEGER, id INTEGER, fields INTEGER");
    for (int i = 0; i < MOST_ORPHAN_COLUMNS; i++) {
      columns.append(", c").append(i);
    }
    String name = "lost_and_found";
    for (int i = 1; target.catalog().main().table(name) != null; i++) {
      name = "lost_and_found_" + i;
    }
    target.execute("CREATE TABLE main." + name + "(" + columns + ")");
    return target.prepare(
        "INSERT INTO main." + name + " VALUES (?, ?, ?" + ", ?".repeat(MOST_ORPHAN_COLUMNS) + ")");
  }

  private void orphan(PreparedStatement insert, int page, long rowid, byte[] record) {
    List<Value> values = values(record);
    if (values == null) {
      return;
    }
    insert.bind(1, Value.integer(page));
    insert.bind(2, Value.integer(rowid));
    insert.bind(3, Value.integer(values.size()));
    for (int i = 0; i < MOST_ORPHAN_COLUMNS; i++) {
      insert.bind(4 + i, i < values.size() ? values.get(i) : Value.NULL);
    }
    insert.run();
    insert.reset();
    orphans++;
  }
}
