package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cdc.read.ChangeApplier;
import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeKind;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.ChangeReader;
import dev.turso.cdc.read.ChangeRecord;
import dev.turso.cdc.read.LogPosition;
import dev.turso.cdc.read.ReaderOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract: what a native writer changes below a view leaves a gap in the log, and says so. */
class GapTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void aFileWithAViewAndALog() {
    assumeTrue(NativeCheck.isPossible(), "needs the sqlite3 shell");
    file = folder.resolve("gap.db");
    try (Database database = open();
        Session session = database.connect()) {
      session.execute("PRAGMA turso_capture = 'full'");
      session.execute("CREATE TABLE \"Flight\"(id INTEGER PRIMARY KEY, gate TEXT)");
      session.execute("CREATE TABLE crew(id INTEGER PRIMARY KEY)");
      session.execute(
          "CREATE MATERIALIZED VIEW gates AS SELECT gate, count(*) n FROM \"Flight\" GROUP BY gate");
      session.execute("INSERT INTO \"Flight\" VALUES (1, 'A')");
    }
  }

  private Database open() {
    return Database.open(file.toString(), Options.DEFAULT);
  }

  @Test
  void theNextWriterPutsAGapIntoTheLog() throws Exception {
    NativeCheck.shell(file, "INSERT INTO Flight VALUES (2, 'B'), (3, 'B')");
    try (Database database = open();
        Session session = database.connect()) {
      session.execute("INSERT INTO crew VALUES (1)");
      session.execute("INSERT INTO \"Flight\" VALUES (4, 'B')");
      assertThat(Sql.texts(session, "SELECT gate || '|' || n FROM gates ORDER BY gate"))
          .containsExactly("A|1", "B|3");
      assertThat(gaps(database)).containsExactly("Flight");
      assertThat(
              Sql.texts(
                  session,
                  "SELECT table_name FROM turso_cdc WHERE change_type IN (1, 3)"
                      + " AND table_name IN ('Flight', 'crew') ORDER BY change_id"))
          .containsExactly("Flight", "crew", "Flight", "Flight");
    }
  }

  @Test
  void aProcessThatListensPutsItThereByItself() throws Exception {
    try (Database database = open();
        ChangeLog log = ChangeLog.of(database);
        ChangeReader reader =
            log.reader("r", ReaderOptions.DEFAULT.from(ReaderOptions.Start.NOW).tables("Flight"))) {
      assertThat(reader.poll(Duration.ofMillis(1))).isNull();
      NativeCheck.shell(file, "DELETE FROM Flight");
      ChangeBatch batch = reader.poll(Duration.ofSeconds(30));
      assertThat(batch).isNotNull();
      assertThat(batch.first()).isTrue();
      assertThat(batch.last()).isTrue();
      assertThat(batch.changes()).hasSize(1);
      ChangeRecord gap = batch.changes().getFirst();
      assertThat(gap.kind()).isEqualTo(ChangeKind.GAP);
      assertThat(gap.table()).isEqualTo("Flight");
      assertThat(gap.before()).isNull();
      assertThat(gap.after()).isNull();
    }
  }

  @Test
  void whatIsRolledBackLeavesNoGapAndTheNextOneDoes() throws Exception {
    NativeCheck.shell(file, "UPDATE Flight SET gate = 'C'");
    try (Database database = open();
        Session session = database.connect()) {
      session.execute("BEGIN; INSERT INTO crew VALUES (1)");
      Sql.texts(session, "SELECT * FROM gates");
      session.execute("ROLLBACK");
      assertThat(gaps(database)).isEmpty();
      session.execute("INSERT INTO crew VALUES (2)");
      assertThat(gaps(database)).containsExactly("Flight");
      session.execute("INSERT INTO crew VALUES (3)");
      assertThat(gaps(database)).containsExactly("Flight");
    }
  }

  @Test
  void aCopyRefusesToGoOn() throws Exception {
    NativeCheck.shell(file, "INSERT INTO Flight VALUES (2, 'B')");
    try (Database database = open();
        Session session = database.connect();
        Database copy = Database.open(":memory:", Options.DEFAULT);
        Session target = copy.connect();
        ChangeLog log = ChangeLog.of(database)) {
      session.execute("INSERT INTO crew VALUES (1)");
      ChangeApplier applier = new ChangeApplier(target);
      assertThatThrownBy(() ->
              log.replay(
                  LogPosition.START,
                  ReaderOptions.DEFAULT,
                  batch -> {
                    applier.apply(batch);
                    return true;
                  }))
          .isInstanceOf(ChangeLogException.class)
          .hasMessageContaining("changes of table Flight are not in the log");
    }
  }

  private static List<String> gaps(Database database) {
    List<String> tables = new ArrayList<>();
    try (ChangeLog log = ChangeLog.of(database)) {
      log.replay(
          LogPosition.START,
          ReaderOptions.DEFAULT,
          batch -> {
            batch.changes().stream()
                .filter(each -> each.kind() == ChangeKind.GAP)
                .forEach(each -> tables.add(each.table()));
            return true;
          });
    }
    return tables;
  }
}
