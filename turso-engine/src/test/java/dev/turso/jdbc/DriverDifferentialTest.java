package dev.turso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver beside sqlite-jdbc, each on a database of its own in memory. */
class DriverDifferentialTest {

  private static final String SCHEMA =
      "CREATE TABLE airline (id INTEGER PRIMARY KEY, code VARCHAR(3) NOT NULL UNIQUE);"
          + " CREATE TABLE plane (tail TEXT NOT NULL, airline INTEGER NOT NULL"
          + " REFERENCES airline (id) ON DELETE CASCADE, price DECIMAL(10,2) DEFAULT 1.5,"
          + " PRIMARY KEY (tail, airline)); CREATE INDEX plane_price ON plane (price DESC);"
          + " CREATE VIEW fleet AS SELECT airline, COUNT(*) AS n FROM plane GROUP BY airline;"
          + " INSERT INTO airline VALUES (1, 'UA'), (2, 'AA');"
          + " INSERT INTO plane VALUES ('N1', 1, 10.5), ('N2', 2, NULL)";

  private static final List<String> VALUES =
      List.of(
          "1", "0", "-7", "1.5", "'12'", "'abc'", "'1.25'", "x'4142'", "NULL", "9007199254740993");

  private Connection ours;
  private Connection theirs;

  @BeforeEach
  void open() throws SQLException {
    ours = DriverManager.getConnection("jdbc:turso::memory:");
    theirs = DriverManager.getConnection("jdbc:sqlite::memory:");
    for (Connection each : List.of(ours, theirs)) {
      try (Statement statement = each.createStatement()) {
        for (String sql : SCHEMA.split(";")) {
          statement.execute(sql);
        }
      }
    }
  }

  @AfterEach
  void close() throws SQLException {
    ours.close();
    theirs.close();
  }

  /** One call on the metadata. */
  private interface Call {

    ResultSet on(DatabaseMetaData metadata) throws SQLException;
  }

  private void assertSame(Call call, String... columns) throws SQLException {
    assertThat(rows(call.on(ours.getMetaData()), columns))
        .isNotEmpty()
        .isEqualTo(rows(call.on(theirs.getMetaData()), columns));
  }

  private static Set<String> rows(ResultSet result, String... columns) throws SQLException {
    Set<String> rows = new TreeSet<>();
    try (result) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (String column : columns) {
          row.add(column + "=" + result.getString(column));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @Test
  void metadataOfTablesColumnsKeysAndIndexesAgrees() throws SQLException {
    String[] kinds = {"TABLE", "VIEW"};
    assertSame(m -> m.getTables(null, null, "%", kinds), "TABLE_NAME", "TABLE_TYPE");
    assertSame(
        m -> m.getColumns(null, null, "airline", "%"),
        "TABLE_NAME",
        "COLUMN_NAME",
        "TYPE_NAME",
        "ORDINAL_POSITION",
        "COLUMN_DEF");
    assertSame(m -> m.getPrimaryKeys(null, null, "plane"), "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ");
    assertSame(
        m -> m.getImportedKeys(null, null, "plane"),
        "PKTABLE_NAME",
        "PKCOLUMN_NAME",
        "FKTABLE_NAME",
        "FKCOLUMN_NAME",
        "KEY_SEQ",
        "DELETE_RULE");
    assertSame(
        m -> m.getExportedKeys(null, null, "airline"), "PKTABLE_NAME", "FKTABLE_NAME", "KEY_SEQ");
    assertSame(
        m -> m.getIndexInfo(null, null, "plane", false, false),
        "TABLE_NAME",
        "NON_UNIQUE",
        "INDEX_NAME",
        "ORDINAL_POSITION",
        "COLUMN_NAME");
  }

  @Test
  void everyGetterReadsEveryValueAsTheirsDoes() throws SQLException {
    String select = "SELECT " + String.join(", ", VALUES);
    try (Statement one = ours.createStatement();
        Statement other = theirs.createStatement();
        ResultSet mine = one.executeQuery(select);
        ResultSet yours = other.executeQuery(select)) {
      assertThat(mine.next()).isEqualTo(yours.next());
      for (int i = 1; i <= VALUES.size(); i++) {
        String value = VALUES.get(i - 1);
        assertThat(mine.getString(i)).as(value).isEqualTo(yours.getString(i));
        assertThat(mine.wasNull()).as(value).isEqualTo(yours.wasNull());
        if (value.startsWith("x")) {
          assertThat(mine.getObject(i)).as(value).isInstanceOf(byte[].class);
          assertThat(mine.getBytes(i)).as(value).isEqualTo(yours.getBytes(i));
        } else if (!value.startsWith("'")) {
          if (!value.equals("NULL")) {
            assertThat(mine.getObject(i)).as(value).isInstanceOfAny(kinds(yours.getObject(i)));
          }
          assertThat(mine.getLong(i)).as(value).isEqualTo(yours.getLong(i));
          assertThat(mine.getDouble(i)).as(value).isEqualTo(yours.getDouble(i));
          assertThat(mine.getBoolean(i)).as(value).isEqualTo(yours.getBoolean(i));
        }
      }
    }
  }

  /** Theirs gives an Integer where a number fits, ours a Long: both are numbers. */
  private static Class<?>[] kinds(Object value) {
    return value instanceof Integer
        ? new Class<?>[] {Integer.class, Long.class}
        : new Class<?>[] {value.getClass()};
  }

  @Test
  void nothingInTheMetadataAnswersWithNothing() throws IllegalAccessException, SQLException {
    DatabaseMetaData metadata = ours.getMetaData();
    List<String> silent = new ArrayList<>();
    int asked = 0;
    for (Method method : DatabaseMetaData.class.getMethods()) {
      if (method.getParameterCount() == 0) {
        asked++;
        try {
          if (method.invoke(metadata) == null) {
            silent.add(method.getName());
          }
        } catch (InvocationTargetException e) {
          if (!(e.getCause() instanceof SQLFeatureNotSupportedException)) {
            silent.add(method.getName() + ": " + e.getCause());
          }
        }
      }
    }
    assertThat(asked).isGreaterThan(100);
    assertThat(silent).isEmpty();
  }

  @Test
  void anUpdatedCountAgreesForEveryKindOfStatement() throws SQLException {
    for (String sql :
        Arrays.asList(
            "INSERT INTO airline VALUES (3, 'DL'), (4, 'WN')",
            "UPDATE airline SET code = code || 'X'",
            "UPDATE airline SET code = 'Q' WHERE id = 99",
            "DELETE FROM airline WHERE id > 2",
            "CREATE TABLE other (a)",
            "INSERT INTO other SELECT id FROM airline",
            "DELETE FROM other")) {
      try (Statement one = ours.createStatement();
          Statement other = theirs.createStatement()) {
        assertThat(one.executeUpdate(sql)).as(sql).isEqualTo(other.executeUpdate(sql));
      }
    }
  }
}
