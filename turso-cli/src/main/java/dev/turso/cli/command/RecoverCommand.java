package dev.turso.cli.command;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.output.InsertPrinter;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.error.DatabaseException;
import dev.turso.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * {@code .recover}: SQL for all that can be read of a damaged database, with the rowids. Each table is
 * read forward up to the damage, then from behind it: the first row that can be reached is looked for
 * in growing steps, so that rows on both sides of each damaged page are kept. A table without rowid is
 * read from both its ends.
 */
final class RecoverCommand {

  private static final String ORDERED = " NOT INDEXED ORDER BY 1";

  private final Shell shell;
  private final Session session;

  private RecoverCommand(Shell shell) {
    this.shell = shell;
    session = shell.session();
  }

  static Outcome run(Shell shell, List<String> words) {
    for (String each : words.subList(1, words.size())) {
      String option = Arguments.option(each);
      if (!option.equals("ignore-freelist") && !option.equals("no-rowids")) {
        shell.complain("unexpected option: " + each);
        return Outcome.FAILED;
      }
    }
    return new RecoverCommand(shell).recover();
  }

  private Outcome recover() {
    shell.out().line("PRAGMA foreign_keys=OFF;").line("BEGIN;");
    boolean whole = true;
    String sql =
        "SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL"
            + " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type != 'table', rowid";
    for (List<Value> row : Query.rows(session, sql)) {
      shell.out().line(SchemaText.create(Query.text(row.get(2))) + ";");
      if (Query.text(row.getFirst()).equals("table")) {
        whole &= table(Query.text(row.get(1)));
      }
    }
    shell.out().line("COMMIT;");
    return whole ? Outcome.DONE : Outcome.FAILED;
  }

  private boolean table(String name) {
    String columns = columns(name, false);
    String from = " FROM " + Texts.identifier(name);
    Copy copy = new Copy(name, keyAlias(name));
    DatabaseException damage = copy.rows("SELECT " + copy.key + "," + columns + from + ORDERED);
    if (damage != null && isNoRowid(damage)) {
      copy.key = "";
      damage = copy.rows("SELECT " + columns + from);
      if (damage != null) {
        copy.rows("SELECT " + columns + from + " ORDER BY " + primaryKeyBackward(name));
      }
    } else if (damage != null) {
      copy.behindDamage("SELECT " + copy.key + "," + columns + from + " NOT INDEXED WHERE ");
    }
    if (damage == null) {
      return true;
    }
    shell.out().line("/**** rows of " + name + " are lost: " + damage.getMessage() + " *****/");
    return false;
  }

  private static boolean isNoRowid(DatabaseException damage) {
    String message = damage.getMessage();
    return message != null && message.startsWith("no such column");
  }

  /** The columns that rows hold, without computed ones; all if they cannot be told. */
  private String columns(String table, boolean lowerCase) {
    StringJoiner names = new StringJoiner(",");
    String sql = "SELECT name FROM pragma_table_info(?1)";
    for (String each : Query.texts(session, sql, Value.text(table))) {
      names.add(lowerCase ? each.toLowerCase(Locale.ROOT) : quoted(each));
    }
    return names.toString();
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** A name of the rowid that no column has. */
  private String keyAlias(String table) {
    List<String> taken = List.of(columns(table, true).split(","));
    return taken.contains("rowid") ? taken.contains("_rowid_") ? "oid" : "_rowid_" : "rowid";
  }

  /** The key of a table without rowid, for reading from its end. */
  private String primaryKeyBackward(String table) {
    StringJoiner key = new StringJoiner(",");
    String sql = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk";
    for (String each : Query.texts(session, sql, Value.text(table))) {
      key.add(quoted(each) + " DESC");
    }
    return key.toString();
  }

  /** Copies the rows of a table. */
  private final class Copy {

    private final String table;
    private String key;
    private long last = Long.MIN_VALUE;
    private boolean any;

    Copy(String table, String key) {
      this.table = table;
      this.key = key;
    }

    /** Copies what a query gives until it fails; returns the failure, or null. */
    @Nullable DatabaseException rows(String query) {
      try (Statement statement = session.prepare(query);
          Rows rows = statement.query()) {
        while (rows.next()) {
          row(rows);
        }
        return null;
      } catch (DatabaseException e) {
        return e;
      }
    }

    private void row(Rows rows) {
      int width = rows.columnCount();
      boolean keyed = !key.isEmpty();
      if (keyed) {
        last = rows.getLong(0);
      }
      any = true;
      String names = keyed ? "(" + key + "," + columns(table, false) + ")" : "";
      shell.out().print("INSERT OR IGNORE INTO " + Texts.identifier(table) + names + " VALUES(");
      for (int i = 0; i < width; i++) {
        shell.out().print(i > 0 ? "," : "").print(InsertPrinter.literal(rows.get(i), false));
      }
      shell.out().line(");");
    }

    /** Goes on behind a damaged page as often as something is to be read there. */
    void behindDamage(String select) {
      long end = newest();
      long from = any ? last : Long.MIN_VALUE;
      while (from < end) {
        long next = firstReadable(from, end);
        if (next > end || next <= from) {
          return;
        }
        from = next;
        String range = select + key + " >= " + next + " ORDER BY " + key;
        DatabaseException damage = rows(range);
        if (damage == null) {
          return;
        }
        from = Math.max(from, last);
      }
    }

    /** The largest rowid, or the last one copied if that cannot be read. */
    private long newest() {
      try {
        String sql = "SELECT " + key + " FROM " + Texts.identifier(table);
        List<List<Value>> rows =
            Query.rows(session, sql + " NOT INDEXED ORDER BY " + key + " DESC LIMIT 1");
        return rows.isEmpty() ? last : rows.getFirst().getFirst().asLong();
      } catch (DatabaseException e) {
        return last;
      }
    }

    /** The least rowid behind a damaged place from which rows can be read. */
    private long firstReadable(long from, long end) {
      long low = from == Long.MIN_VALUE ? 0 : from;
      long step = 1;
      while (low < end && !isReadable(low + step)) {
        low += step;
        step = Math.min(step * 2, Math.max(1, end - low));
      }
      long good = Math.min(low + step, end);
      while (low + 1 < good) {
        long middle = low + (good - low) / 2;
        if (isReadable(middle)) {
          good = middle;
        } else {
          low = middle;
        }
      }
      return good;
    }

    private boolean isReadable(long rowid) {
      String sql = "SELECT 1 FROM " + Texts.identifier(table) + " NOT INDEXED WHERE " + key;
      try {
        Query.rows(session, sql + " >= " + rowid + " ORDER BY " + key + " LIMIT 1");
        return true;
      } catch (DatabaseException e) {
        return false;
      }
    }
  }
}
