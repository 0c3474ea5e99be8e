package dev.turso.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/TESTING.md says of the promises to applications. */
class ContractTableTest {

  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  @Test
  void everyPromiseHasATestThatIsThere() throws Exception {
    String text = Files.readString(TOP.resolve("docs/TESTING.md"));
    int start = text.indexOf("## What an application may rely on");
    assertThat(start).isNotNegative();
    List<String> rows =
        text.substring(start, text.indexOf("\n## ", start + 1))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(50);
    Map<String, String> sources = testSources();
    for (String row : rows) {
      Matcher named = TEST.matcher(row);
      int tests = 0;
      while (named.find()) {
        tests++;
        assertThat(sources).containsKey(named.group(1));
        assertThat(sources.get(named.group(1)))
            .as(named.group())
            .contains("void " + named.group(2) + "(");
      }
      assertThat(tests).as(row).isPositive();
    }
  }

  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(TOP)) {
      for (Path module : modules.toList()) {
        Path tests = module.resolve("src/test/java");
        if (Files.isDirectory(tests)) {
          read(tests, sources);
        }
      }
    }
    return sources;
  }

  private static void read(Path folder, Map<String, String> into) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        String name = each.getFileName().toString();
        into.merge(
            name.substring(0, name.length() - ".java".length()),
            Files.readString(each),
            String::concat);
      }
    }
  }

  @Test
  void readmeAndDriverSayWhoseThisIs() throws Exception {
    String readme = Files.readString(TOP.resolve("README.md")).replaceAll("\\s+", " ");
    assertThat(readme)
        .contains("independent implementation, written from scratch in Java")
        .contains("contains no code of either, and is not affiliated");
    try (Connection connection = DriverManager.getConnection("jdbc:turso::memory:")) {
      DatabaseMetaData data = connection.getMetaData();
      assertThat(data.getDatabaseProductName()).isEqualTo("SQLite");
      assertThat(data.getDriverName()).contains("Turso");
      try (var statement = connection.createStatement();
          var row = statement.executeQuery("SELECT sqlite_source_id()")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).containsIgnoringCase("turso");
      }
    }
  }
}
