package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.SqlException;
import dev.turso.function.StatementEnvironment;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.schema.Column;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Value;
import dev.turso.vtab.RowCursor;
import dev.turso.vtab.TableRegistry;
import dev.turso.vtab.VirtualTableDefinition;
import dev.turso.vtab.VirtualTableModule;
import dev.turso.vtab.WritableTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that a module of the application answers for. */
class VirtualTableTest {

  @TempDir Path folder;
  private Database database;
  private Session session;
  private final Shelf shelf = new Shelf();

  /** Keeps the rows of each table in memory: {@code shelf(columns)}. */
  private static final class Shelf implements VirtualTableModule {
    final Map<String, TreeMap<Long, List<Value>>> tables = new TreeMap<>();
    final List<String> events = new ArrayList<>();

    @Override
    public WritableTable connect(VirtualTableDefinition table) {
      if (table.arguments().isEmpty()) {
        throw new SqlException("a shelf needs columns");
      }
      events.add("connect " + table.table());
      return new Rows(
          table, events, tables.computeIfAbsent(table.table(), name -> new TreeMap<>()));
    }

    @Override
    public void created(VirtualTableDefinition table) {
      events.add("created " + table.table());
    }

    @Override
    public void dropped(VirtualTableDefinition table) {
      events.add("dropped " + table.table());
      tables.remove(table.table());
    }
  }

