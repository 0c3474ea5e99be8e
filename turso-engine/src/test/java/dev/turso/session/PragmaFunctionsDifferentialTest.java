package dev.turso.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.error.DatabaseException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pragmas as functions take the arguments that they take in native SQLite, and set nothing. */
class PragmaFunctionsDifferentialTest {

  /** It depends on a variable of the whole native process. */
  private static final String OF_THE_PROCESS = "temp_store_directory";

  private static final Set<String> DIFFERENT =
      Set.of(
          // No rows here, an error natively.
          "pragma_foreign_key_check('x')",
          // Does something: here a function never does.
          "pragma_optimize(1, 2, 3)",
          "pragma_optimize('x')",
          "pragma_optimize");

  @Test
  void theyTakeTheSameArguments() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement nativeSqlite = connection.createStatement();
        Database database = Database.open("mem:pragma-functions", Options.DEFAULT);
        Session session = database.connect()) {
      List<String> differences = new ArrayList<>();
      int compared = 0;
      for (String call : calls(nativeSqlite)) {
        if (DIFFERENT.contains(call)) {
          continue;
        }
        String theirs = ofNative(nativeSqlite, call);
        String ours = ofOurs(session, call);
        compared++;
        if (!theirs.endsWith(ours)) {
          differences.add(call + ": " + ours + ", natively " + theirs);
        }
      }
      assertThat(compared).isGreaterThan(150);
      assertThat(differences).isEmpty();
    }
  }

  @Test
  void theySetNothing() {
    try (Database database = Database.open("mem:pragma-functions-set", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute("CREATE TABLE t (a)");
      for (String each : List.of("query_only(1)", "writable_schema(1)", "foreign_keys(1)")) {
        assertThat(ofOurs(session, "pragma_" + each)).startsWith("too many arguments");
      }
      session.execute("INSERT INTO t VALUES (1)");
      assertThat(AllRows.of(session, "PRAGMA foreign_keys").toString()).isEqualTo("[[0]]");
    }
  }

  private static List<String> calls(Statement nativeSqlite) throws SQLException {
    List<String> calls = new ArrayList<>();
    try (ResultSet rows = nativeSqlite.executeQuery("PRAGMA pragma_list")) {
      while (rows.next()) {
        if (!rows.getString(1).equals(OF_THE_PROCESS)) {
          for (String arguments : List.of("(1, 2, 3)", "('x')", "")) {
            calls.add("pragma_" + rows.getString(1) + arguments);
          }
        }
      }
    }
    return calls;
  }

  private static String ofNative(Statement statement, String call) {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + call)) {
      return rows.next() ? "rows" : "nothing";
    } catch (SQLException e) {
      return e.getMessage().replaceAll("\\)$", "");
    }
  }

  private static String ofOurs(Session session, String call) {
    try {
      return AllRows.of(session, "SELECT count(*) FROM " + call).isEmpty() ? "nothing" : "rows";
    } catch (DatabaseException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
