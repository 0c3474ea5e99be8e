package dev.turso.spring.bare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application in a JVM of its own, with nothing on its class path that it did not ask for. */
class BareClassPathTest {

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
                BareClassPath.text(),
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
}
