package dev.turso.cdc.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cdc.crossing.NativeCheck;
import dev.turso.cdc.debezium.DebeziumMessage;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.LogPosition;
import dev.turso.cdc.read.ReaderOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a native writer changed below a view is in no topic: the sink does not go on as if it were. */
class GapSinkTest {

  @TempDir Path folder;

  private record Kept(List<DebeziumMessage> messages) implements TopicWriter {

    @Override
    public LogPosition position() {
      return null;
    }

    @Override
    public void write(List<DebeziumMessage> sent, LogPosition after) {
      messages.addAll(sent);
    }

    @Override
    public void close() {}
  }

  @Test
  void theSinkFailsAtAGapAndNamesTheTable() throws Exception {
    assumeTrue(NativeCheck.isPossible(), "needs the sqlite3 shell");
    Path file = folder.resolve("gap.db");
    List<DebeziumMessage> sent = Collections.synchronizedList(new ArrayList<>());
    Options patient = Options.DEFAULT.withJournalMode("wal").withBusyTimeout(60_000);
    try (Database database = Database.open(file.toString(), patient);
        Session session = database.connect()) {
      session.execute("PRAGMA turso_capture = 'full'");
      session.execute("CREATE TABLE t(id INTEGER PRIMARY KEY)");
      session.execute("CREATE MATERIALIZED VIEW v AS SELECT count(*) n FROM t");
      session.execute("INSERT INTO t VALUES (1)");
    }
    NativeCheck.shell(file, "INSERT INTO t VALUES (2)");
    try (Database database = Database.open(file.toString(), patient);
        Session session = database.connect();
        ChangeLog log = ChangeLog.of(database)) {
      session.execute("INSERT INTO t VALUES (3)");
      LogPosition newest = log.newest();
      KafkaSinkOptions options =
          KafkaSinkOptions.of("nowhere:1", "app").reader(ReaderOptions.DEFAULT);
      try (KafkaSink sink = KafkaSink.start(database, options, ignored -> new Kept(sent))) {
        assertThatThrownBy(() -> sink.await(newest, Duration.ofSeconds(60)))
            .hasRootCauseInstanceOf(ChangeLogException.class)
            .hasRootCauseMessage(
                "changes of table t are not in the log, because an engine without one made them:"
                    + " begin anew from a copy or a snapshot");
      }
    }
    assertThat(sent).noneMatch(each -> new String(each.value()).contains("\"id\":3"));
  }
}
