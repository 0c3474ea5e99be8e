package dev.turso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLType;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/**
 * Every method of every interface of JDBC 4.3, called on a live object, with arguments that make sense
 * and with none (null, 0, an empty text), and once more on a closed one: each works, or throws an {@link
 * SQLException}.
 */
class EveryMethodTest {

  /** Calls whose answer may be null, as JDBC says, where there is nothing to tell. */
  private static final Set<String> MAY_BE_NULL =
      Set.of(
          "Connection.getWarnings",
          "Connection.getCatalog",
          "Connection.getSchema",
          "Connection.getClientInfo",
          "Statement.getWarnings",
          "Statement.getResultSet",
          "PreparedStatement.getWarnings",
          "PreparedStatement.getResultSet",
          "ResultSet.getWarnings");

  /** What may be called when all is over. */
  private static final Set<String> AFTER_THE_END =
      Set.of("close", "free", "abort", "isClosed", "isValid", "unwrap", "isWrapperFor");

  /** What makes no sense over SQLite, and says so. */
  private static final Set<String> REFUSED =
      Set.of(
          "Connection.createArrayOf",
          "Connection.createSQLXML",
          "Connection.createStruct",
          "Connection.prepareCall",
          "Connection.setShardingKey",
          "Connection.setShardingKeyIfValid",
          "PreparedStatement.setArray",
          "PreparedStatement.setRef",
          "PreparedStatement.setRowId",
          "PreparedStatement.setSQLXML",
          "PreparedStatement.setURL",
          "PreparedStatement.setUnicodeStream",
          "Statement.setCursorName",
          "PreparedStatement.setCursorName");

  /** How an object comes to be, and what must be closed for it to be closed. */
  private interface Maker {
    Object make(Connection connection) throws SQLException;
  }

