package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.value.Value;
import java.util.List;

/** {@code .dbinfo}: what the header of a database says, in sqlite3's words, and what is in it. */
final class DatabaseInfo {

  private static final int WIDTH = 21;

  private final Shell shell;
  private final Session session;
  private final String prefix;

  private DatabaseInfo(Shell shell, String database) {
    this.shell = shell;
    session = shell.session();
    prefix = Texts.identifier(database) + ".";
  }

  static Outcome run(Shell shell, List<String> words) {
    new DatabaseInfo(shell, words.size() > 1 ? words.get(1) : "main").print();
    return Outcome.DONE;
  }

  private void print() {
    boolean wal = pragma("journal_mode").equals("wal");
    line("database page size", pragma("page_size"));
    line("write format", wal ? "2" : "1");
    line("read format", wal ? "2" : "1");
    line("database page count", pragma("page_count"));
    line("freelist page count", pragma("freelist_count"));
    line("schema cookie", pragma("schema_version"));
    line("default cache size", "0");
    line("autovacuum top root", pragma("auto_vacuum").equals("0") ? "0" : "1");
    line("incremental vacuum", pragma("auto_vacuum").equals("2") ? "1" : "0");
    line("text encoding", encoding());
    line("user version", pragma("user_version"));
    line("application id", pragma("application_id"));
    counts();
    line("data version", pragma("data_version"));
  }

  private String encoding() {
    return switch (pragma("encoding")) {
      case "UTF-8" -> "1 (utf8)";
      case "UTF-16le" -> "2 (utf16le)";
      default -> "3 (utf16be)";
    };
  }

  private void counts() {
    String from = " FROM " + prefix + "sqlite_schema";
    for (String type : List.of("table", "index", "trigger", "view")) {
      String sql = "SELECT count(*)" + from + " WHERE type = ?1";
      String plural = type.equals("index") ? "es" : "s";
      line("number of " + type + plural, first(Query.rows(session, sql, Value.text(type))));
    }
    line("schema size", first(Query.rows(session, "SELECT total(length(sql))" + from)));
  }

  private String pragma(String name) {
    return first(Query.rows(session, "PRAGMA " + prefix + name));
  }

  private static String first(List<List<Value>> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    String text = Query.text(rows.getFirst().getFirst());
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void line(String name, String value) {
    shell.out().line(name + ":" + " ".repeat(WIDTH - name.length() - 1) + value);
  }
}
