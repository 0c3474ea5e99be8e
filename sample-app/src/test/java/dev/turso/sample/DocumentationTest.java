package dev.turso.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the blocks of README and docs: {@code sql} against the engine, {@code java} compiled and run,
 * {@code java fragment} and {@code sql fragment} found in the sample's sources, {@code sh} by its
 * commands' existence.
 */
class DocumentationTest {

  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  private static final Path CLIENTS = TOP.resolve("turso-spring-boot-starter/src/test/java");

  /** The classes of the replayer, which stands in for the outside world. */
  private static final Set<String> OUTSIDE_WORLD =
      Set.of("Replayer", "Timetable", "Csv", "FlightEvent", "FlightOperations");

  @TempDir Path folder;

  /** A fenced block: its info string, its lines, and where it stands. */
  private record Block(Path file, int line, String info, String text) {

    String name() {
      return TOP.relativize(file) + ":" + line + " " + info;
    }
  }

  @TestFactory
  Stream<DynamicTest> everyBlockRuns() throws IOException {
    List<Block> blocks = new ArrayList<>(blocks(TOP.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
      for (Path doc : docs.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
        blocks.addAll(blocks(doc));
      }
    }
    assertThat(blocks).as("blocks found").hasSizeGreaterThan(4);
    return blocks.stream().map(b -> DynamicTest.dynamicTest(b.name(), () -> run(b)));
  }

  private static List<Block> blocks(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String info = lines.get(i).strip();
      if (info.startsWith("```") && info.length() > 3) {
        int start = i + 1;
        while (!lines.get(++i).strip().equals("```")) {
          continue;
        }
        blocks.add(
            new Block(file, start, info.substring(3), String.join("\n", lines.subList(start, i))));
      }
    }
    return blocks;
  }

  private void run(Block block) throws Exception {
    switch (block.info()) {
      case "sql" -> runSql(block.text());
      case "java" -> runJava("java.sql.*", block.text());
      case "java engine" ->
          runJava(
              "dev.turso.*; import dev.turso.function.*; import dev.turso.value.*;"
                  + " import dev.turso.vtab.*",
              block.text());
      case "java fragment" ->
          assertThat(sources(Path.of("src/main"), ".java")).contains(folded(block.text()));
      case "sql fragment" ->
          assertThat(sources(Path.of("src/main"), ".sql")).contains(folded(block.text()));
      case "java client" ->
          assertThat(folded(sources(CLIENTS, ".java"))).contains(folded(block.text()));
      case "java api" -> compile("Calling", calling(block.text()));
      case "java spring" -> compile("Declaring", declaring(block.text()));
      case "java test" -> compile("OrdersTest", testing(block.text()));
      case "js" -> assertThat(block.text()).startsWith("liveStream(");
      case "java listener" -> compile("Listening", listening(block.text()));
      case "java Shop.java" -> compile("Shop", block.text());
      case "sql schema.sql" -> runSql(block.text());
      case "xml pom.xml" ->
          assertThat(Files.readString(TOP.resolve("pom.xml"))).contains(version(block.text()));
      case "properties" -> assertThat(block.text()).matches("([a-z.-]+=[^\\n]+\\n?)+");
      case "sh" -> checkShell(block.text());
      case "text" -> assertThat(block.text()).isNotBlank();
      default -> throw new AssertionError("a block of an unknown kind: " + block.info());
    }
  }

  private static void runSql(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:turso::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void runJava(String imported, String code) throws Exception {
    compile(
        "Snippet",
        "import java.util.*; import "
            + imported
            + ";\n"
            + "public class Snippet { public static void run() throws Exception {\n"
            + code
            + "\n}}\n");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader.loadClass("Snippet").getMethod("run").invoke(null);
    }
  }

  /** Members of a bean, with what stands around them in an application. */
  private static String listening(String members) {
    return "import dev.turso.spring.event.*;\n"
        + "import org.springframework.context.event.EventListener;\n"
        + "import org.springframework.jdbc.core.simple.JdbcClient;\n"
        + "class Listening { JdbcClient jdbc;\n"
        + members
        + "\n}\n";
  }

  /** Types of an application that declare live queries. */
  private static String declaring(String types) {
    return "import dev.turso.dbsp.subscribe.LiveMessage; import dev.turso.spring.query.*;\n"
        + "import java.util.concurrent.Flow; import org.springframework.web.bind.annotation.*;\n"
        + "import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;\n"
        + types;
  }

  /** A test of an application's. */
  private static String testing(String type) {
    return "import dev.turso.spring.event.RowChangeRecorder; import dev.turso.spring.test.*;\n"
        + "import org.junit.jupiter.api.Test; import org.springframework.boot.test.context.*;\n"
        + "import org.springframework.beans.factory.annotation.Autowired;\n"
        + "import org.springframework.jdbc.core.simple.JdbcClient;\n"
        + "import static org.assertj.core.api.Assertions.assertThat;\n"
        + type;
  }

  /** Calls on sessions of the engine's own, which are compiled only. */
  private static String calling(String calls) {
    return "import dev.turso.*; import dev.turso.session.*;\n"
        + "class Calling { void call(dev.turso.Session session, dev.turso.Session other,"
        + " dev.turso.Session empty) throws Exception {\n"
        + calls
        + "\n}}\n";
  }

  /** The project's own version, as a dependency names it. */
  private static String version(String dependencies) {
    int from = dependencies.indexOf("<version>");
    return dependencies.substring(from, dependencies.indexOf("</version>", from));
  }

  private void compile(String name, String code) throws IOException {
    Compiler.compile(Files.writeString(folder.resolve(name + ".java"), code), folder);
  }

  /** Shell blocks name commands that exist; the tests run themselves by the one that starts Maven. */
  private static void checkShell(String text) throws IOException {
    for (String line : text.split("\n")) {
      String command = line.strip().split(" ")[0];
      if (command.equals("mvn")) {
        assertThat(Files.readString(TOP.resolve(".ci/run"))).contains(line.strip().substring(4));
      } else if (command.contains("/")) {
        assertThat(TOP.resolve(command)).isExecutable();
      } else {
        assertThat(command).isIn("sqlite3", "git", "cd", "curl", "kill");
      }
    }
  }

  @Test
  void readmeQuotesExactlyTheThreePlacesThatMatter() throws IOException {
    List<String> quoted =
        blocks(TOP.resolve("README.md")).stream()
            .filter(block -> block.info().endsWith(" fragment"))
            .map(Block::text)
            .toList();
    assertThat(quoted).hasSize(3);
    assertThat(quoted.get(0)).startsWith("CREATE MATERIALIZED VIEW");
    assertThat(quoted.get(1)).startsWith("@EventListener");
    assertThat(quoted.get(2)).contains("live.stream()");
  }

  @Test
  void theApplicationWithoutPageAndReplayerIsUnder300Lines() throws IOException {
    int lines = 0;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(p -> p.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        lines += OUTSIDE_WORLD.contains(name) ? 0 : Files.readAllLines(file).size();
      }
    }
    assertThat(lines).isBetween(100, 299);
  }

  private static String sources(Path below, String ending) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : files.filter(p -> p.toString().endsWith(ending)).toList()) {
        all.append(folded(Files.readString(file))).append('\n');
      }
    }
    return all.toString();
  }

  private static String folded(String code) {
    return code.strip().replaceAll("\\s+", " ");
  }
}
