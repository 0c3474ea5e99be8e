package dev.turso.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page {@code docs/getting-started.md}, followed in an empty folder. */
class GettingStartedTest {

  private static final Path PAGE = Path.of("../docs/getting-started.md");
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final int FORTY = 40;

  @TempDir Path folder;

  @Test
  void fromNothingToAFirstLiveQueryInUnderFortyLines() throws Exception {
    String application = block("java Shop.java");
    String schema = block("sql schema.sql");
    assertThat(application.lines().count() + schema.lines().count()).isLessThan(FORTY);
    answers(start(compiled().toString(), "shop.Shop", "--server.port=0"));
  }

  @Test
  void theSameApplicationCompiledAheadOfTimeAnswersLikewise() throws Exception {
    String classes = compiled().toString();
    Path sources = folder.resolve("generated");
    Path output = Files.createDirectory(folder.resolve("ahead"));
    Process processor =
        start(
            classes,
            "org.springframework.boot.SpringApplicationAotProcessor",
            "shop.Shop",
            sources.toString(),
            output.toString(),
            output.toString(),
            "shop",
            "shop");
    String said = new String(processor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(processor.waitFor()).as(said).isZero();
    String both = output + File.pathSeparator + classes;
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> generated = files.filter(each -> each.toString().endsWith(".java")).toList();
      Compiler.compile(generated, output, both);
    }
    answers(start(both, "-Dspring.aot.enabled=true", "shop.Shop", "--server.port=0"));
  }

  /** The page's application in a folder of classes. */
  private Path compiled() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Files.writeString(classes.resolve("schema.sql"), block("sql schema.sql"));
    Path source = Files.writeString(folder.resolve("Shop.java"), block("java Shop.java"));
    Compiler.compile(source, classes);
    return classes;
  }

  /** Orders something, and sees the live query tell of it. */
  private static void answers(Process shop) throws Exception {
    try {
      URI address = URI.create("http://localhost:" + port(shop) + "/");
      HttpClient client = HttpClient.newHttpClient();
      HttpResponse<InputStream> live =
          client.send(
              HttpRequest.newBuilder(address.resolve("live")).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8));
      assertThat(nextData(lines)).contains("\"kind\":\"snapshot\"");
      HttpRequest order =
          HttpRequest.newBuilder(address.resolve("orders?item=anvil"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(client.send(order, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
      assertThat(nextData(lines)).contains("\"kind\":\"delta\"").contains("[\"anvil\",1]");
    } finally {
      shop.destroyForcibly();
      assertThat(shop.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String block(String info) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf("```" + info + "\n");
    assertThat(from).as(info).isNotNegative();
    int start = page.indexOf('\n', from) + 1;
    return page.substring(start, page.indexOf("```", start));
  }

  /** Starts the application without what the sample's own resources would set. */
  private Process start(String classes, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    String own = Path.of("target").toAbsolutePath().toString();
    List<String> path = new ArrayList<>(List.of(classes));
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!each.startsWith(own) && !isSample(each)) {
        path.add(each);
      }
    }
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path)));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static boolean isSample(String entry) {
    return Files.exists(Path.of(entry, "dev/turso/sample"));
  }

  private static String port(Process application) throws IOException {
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        assertThat(said).contains("Turso database mem:").contains("gone when the process ends");
        return matcher.group(1);
      }
    }
    throw new AssertionError("the application did not start:\n" + said);
  }

  private static String nextData(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data:")) {
        return line;
      }
    }
    throw new AssertionError("the stream ended");
  }
}
