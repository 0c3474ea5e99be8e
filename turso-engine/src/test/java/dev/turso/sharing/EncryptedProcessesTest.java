package dev.turso.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cipher.EncryptionKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two JVMs write one encrypted file: nothing is lost, and each decrypts what the other encrypts. How
 * long is set by {@code -Dturso.sharing.process-seconds}, 2 if not.
 */
class EncryptedProcessesTest {

  private static final String KEY = "3c".repeat(32);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void sumsAreConserved(String journalMode) throws Exception {
    String file = directory.resolve("a.db").toString();
    Options options =
        Options.DEFAULT.withBusyTimeout(30_000).withEncryption(EncryptionKey.ofHex(null, KEY));
    try (Database database = Database.open(file, options);
        Session session = database.connect()) {
      session.execute(
          "PRAGMA journal_mode="
              + journalMode
              + "; CREATE TABLE a(id INTEGER PRIMARY KEY, n); CREATE TABLE moves(n, filler);"
              + "CREATE INDEX mi ON moves(n);"
              + "INSERT INTO a SELECT value, 1000 FROM generate_series(0, 99)");
    }
    long seconds = Long.getLong("turso.sharing.process-seconds", 2);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(jvm(file, seconds, i));
    }
    for (int i = 0; i < 2; i++) {
      String said = directory.resolve("jvm" + i).toString();
      assertThat(processes.get(i).waitFor()).as(said).isZero();
      assertThat(Integer.parseInt(Files.readString(Path.of(said)).strip())).isPositive();
    }
    try (Database database = Database.open(file, options);
        Session session = database.connect();
        Statement sum = session.prepare("SELECT sum(n), count(*) FROM a");
        Rows rows = sum.query();
        Statement check = session.prepare("PRAGMA integrity_check");
        Rows checked = check.query()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(0)).isEqualTo(TransfersProcess.TOTAL);
      assertThat(checked.next()).isTrue();
      assertThat(checked.getText(0)).isEqualTo("ok");
    }
  }

  private Process jvm(String file, long seconds, int number) throws Exception {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-ea",
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            TransfersProcess.class.getName(),
            file,
            Long.toString(seconds),
            Integer.toString(number),
            "2",
            KEY)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("jvm" + number).toFile())
        .start();
  }
}
