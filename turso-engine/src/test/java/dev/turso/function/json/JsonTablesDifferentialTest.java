package dev.turso.function.json;

import dev.turso.error.DatabaseException;
import dev.turso.function.text.Quoting;
import dev.turso.value.Register;
import dev.turso.value.TextBuilder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of json_each and json_tree here and in native SQLite. */
class JsonTablesDifferentialTest {

  private static Connection sqlite;

  @BeforeAll
  static void open() throws SQLException {
    sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
  }

  @Test
  void eachAndTreeGiveSqlitesRows() throws SQLException {
    SoftAssertions softly = new SoftAssertions();
    for (String document : JsonFunctionsDifferentialTest.DOCUMENTS) {
      for (String path :
          new String[] {null, "$", "$.a", "$.b", "$[0]", "$[1]", "$.x.y[1]", "$.\"d e\""}) {
        for (boolean tree : new boolean[] {false, true}) {
          softly
              .assertThat(ours(document, path, tree))
              .as("%s %s %s", tree ? "json_tree" : "json_each", document, path)
              .isEqualTo(sqlites(document, path, tree));
        }
      }
    }
    softly.assertAll();
  }

  private static String sqlites(String document, String path, boolean tree) throws SQLException {
    String arguments =
        JsonFunctionsDifferentialTest.literal(document)
            + (path == null ? "" : "," + JsonFunctionsDifferentialTest.literal(path));
    StringBuilder rows = new StringBuilder();
    try (PreparedStatement statement =
            sqlite.prepareStatement(
                "SELECT quote(key), quote(value), quote(type), quote(atom), quote(id),"
                    + " quote(parent), quote(fullkey), quote(path) FROM "
                    + (tree ? "json_tree(" : "json_each(")
                    + arguments
                    + ")");
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        for (int i = 1; i <= 8; i++) {
          rows.append(new String(result.getBytes(i), StandardCharsets.UTF_8)).append('|');
        }
        rows.append('\n');
      }
    } catch (SQLException e) {
      return "error";
    }
    return rows.toString();
  }

  private static String ours(String document, String path, boolean tree) {
    Register json = new Register();
    json.setText(document);
    Register root = null;
    if (path != null) {
      root = new Register();
      root.setText(path);
    }
    StringBuilder rows = new StringBuilder();
    try {
      JsonRows result = tree ? JsonRows.tree(json, root, false) : JsonRows.each(json, root, false);
      Register out = new Register();
      while (result.next()) {
        result.key(out);
        quote(out, rows);
        result.value(out);
        quote(out, rows);
        result.type(out);
        quote(out, rows);
        result.atom(out);
        quote(out, rows);
        result.id(out);
        quote(out, rows);
        result.parent(out);
        quote(out, rows);
        result.fullKey(out);
        quote(out, rows);
        result.path(out);
        quote(out, rows);
        rows.append('\n');
      }
    } catch (DatabaseException e) {
      return "error";
    }
    return rows.toString();
  }

  private static void quote(Register value, StringBuilder out) {
    TextBuilder text = new TextBuilder();
    Quoting.append(value, text);
    out.append(new String(text.toBytes(), StandardCharsets.UTF_8)).append('|');
  }
}
