package dev.turso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.error.DatabaseException;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts of SQL, one for each subject, run statement by statement on this engine and on native
 * SQLite: rows, changed rows, the last rowid and the texts of errors are the same.
 */
class WriteDifferentialTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert",
        "update",
        "delete",
        "conflict",
        "upsert",
        "returning",
        "trigger",
        "foreign_key",
        "foreign_key_schema",
        "savepoint",
        "without_rowid",
        "strict",
        "generated",
        "alter",
        "constraint",
        "schema",
        "pragma"
      })
  void scriptsAnswerAsNativeSqliteDoes(String subject) throws Exception {
    List<String> differences = new ArrayList<>();
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect();
        Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      for (String statement : statements(subject)) {
        String ours = run(session, statement);
        String theirs = run(sqlite, statement);
        if (!ours.equals(theirs)) {
          differences.add(statement + "\n  ours: " + ours + "\n  native: " + theirs);
        }
      }
    }
    assertThat(String.join("\n", differences)).isEmpty();
  }

  /** Statements are separated by lines that end with two semicolons. */
  private static List<String> statements(String subject) {
    try (InputStream in =
        WriteDifferentialTest.class.getResourceAsStream("/sql/write/" + subject + ".sql")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> found = new ArrayList<>();
      for (String each : text.split(";;\\s*\n")) {
        if (!each.isBlank()) {
          found.add(each.strip());
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(Session session, String sql) {
    StringBuilder text = new StringBuilder();
    try (Statement statement = session.prepare(sql);
        Rows rows = statement.query()) {
      while (rows.next()) {
        for (int i = 0; i < rows.columnCount(); i++) {
          text.append(text(rows.get(i))).append('|');
        }
        text.append('\n');
      }
    } catch (DatabaseException e) {
      return "error " + e.getMessage();
    }
    text.append(session.changes()).append(' ').append(session.lastInsertRowid());
    return text.toString();
  }

  private static String text(Value value) {
    return value.tag() == Tag.REAL ? Double.toString(value.asDouble()) : value.toString();
  }

  private static String run(Connection sqlite, String sql) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (java.sql.Statement statement = sqlite.createStatement()) {
      if (statement.execute(sql)) {
        ResultSet rows = statement.getResultSet();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            text.append(text(rows.getObject(i))).append('|');
          }
          text.append('\n');
        }
      }
    } catch (SQLException e) {
      String message = e.getMessage();
      int open = message.lastIndexOf('(');
      return "error " + (open < 0 ? message : message.substring(open + 1, message.length() - 1));
    }
    try (java.sql.Statement statement = sqlite.createStatement();
        ResultSet rows = statement.executeQuery("SELECT changes(), last_insert_rowid()")) {
      rows.next();
      return text.append(rows.getLong(1)).append(' ').append(rows.getLong(2)).toString();
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return Value.blob(bytes).toString();
    }
    return value instanceof String s ? Value.text(s).toString() : value.toString();
  }
}
