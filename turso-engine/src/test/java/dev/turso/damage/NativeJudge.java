package dev.turso.damage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Native SQLite in a process of its own, which is asked what it makes of a file. Started anew should a
 * file bring it down.
 */
final class NativeJudge implements AutoCloseable {

  /** What begins the answer to a statement that failed. */
  static final String ERROR = "error: ";

  private static final String END = "<end>";

  private @Nullable Process process;
  private @Nullable BufferedReader answers;
  private @Nullable PrintStream questions;

  /** The answer to each statement: rows in one line, or {@link #ERROR} with the message. */
  List<String> ask(Path file, List<String> statements) {
    try {
      Process running = process;
      if (running == null || !running.isAlive()) {
        start();
      }
      questions.println(file);
      for (String each : statements) {
        questions.println(each);
      }
      questions.println(END);
      questions.flush();
      List<String> all = new ArrayList<>();
      for (String line = answers.readLine(); !END.equals(line); line = answers.readLine()) {
        all.add(line == null ? ERROR + "the process died" : line);
        if (line == null && all.size() >= statements.size()) {
          break;
        }
      }
      return all;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void start() throws IOException {
    Process started =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                NativeJudge.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process = started;
    answers =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    questions = new PrintStream(started.getOutputStream(), false, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }

  // ---- in the other process ----

  public static void main(String[] none) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String file = in.readLine(); file != null; file = in.readLine()) {
      List<String> statements = new ArrayList<>();
      for (String sql = in.readLine(); !END.equals(sql); sql = in.readLine()) {
        statements.add(sql);
      }
      if (file.startsWith("make ")) {
        make(file.substring(5).split(" "), statements);
      } else {
        answer(file, statements, out);
      }
      out.println(END);
      out.flush();
    }
  }

  private static void answer(String file, List<String> statements, PrintStream out) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (String each : statements) {
        out.println(run(connection, each).replace('\n', ' ').replace('\r', ' '));
      }
    } catch (SQLException e) {
      statements.forEach(each -> out.println(ERROR + e.getMessage()));
    }
  }

  private static String run(Connection connection, String sql) {
    StringBuilder text = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            text.append(rows.getString(i)).append(i == columns ? ";" : "|");
          }
        }
      }
      return text.toString();
    } catch (SQLException e) {
      return ERROR + e.getMessage();
    }
  }

  /** Runs a script and copies the file, with what lies beside it, before the connection closes. */
  private static void make(String[] files, List<String> statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + files[0]);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
      for (String suffix : new String[] {"", "-wal", "-journal"}) {
        Path from = Path.of(files[0] + suffix);
        if (Files.exists(from)) {
          Files.copy(from, Path.of(files[1] + suffix));
        }
      }
      statement.execute("PRAGMA user_version");
    }
  }
}
