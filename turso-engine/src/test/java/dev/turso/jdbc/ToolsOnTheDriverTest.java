package dev.turso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JDBC 4.3 as tools use it: what nobody writes by hand, and pools and browsers of schemas call. */
class ToolsOnTheDriverTest {

  private static final String ENDLESS =
      "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT COUNT(*) FROM c";

  /** Calls that may answer with null, as JDBC says they do where there is nothing to tell. */
  private static final Set<String> NOTHING_TO_TELL =
      Set.of("getWarnings", "getCatalog", "getSchema", "getResultSet", "getMetaData");

  @TempDir Path folder;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:turso::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b DECIMAL(9,2))");
      statement.execute("INSERT INTO t VALUES (1, 'one', 1.5), (2, 'two', NULL)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void propertyInfosTellWhatAUrlSetsAndRefuseWhatIsNoOption() throws Exception {
    Properties info = new Properties();
    info.setProperty("foreign_keys", "on");
    Map<String, String> values = new HashMap<>();
    for (DriverPropertyInfo each :
        new TursoDriver().getPropertyInfo("jdbc:turso::memory:?busy_timeout=70", info)) {
      values.put(each.name, each.value);
      assertThat(each.description).isNotBlank();
    }
    assertThat(values)
        .containsEntry("busy_timeout", "70")
        .containsEntry("foreign_keys", "on")
        .containsEntry("journal_mode", null);
    assertThatThrownBy(
            () -> new TursoDriver().getPropertyInfo("jdbc:turso::memory:?journalMode=wal", null))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("unknown connection option 'journalMode'");
    assertThat(new TursoDriver().getPropertyInfo("jdbc:other:x", null)).isNotEmpty();
  }

  @Test
  void noCallAnswersWithNothingOrAnUncheckedException() throws Exception {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT * FROM t WHERE id = ?");
        ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
      rows.next();
      asked += ask(Connection.class, connection, wrong);
      asked += ask(Statement.class, connection.createStatement(), wrong);
      asked += ask(PreparedStatement.class, prepared, wrong);
      asked += ask(ResultSet.class, rows, wrong);
      asked += ask(ResultSetMetaData.class, rows.getMetaData(), wrong);
      asked += ask(ParameterMetaData.class, prepared.getParameterMetaData(), wrong);
    }
    assertThat(asked).isGreaterThan(100);
    assertThat(wrong).isEmpty();
  }

  /** Calls whatever takes nothing, a column or a parameter. */
  private static int ask(Class<?> type, Object target, List<String> wrong) throws Exception {
    int asked = 0;
    for (Method method : type.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      boolean ofColumn = parameters.length == 1 && parameters[0] == int.class;
      boolean asks = method.getName().matches("(get|is|supports|create|find).*");
      if (!asks || !(parameters.length == 0 || ofColumn)) {
        continue;
      }
      asked++;
      try {
        Object answer = ofColumn ? method.invoke(target, 1) : method.invoke(target);
        if (answer == null && !NOTHING_TO_TELL.contains(method.getName())) {
          wrong.add(type.getSimpleName() + "." + method.getName() + " answers with null");
        }
      } catch (InvocationTargetException e) {
        if (!(e.getCause() instanceof SQLException)) {
          wrong.add(type.getSimpleName() + "." + method.getName() + ": " + e.getCause());
        }
      }
    }
    return asked;
  }

  @Test
  void aClosedConnectionRefusesEveryCall() throws Exception {
    PreparedStatement prepared = connection.prepareStatement("SELECT 1");
    connection.close();
    connection.close();
    assertThat(connection.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    assertThatThrownBy(() -> connection.createStatement()).isInstanceOf(SQLException.class);
    assertThatThrownBy(prepared::executeQuery).isInstanceOf(SQLException.class);
    prepared.close();
  }

  @Test
  void aResultSaysWhatItsExpressionsHold() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*), 9007199254740993, 1.5, 'x', x'01', NULL, b FROM t")) {
      rows.next();
      ResultSetMetaData data = rows.getMetaData();
      List<Integer> types = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= data.getColumnCount(); i++) {
        types.add(data.getColumnType(i));
        names.add(data.getColumnTypeName(i));
      }
      assertThat(types)
          .containsExactly(
              Types.INTEGER,
              Types.BIGINT,
              Types.REAL,
              Types.VARCHAR,
              Types.BLOB,
              Types.OTHER,
              Types.DECIMAL);
      assertThat(names)
          .containsExactly("INTEGER", "INTEGER", "REAL", "TEXT", "BLOB", "ANY", "DECIMAL");
      assertThat(data.getColumnClassName(1)).isEqualTo(rows.getObject(1).getClass().getName());
      assertThat(data.getColumnClassName(2)).isEqualTo(rows.getObject(2).getClass().getName());
      assertThatThrownBy(() -> data.isAutoIncrement(8)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aScriptRunsWholeWithTriggersCommentsAndEmptyStatements() throws SQLException {
    StringBuilder script = new StringBuilder("-- rows; and more\n;;CREATE TABLE log (a);\n");
    script.append("CREATE TRIGGER t_log AFTER INSERT ON t BEGIN /* ; */ INSERT INTO log VALUES");
    script.append(" (CASE WHEN new.id > 5 THEN ';' ELSE 'x' END); SELECT 1; END;\n");
    for (int i = 3; i < 2000; i++) {
      script.append("INSERT INTO t (id, a) VALUES (").append(i).append(", 'it''s;');\n");
    }
    script.append("SELECT count(*) FROM log WHERE a = ';'; -- the end");
    try (Statement statement = connection.createStatement()) {
      statement.execute(script.toString());
      ResultSet rows = statement.getResultSet();
      while (rows == null) {
        statement.getMoreResults();
        rows = statement.getResultSet();
      }
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(1994);
      assertThatThrownBy(() -> statement.execute("SELECT 1; ) nonsense"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("near \")\"");
      assertThatThrownBy(() -> statement.execute("SELECT 1; SELECT nothing_of_the_kind"))
          .hasMessageContaining("no such column");
    }
  }

  @Test
  void rowsThatWereKeptConvertAsThoseThatAreRead() throws SQLException {
    String row = "SELECT '12 pieces', 1e10, x'3435', 7, NULL;";
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute(row + row)).isTrue();
      List<List<Object>> seen = new ArrayList<>();
      do {
        ResultSet rows = statement.getResultSet();
        rows.next();
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
          values.add(rows.getLong(i) + " " + rows.getDouble(i) + " " + rows.getString(i));
          values.add(rows.getObject(i) instanceof byte[] ? "bytes" : rows.getObject(i));
        }
        seen.add(values);
      } while (statement.getMoreResults());
      assertThat(seen).hasSize(2);
      assertThat(seen.get(0)).isEqualTo(seen.get(1));
    }
  }

  @Test
  void aGeneratedKeyIsALongHoweverSmall() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO t (a) VALUES ('x'), ('y')", Statement.RETURN_GENERATED_KEYS)) {
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        assertThat(keys.getObject(1)).isEqualTo(3L);
        assertThat(keys.getObject("id")).isEqualTo(3L);
        assertThat(keys.getObject(1, Object.class)).isEqualTo(3L);
        assertThat(keys.getMetaData().getColumnClassName(1)).isEqualTo("java.lang.Long");
      }
    }
  }

  @Test
  void parametersThatAreMissingOrTooManyHaveTheirState() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT ?")) {
      assertThatThrownBy(query::executeQuery)
          .hasMessage("parameter 1 is not set")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("07001");
      assertThatThrownBy(() -> query.setInt(2, 1)).hasMessage("parameter 2 is not between 1 and 1");
    }
  }

  @Test
  void aNumberThatDoesNotFitIsRefusedNotCut() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 4294967296, 40000, 200")) {
      rows.next();
      assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLDataException.class);
      assertThatThrownBy(() -> rows.getObject(1, Integer.class))
          .isInstanceOf(SQLDataException.class);
      assertThatThrownBy(() -> rows.getShort(2)).isInstanceOf(SQLDataException.class);
      assertThatThrownBy(() -> rows.getByte(3)).isInstanceOf(SQLDataException.class);
      assertThat(rows.getInt(2)).isEqualTo(40000);
      assertThat(rows.getLong(1)).isEqualTo(4294967296L);
    }
  }

  @Test
  void valuesOfOptionsAreCheckedAndOptionsStandInUrisToo() throws SQLException {
    for (String option :
        List.of(
            "transaction=sometimes",
            "date_format=iso",
            "foreign_keys=maybe",
            "synchronous=sure",
            "journal_mode=wall",
            "busy_timeout=5s")) {
      assertThatThrownBy(() -> DriverManager.getConnection("jdbc:turso::memory:?" + option))
          .as(option)
          .isInstanceOf(SQLException.class)
          .hasMessageStartingWith("connection option '" + option.split("=")[0]);
    }
    String uri = "jdbc:turso:file:" + folder.resolve("uri.db");
    try (Connection opened = DriverManager.getConnection(uri + "?mode=rwc&foreign_keys=on");
        Statement statement = opened.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA foreign_keys")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
    assertThatThrownBy(() -> DriverManager.getConnection(uri + "?foreignkeys=on"))
        .hasMessageStartingWith("unknown connection option 'foreignkeys'");
    Properties properties = new Properties();
    properties.setProperty("nonsense", "1");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:turso::memory:", properties))
        .hasMessageContaining("nonsense");
  }

  @Test
  void whatACallerSetsIsKeptOrRefused() throws SQLException {
    connection.setClientInfo("ApplicationName", "reports");
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("reports");
    assertThat(connection.getClientInfo()).containsEntry("ApplicationName", "reports");
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(50);
      assertThat(statement.getFetchSize()).isEqualTo(50);
      statement.setMaxRows(1);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.next()).isFalse();
      }
    }
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
    assertThatThrownBy(() -> connection.setTransactionIsolation(99))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() ->
            connection.createStatement(
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY,
                ResultSet.HOLD_CURSORS_OVER_COMMIT))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> connection.setNetworkTimeout(Runnable::run, -1))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aNetworkTimeoutEndsAStatementAndCancelDoes() throws Exception {
    connection.setNetworkTimeout(Runnable::run, 50);
    assertThat(connection.getNetworkTimeout()).isEqualTo(50);
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS).next())
          .isInstanceOf(SQLTimeoutException.class);
    }
    connection.setNetworkTimeout(Runnable::run, 0);
    try (Statement statement = connection.createStatement()) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread running = endless(statement, failure);
      while (running.isAlive()) {
        statement.cancel();
        running.join(20);
      }
      assertThat(failure.get()).isInstanceOf(SQLException.class);
    }
    assertStillWorks(connection);
  }

  private static Thread endless(Statement statement, AtomicReference<Throwable> failure) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            statement.executeQuery(ENDLESS).next();
          } catch (Throwable e) {
            failure.set(e);
          }
        });
  }

  private static void assertStillWorks(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
      assertThat(rows.next()).isTrue();
    }
  }

  /** The pool of an application that ends does so with connections that are in use. */
  @Test
  void abortAndCloseFromAnotherThreadEndTheStatementFirst() throws Exception {
    String url = "jdbc:turso:" + folder.resolve("abort.db") + "?journal_mode=wal";
    try (Database whole = Database.open(folder.resolve("abort.db").toString(), Options.DEFAULT);
        Connection other = DriverManager.getConnection(url);
        Statement writing = other.createStatement()) {
      writing.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)");
      for (int i = 0; i < 20; i++) {
        Connection aborted = DriverManager.getConnection(url);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread writer = Thread.ofPlatform().start(() -> write(aborted, begun, failure));
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        if (i % 2 == 0) {
          aborted.abort(task -> Thread.ofPlatform().start(task));
        } else {
          aborted.close();
        }
        writer.join(60_000);
        assertThat(writer.isAlive()).isFalse();
        assertThat(failure.get()).isInstanceOf(SQLException.class);
        assertThat(aborted.isClosed()).isTrue();
        writing.execute("INSERT INTO t (a) VALUES ('in between')");
      }
      try (ResultSet rows = writing.executeQuery("PRAGMA integrity_check")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("ok");
      }
      assertThat(whole.position()).isNotNull();
    }
    assertThatThrownBy(() -> connection.abort(null)).isInstanceOf(SQLException.class);
  }

  private static void write(
      Connection connection, CountDownLatch begun, AtomicReference<Throwable> failure) {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO t (a) WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c"
                + " WHERE n < 500) SELECT randomblob(200) FROM c")) {
      connection.createStatement().execute("PRAGMA busy_timeout = 60000");
      while (true) {
        insert.executeUpdate();
        begun.countDown();
      }
    } catch (Throwable e) {
      failure.set(e);
      begun.countDown();
    }
  }

  @Test
  void streamsLargeObjectsAndSavepointsGoRound() throws Exception {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (a) VALUES (?)")) {
      Clob clob = connection.createClob();
      clob.setString(1, "a long text");
      insert.setClob(1, clob);
      insert.executeUpdate();
      Blob blob = connection.createBlob();
      blob.setBytes(1, new byte[] {1, 2, 3});
      insert.setBlob(1, blob);
      insert.executeUpdate();
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT a FROM t WHERE id > 2 ORDER BY id")) {
      rows.next();
      try (Reader text = rows.getCharacterStream(1)) {
        assertThat(text.read()).isEqualTo('a');
      }
      assertThat(rows.getClob(1).getSubString(3, 4)).isEqualTo("long");
      rows.next();
      try (InputStream bytes = rows.getBinaryStream(1)) {
        assertThat(bytes.readAllBytes()).containsExactly(1, 2, 3);
      }
      assertThat(rows.getBlob(1).length()).isEqualTo(3);
    }
    connection.setAutoCommit(false);
    Savepoint named = connection.setSavepoint("here");
    connection.createStatement().executeUpdate("DELETE FROM t");
    connection.rollback(named);
    connection.releaseSavepoint(named);
    connection.commit();
    try (ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM t")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(4);
    }
  }

  @Test
  void aLoginTimeoutIsForOpeningOnly() throws SQLException {
    TursoDataSource source = new TursoDataSource("jdbc:turso::memory:");
    source.setLoginTimeout(1);
    assertThat(source.getLoginTimeout()).isEqualTo(1);
    try (Connection opened = source.getConnection();
        Statement statement = opened.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA busy_timeout")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(5000);
    }
    assertThatThrownBy(() -> source.setLoginTimeout(-1)).isInstanceOf(SQLException.class);
  }

  /** Each URL has its driver, whichever of the two was registered first. */
  @Test
  void bothDriversOnOneClassPathAreNotMixedUp() throws SQLException {
    Driver ours = DriverManager.getDriver("jdbc:turso::memory:");
    Driver theirs = DriverManager.getDriver("jdbc:sqlite::memory:");
    assertThat(ours).isInstanceOf(TursoDriver.class);
    assertThat(theirs.getClass().getName()).startsWith("org.sqlite.");
    assertThat(ours.acceptsURL("jdbc:sqlite::memory:")).isFalse();
    assertThat(ours.connect("jdbc:sqlite::memory:", new Properties())).isNull();
    assertThat(theirs.acceptsURL("jdbc:turso::memory:")).isFalse();
    try (Connection native1 = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      assertThat(native1.getMetaData().getDriverName())
          .isNotEqualTo(connection.getMetaData().getDriverName());
      assertThat(native1.getMetaData().getDatabaseProductName())
          .isEqualTo(connection.getMetaData().getDatabaseProductName());
    }
  }

  @Test
  void whatMakesNoSenseHereIsRefusedByItsName() {
    for (Refused call :
        List.<Refused>of(
            () -> connection.prepareCall("{call x}"),
            () -> connection.createArrayOf("TEXT", new Object[0]),
            () -> connection.createStruct("x", new Object[0]),
            () -> connection.createSQLXML(),
            () -> connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, 1007),
            () -> connection.createStatement().setCursorName("c"))) {
      assertThatThrownBy(call::call).isInstanceOf(SQLFeatureNotSupportedException.class);
    }
  }

  private interface Refused {

    void call() throws SQLException;
  }
}
