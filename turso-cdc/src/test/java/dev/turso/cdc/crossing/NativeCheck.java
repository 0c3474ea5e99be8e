package dev.turso.cdc.crossing;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Has the {@code sqlite3} shell recover files that a power cut left, in a process of its own: it must
 * find them sound, and the same rows in them as this engine does.
 */
public final class NativeCheck {

  private static final List<String> TABLES =
      List.of("customers", "orders", "items", "audit", "v_left", "v_group", "v_top", "turso_cdc");

  private final Path folder;
  private int checked;

  NativeCheck(Path folder) {
    this.folder = folder;
  }

  /** Whether there is a shell to ask. */
  public static boolean isPossible() {
    try {
      Process process = new ProcessBuilder("sqlite3", "--version").start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int checked() {
    return checked;
  }

  void check(String where, Map<String, byte[]> files, String database) {
    try {
      Path natives = write("native" + checked, files, database);
      Path ours = write("ours" + checked, files, database);
      checked++;
      List<String> tables = new ArrayList<>();
      List<String> rows = new ArrayList<>();
      try (Database open = Database.open(ours.toString(), Options.DEFAULT);
          Session session = open.connect()) {
        List<String> present = DatabaseState.tableNames(session);
        for (String each : TABLES) {
          if (present.contains(each)) {
            String query = query(session, each);
            tables.add(query);
            rows.addAll(Sql.texts(session, query));
          }
        }
      }
      List<String> expected = new ArrayList<>(List.of("ok"));
      expected.addAll(rows);
      List<String> found =
          shell(natives, "PRAGMA integrity_check; " + String.join("; ", tables) + ";");
      for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
        String here = i < expected.size() ? expected.get(i) : "nothing";
        String there = i < found.size() ? found.get(i) : "nothing";
        if (!here.equals(there)) {
          throw new AssertionError(
              where + ": native SQLite finds " + there + " where this engine finds " + here);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line for each row. Releases differ in how they print real numbers, so these are scaled. */
  private static String query(Session session, String table) {
    StringBuilder row = new StringBuilder();
    for (String each : Sql.texts(session, "SELECT name FROM pragma_table_info('" + table + "')")) {
      String name = Sql.quoted(each);
      row.append(row.isEmpty() ? "" : " || '|' || ").append("CASE typeof(").append(name);
      row.append(") WHEN 'real' THEN CAST(").append(name).append(" * 65536 AS INT) || 'r'");
      row.append(" ELSE quote(").append(name).append(") END");
    }
    return "SELECT r FROM (SELECT " + row + " AS r FROM " + table + ") ORDER BY r";
  }

  private Path write(String name, Map<String, byte[]> files, String database) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(name));
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      String suffix = each.getKey().substring(database.length());
      if (!suffix.equals("-shm")) {
        Files.write(directory.resolve("copy.db" + suffix), each.getValue());
      }
    }
    return directory.resolve("copy.db");
  }

  /** Runs statements in the shell; its output's lines, errors among them. */
  public static List<String> shell(Path file, String sql) throws IOException {
    Process process =
        new ProcessBuilder(
                "sqlite3", "-batch", "-list", "-cmd", ".timeout 30000", file.toString(), sql)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("sqlite3 does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return output.isEmpty() ? List.of() : List.of(output.stripTrailing().split("\n", -1));
  }
}
