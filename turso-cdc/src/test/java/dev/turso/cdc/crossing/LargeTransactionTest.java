package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements over many rows, under three views and the log, in a heap that their changes do not fit into.
 *
 * <p>{@code -Dturso.large=5000000} sets the number of rows; the heap is then 256 MB.
 */
class LargeTransactionTest {

  @TempDir Path folder;

  @Test
  void oneStatementChangesMoreRowsThanTheHeapHolds() throws Exception {
    int rows = Integer.getInteger("turso.large", 100_000);
    String heap = rows > 1_000_000 ? "-Xmx256m" : "-Xmx56m";
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LargeTransaction.class.getName(),
                folder.resolve("large.db").toString(),
                String.valueOf(rows),
                "id")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    System.out.println(rows + " rows, " + heap + "\n" + output);
    assertThat(output).endsWith("done\n");
    assertThat(process.exitValue()).isZero();
  }
}
