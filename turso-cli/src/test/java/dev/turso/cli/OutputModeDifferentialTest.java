package dev.turso.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every output mode, over values that output goes wrong on, with and without headers: the same bytes as
 * native sqlite3. The matrix is printed; a cell that differs must be one of those that are meant to.
 */
@NullUnmarked
class OutputModeDifferentialTest {

  private static final String MARK = "@@";

  private static final List<String> MODES =
      List.of(
          "ascii",
          "box",
          "column",
          "csv",
          "html",
          "insert",
          "json",
          "line",
          "list",
          "markdown",
          "quote",
          "table",
          "tabs",
          "tcl",
          "qbox",
          "box --wrap 4",
          "table --wrap 7 --wordwrap on",
          "column --wrap 5",
          "markdown --quote",
          "insert 'odd table'",
          "count",
          "off");

  private static final Map<String, String> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put("NULL", "NULL");
    VALUES.put("blob", "x'00ff41'");
    VALUES.put("emptyblob", "x''");
    VALUES.put("textblob", "x'6162'");
    VALUES.put("newline", "'two' || char(10) || 'lines'");
    VALUES.put("return", "'a' || char(13) || char(10) || 'b' || char(13) || 'c'");
    VALUES.put("quote", "'it''s'");
    VALUES.put("dquote", "'say \"x\"'");
    VALUES.put("wide", "'日本語'");
    VALUES.put("combining", "'e' || char(769) || 'x'");
    VALUES.put("emoji", "'👍🏽 ok'");
    VALUES.put("-0.0", "-0.0");
    VALUES.put("1e999", "1e999");
    VALUES.put("-1e999", "-1e999");
    VALUES.put("2^63-1", "9223372036854775807");
    VALUES.put("-2^63", "-9223372036854775808");
    VALUES.put("1.5", "1.5");
    VALUES.put("0.1", "0.1");
    VALUES.put("1e15", "1e15");
    VALUES.put("1e-7", "1e-7");
    VALUES.put("1e300", "1e300");
    VALUES.put("empty", "''");
    VALUES.put("comma", "'a,b|c'");
    VALUES.put("html", "'<a href=\"x\">&'");
    VALUES.put("backslash", "'c:\\new\\table'");
    VALUES.put("tab", "'a' || char(9) || 'b'");
    VALUES.put("control", "'a' || char(1) || 'b' || char(27) || '[0m' || char(127)");
    VALUES.put(
        "long", "'the quick brown fox, jumping over the lazy dog, again and again and again'");
    VALUES.put("notutf8", "CAST(x'41ff42' AS TEXT)");
    VALUES.put("nul", "CAST(x'410042' AS TEXT)");
    VALUES.put("space", "' a b '");
  }

  /**
   * REALs are put out with the digits that SQLite 3.54 gives, whose conversion is exact; 3.40 rounds to
   * 15 digits in text, and calculates in 80 bits where it shows 20.
   */
  private static boolean isMeant(String mode, String value) {
    boolean exactDigits = mode.equals("json") || mode.equals("quote") || mode.startsWith("insert");
    return switch (value) {
      case "1e15" -> !exactDigits;
      case "1e-7", "1e300" -> exactDigits;
      default -> false;
    };
  }

  @TempDir Path folder;

  @Test
  void everyModeGivesTheBytesOfSqlite3ForEveryValueWithAndWithoutHeaders() throws Exception {
    String version = Programs.nativeVersion();
    assumeTrue(version.startsWith("3.40"), "no sqlite3 3.40 on the path, but: " + version);
    List<String> wrong = new ArrayList<>();
    StringBuilder matrix = new StringBuilder("output matrix against sqlite3 " + version + '\n');
    int equal = 0;
    int meant = 0;
    for (String headers : List.of("on", "off")) {
      for (String mode : MODES) {
        String script = script(mode, headers);
        Map<String, String> expected = cells(Programs.runNative(folder, script).out());
        Map<String, String> given = cells(Programs.runOurs(script).out());
        matrix.append(String.format("%-30s headers %-3s ", mode, headers));
        for (String value : VALUES.keySet()) {
          boolean same =
              expected.get(value) != null && expected.get(value).equals(given.get(value));
          boolean known = !same && isMeant(mode, value);
          matrix.append(same ? '=' : known ? 'm' : 'X');
          equal += same ? 1 : 0;
          meant += known ? 1 : 0;
          if (!same && !known) {
            wrong.add(
                mode
                    + " headers "
                    + headers
                    + ", "
                    + value
                    + ":\n"
                    + expected.get(value)
                    + "\nwas\n"
                    + given.get(value));
          }
        }
        matrix.append('\n');
      }
    }
    matrix.append("cells equal ").append(equal).append(", meant to differ ").append(meant);
    matrix.append(", wrong ").append(wrong.size());
    System.out.println(matrix);
    assertThat(wrong).isEmpty();
  }

  private static String script(String mode, String headers) {
    StringBuilder script = new StringBuilder(".mode " + mode + "\n.headers " + headers + "\n");
    VALUES.forEach((name, sql) -> {
      script.append(".print ").append(MARK).append(name).append('\n');
      script.append("SELECT 1 AS \"a b\", ").append(sql).append(" AS v, 'z' AS \"select\"");
      script.append(" UNION ALL SELECT 2, ").append(sql).append(", NULL;\n");
    });
    return script.toString();
  }

  private static Map<String, String> cells(String output) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (String each : output.split(MARK)) {
      int end = each.indexOf('\n');
      if (end >= 0) {
        cells.put(each.substring(0, end), each.substring(end + 1));
      }
    }
    return cells;
  }
}
