package dev.turso.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page {@code docs/from-sqlite-jdbc.md}, followed, and a file that goes there and back. */
class FromSqliteJdbcTest {

  private static final Path PAGE = Path.of("../docs/from-sqlite-jdbc.md");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void everyBlockRunsInAnEmptyFolderWithNothingButTheEngine() throws Exception {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      blocks.add("{\n" + matcher.group(1) + "}\n");
    }
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
    Path source = Files.createTempFile("Page", ".java");
    try {
      Files.writeString(
          source,
          "import java.sql.*;\nclass Page { public static void main(String[] a) throws Exception {\n"
              + String.join("", blocks)
              + "System.out.println(\"all blocks ran\"); } }\n");
      assertThat(java(isNot("sqlite-jdbc"), source.toString())).contains("all blocks ran");
    } finally {
      Files.delete(source);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatItWroteOpensUnconvertedAndItOpensItAgain() throws Exception {
    for (String mode : List.of("delete", "wal")) {
      String file = folder.resolve(mode + ".db").toString();
      java(each -> true, NativeApplication.class.getName(), mode, file);
      try (Connection connection =
              DriverManager.getConnection("jdbc:turso:" + file + "?date_format=millis");
          Statement statement = connection.createStatement()) {
        assertThat(text(statement, "PRAGMA journal_mode")).isEqualTo(mode);
        Timestamp at = new Timestamp(NativeApplication.MILLIS);
        try (ResultSet rows = statement.executeQuery("SELECT at, at, iso FROM event")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getTimestamp(1)).isEqualTo(at);
          assertThat(rows.getObject(2, LocalDateTime.class)).isEqualTo(at.toLocalDateTime());
          assertThat(rows.getObject(3, LocalDateTime.class))
              .isEqualTo(LocalDateTime.parse("2009-02-13T23:31:30.123"));
        }
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO event (at) VALUES (?)")) {
          insert.setTimestamp(1, at);
          insert.executeUpdate();
        }
      }
      assertThat(java(each -> true, NativeApplication.class.getName(), "read", file).lines())
          .containsExactly(
              "integrity ok",
              "at " + NativeApplication.MILLIS,
              "at " + NativeApplication.MILLIS,
              "table event");
    }
  }

  @Test
  void detachingLeavesAFileThatNothingOfOursIsIn() throws Exception {
    String file = folder.resolve("left.db").toString();
    java(each -> true, NativeApplication.class.getName(), "wal", file);
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE MATERIALIZED VIEW counted AS SELECT COUNT(*) AS n FROM event");
      statement.execute("PRAGMA turso_detach");
    }
    assertThat(java(each -> true, NativeApplication.class.getName(), "read", file).lines())
        .contains("integrity ok")
        .anyMatch(line -> line.endsWith(" counted"))
        .noneMatch(line -> line.contains("turso_"));
  }

  private static String text(Statement statement, String sql) throws Exception {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Predicate<String> isNot(String jar) {
    return entry -> !entry.contains(jar);
  }

  /** Runs Java in the empty folder; gives what it said. */
  private String java(Predicate<String> onClassPath, String... arguments)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(onClassPath)
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("said", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      boolean ended = process.waitFor(180, TimeUnit.SECONDS);
      process.destroyForcibly();
      String text = Files.readString(said, StandardCharsets.UTF_8);
      assertThat(ended && process.exitValue() == 0).as(text).isTrue();
      return text;
    } finally {
      Files.delete(said);
    }
  }
}