  private record Subject(Class<?> type, Maker maker) {}

  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject(Connection.class, connection -> connection),
          new Subject(Statement.class, Connection::createStatement),
          new Subject(PreparedStatement.class, EveryMethodTest::prepared),
          new Subject(ResultSet.class, EveryMethodTest::rows),
          new Subject(ResultSetMetaData.class, connection -> rows(connection).getMetaData()),
          new Subject(
              ParameterMetaData.class, connection -> prepared(connection).getParameterMetaData()),
          new Subject(DatabaseMetaData.class, Connection::getMetaData),
          new Subject(Savepoint.class, EveryMethodTest::savepoint),
          new Subject(Blob.class, connection -> rows(connection).getBlob("blob")),
          new Subject(Clob.class, connection -> rows(connection).getClob("name")),
          new Subject(NClob.class, connection -> rows(connection).getNClob("name")));

  private static Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:turso::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, blob BLOB)");
      statement.execute("CREATE TABLE child (t INTEGER REFERENCES t (id))");
      statement.execute("CREATE INDEX t_name ON t (name)");
      statement.execute("INSERT INTO t VALUES (1, 'one', x'010203')");
    }
    return connection;
  }

  private static PreparedStatement prepared(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement("SELECT ? AS value");
    statement.setInt(1, 1);
    return statement;
  }

  private static ResultSet rows(Connection connection) throws SQLException {
    ResultSet rows = connection.createStatement().executeQuery("SELECT id, name, blob FROM t");
    rows.next();
    return rows;
  }

  private static Savepoint savepoint(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    return connection.setSavepoint("mark");
  }

  @Test
  void eachWorksOrRefusesWithArgumentsThatMakeSense() throws Exception {
    Set<String> refused = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (Subject subject : SUBJECTS) {
      for (Method method : subject.type.getMethods()) {
        asked++;
        String name = subject.type.getSimpleName() + "." + method.getName();
        try (Connection connection = open()) {
          Object target = subject.maker.make(connection);
          Object answer = method.invoke(target, likely(method, target));
          boolean tells = method.getReturnType() != void.class;
          if (tells && answer == null && !MAY_BE_NULL.contains(name)) {
            wrong.add(method + " answers with null");
          }
        } catch (InvocationTargetException e) {
          if (e.getCause() instanceof SQLFeatureNotSupportedException) {
            refused.add(name);
          } else if (!(e.getCause() instanceof SQLException)) {
            wrong.add(method + ": " + e.getCause());
          }
        }
      }
    }
    assertThat(asked).isGreaterThan(500);
    assertThat(wrong).isEmpty();
    refused.removeIf(name -> name.startsWith("ResultSet."));
    assertThat(refused).isEqualTo(new TreeSet<>(REFUSED));
  }

  @Test
  void nothingAsAnArgumentIsNoUncheckedException() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Subject subject : SUBJECTS) {
      for (Method method : subject.type.getMethods()) {
        // The JDK's own text of quoting says that it takes no null.
        boolean quotes = method.getName().matches("enquote.*|isSimpleIdentifier");
        if (quotes || method.getParameterCount() == 0) {
          continue;
        }
        try (Connection connection = open()) {
          method.invoke(subject.maker.make(connection), nothing(method));
        } catch (InvocationTargetException e) {
          if (!(e.getCause() instanceof SQLException)) {
            wrong.add(method + ": " + e.getCause());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatIsClosedRefuses() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Subject subject : SUBJECTS) {
      Class<?> type = subject.type;
      boolean closes = AutoCloseable.class.isAssignableFrom(type);
      boolean frees = Blob.class == type || Clob.class.isAssignableFrom(type);
      for (Method method : type.getMethods()) {
        if (!closes && !frees || AFTER_THE_END.contains(method.getName())) {
          continue;
        }
        try (Connection connection = open()) {
          Object target = subject.maker.make(connection);
          Object[] arguments = likely(method, target);
          type.getMethod(closes ? "close" : "free").invoke(target);
          method.invoke(target, arguments);
          wrong.add(method.toString());
        } catch (InvocationTargetException e) {
          if (!(e.getCause() instanceof SQLException)) {
            wrong.add(method + ": " + e.getCause());
          }
        }
      }
    }
    wrong.removeIf(method -> method.contains(" default ") || method.contains("Statement.enquote"));
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatASetterTookIsBound() throws Exception {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (Method method : PreparedStatement.class.getMethods()) {
      boolean binds =
          method.getName().startsWith("set")
              && method.getParameterCount() > 1
              && method.getParameterTypes()[0] == int.class
              && !REFUSED.contains("PreparedStatement." + method.getName())
              && !method.getName().equals("setNull");
      if (!binds) {
        continue;
      }
      asked++;
      try (Connection connection = open();
          PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
        method.invoke(statement, likely(method, statement));
        try (ResultSet rows = statement.executeQuery()) {
          if (!rows.next() || rows.getObject(1) == null) {
            wrong.add(method + " bound nothing");
          }
        }
      }
    }
    assertThat(asked).isGreaterThan(40);
    assertThat(wrong).isEmpty();
  }

  @Test
  void generatedColumnsAreHadByTheirPositionToo() throws SQLException {
    try (Connection connection = open();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t (name) VALUES ('x')", new int[] {2, 1})) {
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getString("name")).isEqualTo("x");
        assertThat(keys.getLong("id")).isEqualTo(2);
      }
      assertThatThrownBy(
              () -> connection.prepareStatement("INSERT INTO t DEFAULT VALUES", new int[] {4}))
          .hasMessage("column 4 is not between 1 and 3");
    }
  }

  @Test
  void aTextThatIsNoNumberIsNoNumber() throws SQLException {
    try (Connection connection = open();
        PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      assertThatThrownBy(() -> statement.setObject(1, "many", JDBCType.BIGINT))
          .isInstanceOf(SQLDataException.class)
          .hasMessage("not an integer: 'many'");
    }
  }

  /** The tables of metadata have the columns that JDBC names, whether or not they have rows. */
  @Test
  void metadataTablesHaveJdbcsColumns() throws Exception {
    Map<String, Integer> columns =
        Map.ofEntries(
            Map.entry("getAttributes", 21),
            Map.entry("getBestRowIdentifier", 8),
            Map.entry("getCatalogs", 1),
            Map.entry("getClientInfoProperties", 4),
            Map.entry("getColumnPrivileges", 8),
            Map.entry("getColumns", 24),
            Map.entry("getCrossReference", 14),
            Map.entry("getExportedKeys", 14),
            Map.entry("getFunctionColumns", 17),
            Map.entry("getFunctions", 6),
            Map.entry("getImportedKeys", 14),
            Map.entry("getIndexInfo", 13),
            Map.entry("getPrimaryKeys", 6),
            Map.entry("getProcedureColumns", 20),
            Map.entry("getProcedures", 9),
            Map.entry("getPseudoColumns", 12),
            Map.entry("getSchemas", 2),
            Map.entry("getSuperTables", 4),
            Map.entry("getSuperTypes", 6),
            Map.entry("getTablePrivileges", 7),
            Map.entry("getTableTypes", 1),
            Map.entry("getTables", 10),
            Map.entry("getTypeInfo", 18),
            Map.entry("getUDTs", 7),
            Map.entry("getVersionColumns", 8));
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    try (Connection connection = open()) {
      DatabaseMetaData metadata = connection.getMetaData();
      for (Method method : DatabaseMetaData.class.getMethods()) {
        if (method.getReturnType() != ResultSet.class) {
          continue;
        }
        seen.add(method.getName());
        try (ResultSet rows = (ResultSet) method.invoke(metadata, likely(method, metadata))) {
          int count = rows.getMetaData().getColumnCount();
          if (count != columns.getOrDefault(method.getName(), -1)) {
            wrong.add(method.getName() + " has " + count + " columns");
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).isEqualTo(new TreeSet<>(columns.keySet()));
  }

  private static Object[] likely(Method method, Object target) throws SQLException {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = likely(method, i, target);
    }
    return arguments;
  }

  private static Object likely(Method method, int position, Object target) throws SQLException {
    Class<?> type = method.getParameterTypes()[position];
    String name = method.getName();
    boolean first = position == 0;
    if (type == int.class) {
      return likelyNumber(name, method.getParameterCount() > 2 ? position : -1, first);
    }
    if (type == String.class) {
      return likelyText(name, target);
    }
    if (type == Savepoint.class) {
      Connection connection = (Connection) target;
      return savepoint(connection);
    }
    if (type == Class.class) {
      return name.equals("getObject") ? String.class : Object.class;
    }
    if (type == Object.class && name.equals("setObject")) {
      return "12";
    }
    return SAMPLES.containsKey(type) ? fresh(type) : null;
  }

  private static final int[] KINDS = {
    ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.CLOSE_CURSORS_AT_COMMIT
  };

  private static int likelyNumber(String name, int kind, boolean first) {
    return switch (name) {
      case "setTransactionIsolation" -> Connection.TRANSACTION_SERIALIZABLE;
      case "setFetchDirection" -> ResultSet.FETCH_FORWARD;
      case "setHoldability" -> ResultSet.CLOSE_CURSORS_AT_COMMIT;
      case "setMaxFieldSize" -> 0;
      case "createStatement" -> KINDS[first ? 0 : kind < 0 ? 1 : kind];
      case "prepareStatement" -> kind < 0 ? 1 : KINDS[kind - 1];
      case "setObject" -> first ? 1 : Types.VARCHAR;
      default -> 1;
    };
  }

  private static String likelyText(String name, Object target) {
    if (target instanceof ResultSet && !name.startsWith("update")) {
      return "name";
    }
    if (target instanceof Statement || target instanceof Connection) {
      return switch (name) {
        case "executeQuery", "prepareStatement", "prepareCall", "nativeSQL" -> "SELECT 1";
        case "execute", "executeUpdate", "executeLargeUpdate", "addBatch" -> "DELETE FROM t";
        default -> "name";
      };
    }
    return target instanceof DatabaseMetaData ? "t" : "one";
  }

  private static final Map<Class<?>, Object> SAMPLES =
      Map.ofEntries(
          Map.entry(long.class, 1L),
          Map.entry(short.class, (short) 1),
          Map.entry(byte.class, (byte) 1),
          Map.entry(float.class, 1f),
          Map.entry(double.class, 1d),
          Map.entry(boolean.class, true),
          Map.entry(byte[].class, new byte[] {1}),
          Map.entry(int[].class, new int[] {1}),
          Map.entry(String[].class, new String[] {"id"}),
          Map.entry(Object[].class, new Object[0]),
          Map.entry(BigDecimal.class, BigDecimal.ONE),
          Map.entry(Date.class, Date.valueOf("2026-01-02")),
          Map.entry(Time.class, Time.valueOf("03:04:05")),
          Map.entry(Timestamp.class, Timestamp.valueOf("2026-01-02 03:04:05")),
          Map.entry(SQLType.class, JDBCType.VARCHAR),
          Map.entry(Properties.class, new Properties()),
          Map.entry(Map.class, Map.of()),
          Map.entry(Executor.class, (Executor) Runnable::run),
          Map.entry(Calendar.class, ""),
          Map.entry(InputStream.class, ""),
          Map.entry(Reader.class, ""),
          Map.entry(Blob.class, ""),
          Map.entry(Clob.class, ""),
          Map.entry(NClob.class, ""));

  /** One that nobody has read from. */
  private static Object fresh(Class<?> type) throws SQLException {
    if (type == InputStream.class) {
      return new ByteArrayInputStream(new byte[] {'a', 'b'});
    }
    if (type == Reader.class) {
      return new StringReader("ab");
    }
    if (type == Calendar.class) {
      return Calendar.getInstance();
    }
    if (type == Blob.class) {
      return new JdbcBlob(new byte[] {1});
    }
    return type == Clob.class || type == NClob.class ? new JdbcClob("ab") : SAMPLES.get(type);
  }

  private static Object[] nothing(Method method) {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] =
          switch (types[i].getName()) {
            case "int" -> 0;
            case "long" -> 0L;
            case "short" -> (short) 0;
            case "byte" -> (byte) 0;
            case "float" -> 0f;
            case "double" -> 0d;
            case "boolean" -> false;
            default -> null;
          };
    }
    return arguments;
  }
}
