package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.cli.output.ByteSink;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands by which a script tests itself: {@code .testcase} gathers output that {@code .check}
 * compares, and {@code .selftest} runs the statements that a database holds about itself.
 */
final class TestCommands {

  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private String name = "?";

  static void addTo(CommandTable table) {
    TestCommands tests = new TestCommands();
    table.add("testcase", 8, "NAME", "Gather output for .check", tests::begin);
    table.add("check", 3, "GLOB", "Fail unless output since .testcase matches GLOB", tests::check);
    table.add(
        "selftest", 4, "?OPTIONS?", "Run tests that the table SELFTEST holds", TestCommands::self);
  }

  private Outcome begin(Shell shell, List<String> words) {
    gathered.reset();
    shell.redirect(new ByteSink(gathered), "testcase", false);
    name = words.size() > 1 ? words.get(1) : "?";
    return Outcome.DONE;
  }

  private Outcome check(Shell shell, List<String> words) {
    if (words.size() != 2) {
      Arguments.usage(shell, ".check GLOB-PATTERN");
      return Outcome.DONE;
    }
    shell.redirect(null, "stdout", false);
    String text = gathered.toString(StandardCharsets.UTF_8);
    if (matches(words.get(1), 0, text, 0)) {
      shell.out().line("testcase-" + name + " ok");
      return Outcome.DONE;
    }
    shell.complain("testcase-" + name + " FAILED");
    shell.complain(" Expected: [" + words.get(1) + "]");
    shell.complain("      Got: [" + text + "]");
    return Outcome.FAILED;
  }

  /** A glob in which white space matches any white space, and # a run of digits. */
  private static boolean matches(String glob, int from, String text, int at) {
    int i = from;
    int j = at;
    while (i < glob.length()) {
      char c = glob.charAt(i++);
      boolean more = j < text.length();
      if (Character.isWhitespace(c)) {
        if (!more || !Character.isWhitespace(text.charAt(j))) {
          return false;
        }
        i = skipSpace(glob, i);
        j = skipSpace(text, j);
      } else if (c == '*') {
        for (int k = j; k <= text.length(); k++) {
          if (matches(glob, i, text, k)) {
            return true;
          }
        }
        return false;
      } else if (c == '#') {
        int end = digits(text, j);
        if (end == j) {
          return false;
        }
        j = end;
      } else if (c == '[') {
        int end = glob.indexOf(']', i + 1);
        if (!more || end < 0 || !inSet(glob.substring(i, end), text.charAt(j++))) {
          return false;
        }
        i = end + 1;
      } else if (!more || c != '?' && c != text.charAt(j)) {
        return false;
      } else {
        j++;
      }
    }
    return skipSpace(text, j) == text.length();
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int digits(String text, int from) {
    int at = from;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    int first = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at == first ? from : at;
  }

  private static boolean inSet(String set, char c) {
    boolean inverted = set.startsWith("^");
    boolean found = false;
    for (int i = inverted ? 1 : 0; i < set.length(); i++) {
      if (i + 2 < set.length() && set.charAt(i + 1) == '-') {
        found |= c >= set.charAt(i) && c <= set.charAt(i + 2);
        i += 2;
      } else {
        found |= c == set.charAt(i);
      }
    }
    return found != inverted;
  }

  // ---- tests that a database holds

  private static Outcome self(Shell shell, List<String> words) {
    boolean init = false;
    boolean verbose = false;
    for (String each : words.subList(1, words.size())) {
      switch (Arguments.option(each)) {
        case "init" -> init = true;
        case "v" -> verbose = true;
        default -> {
          shell.complain("Unknown option \"" + each + "\" on \"" + words.getFirst() + "\"");
          shell.complain("Should be one of: --init -v");
          return Outcome.FAILED;
        }
      }
    }
    Session session = shell.session();
    String there = "SELECT 1 FROM sqlite_schema WHERE lower(name) = 'selftest'";
    boolean has = !Query.rows(session, there).isEmpty();
    if (!has && init) {
      write(session);
      has = true;
    }
    List<List<Value>> tests =
        has
            ? Query.rows(session, "SELECT tno, op, cmd, ans FROM selftest ORDER BY tno")
            : Query.rows(
                session,
                "VALUES (0, 'memo', 'Missing SELFTEST table - default checks only', ''),"
                    + " (1, 'run', 'PRAGMA integrity_check', 'ok')");
    int errors = 0;
    int run = 0;
    for (List<Value> each : tests) {
      boolean memo = Query.text(each.get(1)).equals("memo");
      if (memo && !has) {
        shell.out().line(Query.text(each.get(2)));
      } else if (!memo) {
        run++;
        errors += passes(shell, each, verbose) ? 0 : 1;
      }
    }
    shell.out().line(errors + " errors out of " + run + " tests");
    return Outcome.DONE;
  }

  private static boolean passes(Shell shell, List<Value> test, boolean verbose) {
    String number = Query.text(test.get(0));
    String sql = Query.text(test.get(2));
    String wanted = Query.text(test.get(3));
    if (verbose) {
      shell.out().line(number + ": " + Query.text(test.get(1)) + " " + sql);
    }
    StringBuilder got = new StringBuilder();
    try {
      for (List<Value> row : Query.rows(shell.session(), sql)) {
        row.forEach(each -> got.append(got.isEmpty() ? "" : " ").append(Query.text(each)));
      }
    } catch (DatabaseException e) {
      shell.out().line(number + ": error: " + e.getMessage());
      return false;
    }
    if (verbose) {
      shell.out().line("Result: " + got);
    }
    if (got.toString().equals(wanted)) {
      return true;
    }
    shell.out().line(number + ": Expected: [" + wanted + "]");
    shell.out().line(number + ":      Got: [" + got + "]");
    return false;
  }

  /** Makes the table: hashes of the schema and of each table, and an integrity check. */
  private static void write(Session session) {
    List<String> queries = new ArrayList<>();
    queries.add("SELECT type,name,tbl_name,sql FROM sqlite_schema ORDER BY 2");
    String tables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 1"
            + " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1";
    session.execute("SAVEPOINT selftest_init");
    List<String> names = Query.texts(session, tables);
    session.execute(
        "CREATE TABLE selftest(\n  tno INTEGER PRIMARY KEY,   -- test number\n"
            + "  op TEXT,                   -- what to do\n  cmd TEXT,                  -- its SQL\n"
            + "  ans TEXT                   -- the answer wanted\n)");
    for (String each : names) {
      queries.add("SELECT * FROM \"" + each.replace("\"", "\"\"") + "\" NOT INDEXED");
    }
    add(session, 100, "memo", "Tests generated by --init", "");
    int number = 110;
    for (String each : queries) {
      String sql = "SELECT hex(sha3_query(" + Texts.quoted(each) + ",224))";
      add(session, number, "run", sql, Query.texts(session, sql).getFirst());
      number += 10;
    }
    add(session, number, "run", "PRAGMA integrity_check", "ok");
    session.execute("RELEASE selftest_init");
  }

  private static void add(Session session, int number, String op, String sql, String answer) {
    Query.rows(
        session,
        "INSERT INTO selftest VALUES (?1, ?2, ?3, ?4)",
        Value.integer(number),
        Value.text(op),
        Value.text(sql),
        Value.text(answer));
  }
}