  private record Rows(
      VirtualTableDefinition of, List<String> events, TreeMap<Long, List<Value>> rows)
      implements WritableTable {

    @Override
    public String name() {
      return of.module();
    }

    @Override
    public List<Column> columns() {
      List<Column> columns = new ArrayList<>();
      for (String each : of.arguments()) {
        String[] words = each.split(" ", 2);
        String type = words.length == 1 ? null : words[1];
        columns.add(Column.of(words[0], type, Affinity.ofDeclaredType(type)));
      }
      return columns;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(
          new Parameter(0, ComparisonOperator.EQUAL), new Parameter(0, ComparisonOperator.GREATER));
    }

    @Override
    public double estimatedRows(List<Boolean> given) {
      return given.get(0) ? 1 : 1_000_000;
    }

    @Override
    public RowCursor open(@Nullable Register[] arguments, StatementEnvironment environment) {
      List<String> told = new ArrayList<>();
      for (Register each : arguments) {
        told.add(each == null ? "-" : each.toValue().toString());
      }
      events.add("open " + told);
      Register key = arguments[0];
      Iterator<Map.Entry<Long, List<Value>>> all =
          rows.entrySet().stream()
              .filter(each ->
                  key == null || each.getValue().get(0).toString().equals(key.toValue().toString()))
              .toList()
              .iterator();
      return new RowCursor() {
        private Map.@Nullable Entry<Long, List<Value>> at;

        @Override
        public boolean next() {
          at = all.hasNext() ? all.next() : null;
          return at != null;
        }

        @Override
        public void column(int column, Register out) {
          out.set(at.getValue().get(column));
        }

        @Override
        public long rowid() {
          return at.getKey();
        }
      };
    }

    @Override
    public long insert(List<Value> values) {
      long rowid = rows.isEmpty() ? 1 : rows.lastKey() + 1;
      rows.put(rowid, values);
      return rowid;
    }

    @Override
    public void update(long rowid, List<Value> values) {
      rows.put(rowid, values);
    }

    @Override
    public void delete(long rowid) {
      rows.remove(rowid);
    }
  }

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("v.db").toString(), Options.DEFAULT);
    session = connect();
  }

  private Session connect() {
    Session made = database.connect();
    made.tables(TableRegistry.builtIn().with("shelf", shelf));
    return made;
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private String rows(String sql) {
    return AllRows.of(session, sql).toString().replace("'", "");
  }

  @Test
  void rowsOfAModuleAreATable() {
    session.execute("CREATE VIRTUAL TABLE v USING shelf(a INTEGER, b TEXT)");
    session.execute("INSERT INTO v VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    assertThat(session.changes()).isEqualTo(3);
    assertThat(session.lastInsertRowid()).isEqualTo(3);
    assertThat(rows("SELECT rowid, * FROM v ORDER BY b"))
        .isEqualTo("[[1, 1, one], [3, 3, three], [2, 2, two]]");
    session.execute("UPDATE v SET b = b || a, a = a + 10 WHERE a > 1");
    assertThat(session.changes()).isEqualTo(2);
    assertThat(rows("SELECT * FROM v")).isEqualTo("[[1, one], [12, two2], [13, three3]]");
    session.execute("DELETE FROM v WHERE b LIKE 'two%'");
    assertThat(rows("SELECT count(*), sum(a) FROM v")).isEqualTo("[[2, 14]]");
    session.execute("INSERT INTO v(b) SELECT b FROM v");
    assertThat(rows("SELECT a, b FROM v WHERE a IS NULL"))
        .isEqualTo("[[NULL, one], [NULL, three3]]");
  }

  @Test
  void aModuleIsToldWhatItCanUse() {
    session.execute("CREATE VIRTUAL TABLE v USING shelf(a INTEGER, b TEXT)");
    session.execute("INSERT INTO v VALUES (1, 'one'), (2, 'two')");
    shelf.events.clear();
    assertThat(rows("SELECT b FROM v WHERE a = '2'")).isEqualTo("[[two]]");
    assertThat(rows("SELECT b FROM v WHERE 1 < a AND b <> 'x'")).isEqualTo("[[two]]");
    assertThat(rows("SELECT b FROM v WHERE a > 'x'")).isEqualTo("[]");
    assertThat(rows("SELECT b FROM v WHERE a = NULL")).isEqualTo("[]");
    assertThat(rows("SELECT b FROM v WHERE a + 0 = 2")).isEqualTo("[[two]]");
    assertThat(shelf.events)
        .containsExactly("open [2, -]", "open [-, 1]", "open [-, -]", "open [-, -]");
    session.execute("CREATE TABLE t(x INTEGER)");
    session.execute("INSERT INTO t VALUES (2), (1), (5)");
    shelf.events.clear();
    assertThat(rows("SELECT x, b FROM v JOIN t ON a = x ORDER BY x"))
        .isEqualTo("[[1, one], [2, two]]");
    assertThat(shelf.events).containsExactlyInAnyOrder("open [2, -]", "open [1, -]", "open [5, -]");
    assertThat(rows("SELECT x, b FROM t LEFT JOIN v ON a = x ORDER BY x"))
        .isEqualTo("[[1, one], [2, two], [5, NULL]]");
  }

  @Test
  void theSchemaKeepsTheStatement() {
    session.execute("create virtual table  v  using Shelf(a INTEGER, b)");
    assertThatThrownBy(() -> session.execute("CREATE VIRTUAL TABLE v USING shelf(a)"))
        .hasMessage("table v already exists");
    session.execute("CREATE VIRTUAL TABLE IF NOT EXISTS v USING shelf(a)");
    assertThatThrownBy(() -> session.execute("CREATE VIRTUAL TABLE w USING shelf"))
        .hasMessage("a shelf needs columns");
    assertThatThrownBy(() -> session.execute("CREATE VIRTUAL TABLE w USING absent(a)"))
        .hasMessage("no such module: absent");
    assertThat(rows("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema"))
        .isEqualTo("[[table, v, v, 0, CREATE VIRTUAL TABLE v  using Shelf(a INTEGER, b)]]");
    assertThat(rows("SELECT name, type FROM pragma_table_info('v')"))
        .isEqualTo("[[a, INTEGER], [b, ]]");
    assertThat(rows("SELECT type, ncol FROM pragma_table_list('v')")).isEqualTo("[[virtual, 2]]");
    assertThat(rows("EXPLAIN QUERY PLAN SELECT * FROM v"))
        .contains("SCAN v VIRTUAL TABLE INDEX 0:");
    session.execute("INSERT INTO v VALUES (1, 2)");
    try (Session other = connect()) {
      assertThat(AllRows.of(other, "SELECT * FROM v").toString()).isEqualTo("[[1, 2]]");
    }
    session.execute("VACUUM");
    assertThat(rows("SELECT * FROM v")).isEqualTo("[[1, 2]]");
    assertThat(rows("PRAGMA integrity_check")).isEqualTo("[[ok]]");
    session.execute("DROP TABLE v");
    assertThat(shelf.events).contains("created v").endsWith("dropped v");
    assertThat(rows("SELECT count(*) FROM sqlite_schema")).isEqualTo("[[0]]");
  }

  @Test
  void withoutItsModuleATableCannotBeUsedAndHurtsNobody() {
    session.execute("CREATE VIRTUAL TABLE v USING shelf(a)");
    session.execute("CREATE TABLE t(x)");
    try (Session other = database.connect()) {
      other.execute("INSERT INTO t VALUES (1)");
      for (String sql :
          List.of(
              "SELECT * FROM v",
              "INSERT INTO v VALUES (1)",
              "DELETE FROM v",
              "UPDATE v SET a = 1")) {
        assertThatThrownBy(() -> other.execute(sql)).hasMessage("no such module for table: v");
      }
      assertThatThrownBy(() -> other.execute("DROP TABLE v")).hasMessage("no such module: shelf");
      assertThat(AllRows.of(other, "PRAGMA table_info(v)")).isEmpty();
    }
  }

  @Test
  void whatAVirtualTableCannotDoIsRefused() {
    session.execute("CREATE VIRTUAL TABLE v USING shelf(a, b)");
    session.execute("CREATE TABLE t(x)");
    assertThatThrownBy(() -> session.execute("CREATE INDEX i ON v(a)"))
        .hasMessage("virtual tables may not be indexed");
    assertThatThrownBy(() -> session.execute("ALTER TABLE v ADD COLUMN c"))
        .hasMessage("virtual tables may not be altered");
    assertThatThrownBy(
            () -> session.execute("CREATE TRIGGER g AFTER INSERT ON v BEGIN SELECT 1; END"))
        .hasMessage("cannot create triggers on virtual tables");
    assertThatThrownBy(() -> session.execute("INSERT INTO v VALUES (1, 2) ON CONFLICT DO NOTHING"))
        .hasMessage("UPSERT not implemented for virtual table \"v\"");
    assertThatThrownBy(() -> session.execute("INSERT INTO v VALUES (1, 2) RETURNING a"))
        .hasMessageContaining("RETURNING of a virtual table");
    assertThatThrownBy(() -> session.execute("INSERT OR REPLACE INTO v VALUES (1, 2)"))
        .hasMessageContaining("OR REPLACE with a virtual table");
    assertThatThrownBy(() -> session.execute("INSERT INTO v(rowid, a) VALUES (1, 2)"))
        .hasMessage("the rowids of virtual table v are its own");
    assertThatThrownBy(() -> session.execute("UPDATE v SET rowid = 5"))
        .hasMessage("the rowids of virtual table v are its own");
    assertThatThrownBy(() -> session.execute("INSERT INTO v VALUES (1)"))
        .hasMessage("table v has 2 columns but 1 values were supplied");
    assertThat(rows("SELECT * FROM v")).isEqualTo("[]");
  }

  @Test
  void triggersWriteVirtualTables() {
    session.execute("CREATE VIRTUAL TABLE v USING shelf(a)");
    session.execute("CREATE TABLE t(x)");
    session.execute(
        "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO v VALUES (NEW.x * 2);"
            + " UPDATE v SET a = a + 1 WHERE a > 4; END");
    session.execute("INSERT INTO t VALUES (1), (2), (3)");
    assertThat(rows("SELECT a FROM v")).isEqualTo("[[2], [4], [7]]");
    session.execute("UPDATE v SET a = x FROM t WHERE a = x * 2");
    assertThat(rows("SELECT a FROM v")).isEqualTo("[[1], [2], [7]]");
  }

  @Test
  void aFunctionOfTheApplicationStandsInFrom() {
    session.tables(TableRegistry.builtIn().with(new Countdown()));
    assertThat(rows("SELECT n FROM countdown(3)")).isEqualTo("[[3], [2], [1]]");
    assertThat(rows("SELECT sum(n) FROM generate_series(1, 3) AS s JOIN countdown(s.value)"))
        .isEqualTo("[[10]]");
  }

  private static final class Countdown implements dev.turso.vtab.TableFunction {
    @Override
    public String name() {
      return "countdown";
    }

    @Override
    public List<Column> columns() {
      return List.of(
          Column.of("n", "INTEGER", Affinity.INTEGER), Column.hidden("start", Affinity.INTEGER));
    }

    @Override
    public RowCursor open(@Nullable Register[] arguments, StatementEnvironment environment) {
      Register start = arguments[0];
      long[] at = {start == null ? 1 : start.asLong() + 1};
      return new RowCursor() {
        @Override
        public boolean next() {
          return --at[0] > 0;
        }

        @Override
        public void column(int column, Register out) {
          out.setInteger(at[0]);
        }
      };
    }
  }
}
