package dev.turso.cdc.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.debezium.DebeziumMessage;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.LogPosition;
import dev.turso.cdc.read.ReaderOptions;
import dev.turso.vfs.SimulatedFileSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent is on the disk: a power cut does not take it back. */
class DurableBeforeSendingTest {

  /** Whenever something is sent, looks at what a power cut would leave. */
  private record CutAtEachSend(SimulatedFileSystem disk, List<String> lost) implements TopicWriter {

    @Override
    public LogPosition position() {
      return null;
    }

    @Override
    public void write(List<DebeziumMessage> messages, LogPosition after) {
      for (long seed = 0; seed < 3; seed++) {
        try (Database database = Database.open(disk.afterPowerCut(seed), "/db", Options.DEFAULT);
            Session session = database.connect();
            Statement statement = session.prepare("SELECT max(change_id) FROM turso_cdc");
            Rows rows = statement.query()) {
          rows.next();
          if (rows.getLong(0) < after.change()) {
            lost.add(after + " of seed " + seed + " is not in what ends at " + rows.getLong(0));
          }
        }
      }
    }

    @Override
    public void close() {}
  }

  /** Where there is a rollback journal the sink's readers and the writer wait for each other. */
  private static Options patient(String journal) {
    return Options.DEFAULT.withJournalMode(journal).withBusyTimeout(60_000);
  }

  @ParameterizedTest
  @CsvSource({"wal, normal", "wal, off", "delete, off", "wal, full"})
  void aPowerCutAfterSendingLosesNothingThatWasSent(String journal, String synchronous)
      throws InterruptedException {
    SimulatedFileSystem disk = new SimulatedFileSystem();
    List<String> lost = Collections.synchronizedList(new ArrayList<>());
    try (Database database = Database.open(disk, "/db", patient(journal));
        Session session = database.connect()) {
      session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); PRAGMA turso_capture = 'full'");
      session.execute("PRAGMA synchronous = " + synchronous);
      KafkaSinkOptions options =
          KafkaSinkOptions.of("nowhere:1", "app").reader(ReaderOptions.DEFAULT);
      try (ChangeLog log = ChangeLog.of(database);
          KafkaSink sink =
              KafkaSink.start(database, options, ignored -> new CutAtEachSend(disk, lost))) {
        for (int i = 0; i < 10; i++) {
          session.execute("INSERT INTO t VALUES (" + i + ", zeroblob(3000))");
          assertThat(sink.await(log.newest(), Duration.ofSeconds(60))).isTrue();
        }
        assertThat(sink.failure()).isNull();
      }
    }
    assertThat(lost).isEmpty();
  }
}
