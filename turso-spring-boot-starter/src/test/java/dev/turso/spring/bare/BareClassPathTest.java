package dev.turso.spring.bare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application in a JVM of its own, with nothing on its class path that it did not ask for. */
class BareClassPathTest {

  /** The jars that {@code spring-boot-starter-jdbc} brings, by the beginnings of their names. */
  private static final Pattern BROUGHT =
      Pattern.compile(
          "(spring-boot|spring-boot-(autoconfigure|jdbc|sql|transaction|persistence)"
              + "|spring-(jdbc|tx|core|context|beans|aop|expression)|HikariCP|slf4j-api"
              + "|logback-(classic|core)|jul-to-slf4j|log4j-(to-slf4j|api)|snakeyaml"
              + "|micrometer-(observation|commons)|jspecify|jakarta\\.annotation-api|commons-logging)"
              + "-[0-9][^/]*\\.jar");

  @TempDir Path directory;

  @Test
  void startsRunsAndStopsWithoutAWarning() throws Exception {
    String output = run("--spring.datasource.url=jdbc:turso:" + directory.resolve("bare.db"));
    assertThat(output).contains("cities: 2").doesNotContain("WARN", "ERROR", "Exception");
  }

  @Test
  void theEmbeddedDefaultNeedsNoUrl() throws Exception {
    assertThat(run()).contains("cities: 2").doesNotContain("WARN", "ERROR", "Exception");
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                BareApplication.class.getName()));
    command.addAll(List.of(arguments));
    File output = directory.resolve("output").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  /** This module's and the engine's classes, and of the jars only those that are brought. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(BareClassPathTest::onIt)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean onIt(String entry) {
    String name = Path.of(entry).getFileName().toString();
    return !name.endsWith(".jar")
        || (name.startsWith("turso-") && !name.endsWith("-tests.jar"))
        || BROUGHT.matcher(name).matches();
  }
}
