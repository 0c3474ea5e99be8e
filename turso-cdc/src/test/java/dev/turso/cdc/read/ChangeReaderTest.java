package dev.turso.cdc.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.retention.RetentionPolicy;
import dev.turso.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeReaderTest {

  private static final Duration NONE = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  private Database database;
  private Session session;
  private ChangeLog log;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("read.db").toString(), Options.DEFAULT);
    session = database.connect();
    session.busyTimeout(5000);
    session.execute("PRAGMA journal_mode = wal; PRAGMA synchronous = off");
    session.execute(
        "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, a);"
            + " CREATE TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY, what TEXT);"
            + " PRAGMA turso_capture = 'full'");
    log = ChangeLog.of(database);
  }

  @AfterEach
  void close() {
    log.close();
    session.close();
    database.close();
  }

  private static ReaderOptions onlyT() {
    return ReaderOptions.DEFAULT.tables("t");
  }

  private static String text(ChangeRecord change) {
    return change.kind()
        + " "
        + change.table()
        + " "
        + change.key()
        + " "
        + Arrays.toString(change.before()).replace("'", "")
        + Arrays.toString(change.after()).replace("'", "");
  }

  private static List<String> texts(ChangeBatch batch) {
    return batch.changes().stream().map(ChangeReaderTest::text).toList();
  }

  private static ChangeBatch next(ChangeReader reader) throws InterruptedException {
    ChangeBatch batch = reader.poll(LONG);
    assertThat(batch).isNotNull();
    return batch;
  }

  private String seen() {
    try (Statement statement = session.prepare("SELECT group_concat(what) FROM seen");
        Rows rows = statement.query()) {
      rows.next();
      return rows.getText(0);
    }
  }

  private static void note(ChangeBatch batch, Session session) {
    for (ChangeRecord each : batch.changes()) {
      try (Statement insert = session.prepare("INSERT INTO seen (what) VALUES (?)")) {
        insert.bind(1, each.kind().name().charAt(0) + each.key().asString()).run();
      }
    }
  }

  @Test
  void aBatchIsACommittedTransactionInTheOrderOfWriting() throws Exception {
    session.origin("me");
    session.execute("BEGIN; INSERT INTO t VALUES (1, 'x'); UPDATE t SET a = 'y'; COMMIT");
    session.execute("DELETE FROM t");
    try (ChangeReader reader = log.reader("c", ReaderOptions.DEFAULT)) {
      ChangeBatch first = next(reader);
      assertThat(texts(first)).containsExactly("INSERT t 1 null[1, x]", "UPDATE t 1 [1, x][1, y]");
      assertThat(first.origin()).isEqualTo("me");
      assertThat(first.first()).isTrue();
      assertThat(first.last()).isTrue();
      assertThat(first.committed()).isAfter(java.time.Instant.now().minusSeconds(60));
      assertThat(first.changes().get(1).after("A")).isEqualTo(Value.text("y"));
      assertThat(texts(next(reader))).containsExactly("DELETE t 1 [1, y]null");
      assertThat(reader.poll(NONE)).isNull();
    }
  }

  @Test
  void effectsAndTheCursorAreOneTransaction() throws Exception {
    session.execute("INSERT INTO t VALUES (1, 1)");
    session.execute("INSERT INTO t VALUES (2, 2)");
    try (ChangeReader reader = log.reader("c", onlyT())) {
      assertThat(reader.handle(NONE, ChangeReaderTest::note)).isTrue();
      assertThatThrownBy(() ->
              reader.handle(
                  NONE,
                  (batch, in) -> {
                    note(batch, in);
                    throw new IllegalStateException("no");
                  }))
          .hasMessage("no");
      assertThat(seen()).isEqualTo("I1");
      assertThat(reader.handle(NONE, ChangeReaderTest::note)).isTrue();
      assertThat(reader.handle(NONE, ChangeReaderTest::note)).isFalse();
    }
    assertThat(seen()).isEqualTo("I1,I2");
    session.execute("DELETE FROM t WHERE id = 1");
    close();
    open();
    try (ChangeReader reader = log.reader("c", onlyT())) {
      assertThat(reader.handle(NONE, ChangeReaderTest::note)).isTrue();
      assertThat(reader.handle(NONE, ChangeReaderTest::note)).isFalse();
    }
    assertThat(seen()).isEqualTo("I1,I2,D1");
  }

  @Test
  void whatWasNotAdvancedPastComesAgain() throws Exception {
    session.execute("INSERT INTO t VALUES (1, 1)");
    try (ChangeReader reader = log.reader("c", onlyT())) {
      assertThat(next(reader).changes()).hasSize(1);
      reader.rewind();
      assertThat(next(reader).changes()).hasSize(1);
    }
    try (ChangeReader reader = log.reader("c", onlyT())) {
      ChangeBatch batch = next(reader);
      reader.done(batch);
      reader.rewind();
      assertThat(reader.poll(NONE)).isNull();
    }
  }

  @Test
  void aDeadOwnerIsSucceededAndFencedOff() throws Exception {
    session.execute("INSERT INTO t VALUES (1, 1)");
    ReaderOptions brief = onlyT().lease(Duration.ofMillis(300));
    try (ChangeReader one = log.reader("c", brief);
        ChangeReader two = log.reader("c", brief)) {
      ChangeBatch taken = next(one);
      assertThat(two.poll(NONE)).isNull();
      assertThat(two.isOwner()).isFalse();
      ChangeBatch again = next(two);
      assertThat(texts(again)).isEqualTo(texts(taken));
      session.execute("BEGIN");
      note(taken, session);
      assertThatThrownBy(() -> one.advance(session, taken))
          .isInstanceOf(ChangeLogException.class)
          .hasMessageContaining("another reader");
      session.execute("ROLLBACK");
      two.done(again);
    }
    assertThat(seen()).isNull();
  }

  @Test
  void aClosedReaderHandsItsCursorOverAtOnce() throws Exception {
    session.execute("INSERT INTO t VALUES (1, 1)");
    try (ChangeReader one = log.reader("c", onlyT())) {
      next(one);
      try (ChangeReader two = log.reader("c", onlyT())) {
        assertThat(two.poll(NONE)).isNull();
        one.close();
        assertThat(two.poll(NONE)).isNotNull();
      }
    }
  }

  @Test
  void aSnapshotAndTheStreamAfterItAreOneCut() throws Exception {
    session.execute("INSERT INTO t SELECT value, value FROM generate_series(1, 25)");
    session.execute("CREATE TABLE w (k TEXT PRIMARY KEY, v) WITHOUT ROWID");
    session.execute("INSERT INTO w VALUES ('a', 1)");
    ReaderOptions options =
        ReaderOptions.DEFAULT.from(ReaderOptions.Start.SNAPSHOT).pieces(10, 1 << 20);
    List<String> rows = new ArrayList<>();
    try (ChangeReader reader = log.reader("c", options)) {
      ChangeBatch batch = next(reader);
      session.execute("DELETE FROM t WHERE id = 25; INSERT INTO t VALUES (26, 26)");
      while (batch.snapshot()) {
        batch.changes().forEach(each -> rows.add(each.table() + each.key().asString()));
        reader.done(batch);
        batch = next(reader);
      }
      assertThat(rows).hasSize(26).contains("t25", "wa").doesNotContain("t26");
      assertThat(texts(batch)).containsExactly("DELETE t 25 [25, 25]null");
      assertThat(texts(next(reader))).containsExactly("INSERT t 26 null[26, 26]");
    }
  }

  @Test
  void aSnapshotThatWasNotFinishedIsTakenAgain() throws Exception {
    session.execute("INSERT INTO t SELECT value, value FROM generate_series(1, 25)");
    ReaderOptions options = onlyT().from(ReaderOptions.Start.SNAPSHOT).pieces(10, 1 << 20);
    try (ChangeReader reader = log.reader("c", options)) {
      reader.done(next(reader));
    }
    try (ChangeReader reader = log.reader("c", options)) {
      ChangeBatch batch = next(reader);
      assertThat(batch.first()).isTrue();
      assertThat(batch.snapshot()).isTrue();
      assertThat(log.cursors().getFirst().state()).isEqualTo(CursorStatus.State.SNAPSHOT);
      reader.done(next(reader));
      reader.done(next(reader));
      assertThat(log.cursors().getFirst().state()).isEqualTo(CursorStatus.State.ACTIVE);
      assertThat(reader.poll(NONE)).isNull();
    }
  }

  @Test
  void aLargeTransactionComesInPieces() throws Exception {
    session.origin("bulk");
    session.execute("INSERT INTO t SELECT value, value FROM generate_series(1, 25)");
    ReaderOptions options = onlyT().pieces(10, 1 << 20);
    try (ChangeReader reader = log.reader("c", options)) {
      ChangeBatch first = next(reader);
      assertThat(first.changes()).hasSize(10);
      assertThat(first.first()).isTrue();
      assertThat(first.last()).isFalse();
      assertThat(first.origin()).isEqualTo("bulk");
      reader.done(first);
    }
    try (ChangeReader reader = log.reader("c", options)) {
      ChangeBatch second = next(reader);
      assertThat(second.first()).isFalse();
      assertThat(second.changes().getFirst().key()).isEqualTo(Value.integer(11));
      ChangeBatch third = next(reader);
      assertThat(third.changes()).hasSize(5);
      assertThat(third.last()).isTrue();
    }
    try (ChangeReader reader = log.reader("d", options.ignoringOrigin("bulk"))) {
      session.origin(null);
      session.execute("INSERT INTO t VALUES (100, 0)");
      ChangeBatch batch = next(reader);
      while (batch.changes().isEmpty()) {
        batch = next(reader);
      }
      assertThat(texts(batch)).containsExactly("INSERT t 100 null[100, 0]");
    }
  }

  @Test
  void aPositionIsReplayedFromAndAForeignOneIsRefused() {
    session.execute("INSERT INTO t VALUES (1, 1)");
    LogPosition after = log.newest();
    session.execute("INSERT INTO t VALUES (2, 2)");
    List<String> all = new ArrayList<>();
    LogPosition reached =
        log.replay(LogPosition.parse(after.toString()), onlyT(), batch -> all.addAll(texts(batch)));
    assertThat(all).containsExactly("INSERT t 2 null[2, 2]");
    assertThat(reached).isEqualTo(log.newest());
    assertThatThrownBy(() ->
            log.replay(new LogPosition(after.epoch() + 1, after.change()), onlyT(), batch -> true))
        .isInstanceOf(ChangeLogException.class)
        .hasMessageContaining("does not have the position");
    assertThatThrownBy(
            () -> log.replay(new LogPosition(after.epoch(), 1_000_000), onlyT(), batch -> true))
        .hasMessageContaining("does not have the position");
  }

  @Test
  void recordsAreReadByTheShapeThatTheirTableHadThen() throws Exception {
    session.execute("INSERT INTO t VALUES (1, 'old')");
    session.execute("ALTER TABLE t ADD COLUMN b DEFAULT 7");
    session.execute("ALTER TABLE t RENAME COLUMN a TO name");
    session.execute("UPDATE t SET name = 'new'");
    session.execute("ALTER TABLE t DROP COLUMN name");
    session.execute("ALTER TABLE t ADD COLUMN name");
    session.execute("UPDATE t SET b = 8");
    List<ChangeRecord> all = new ArrayList<>();
    log.replay(LogPosition.START, ReaderOptions.DEFAULT, batch -> all.addAll(batch.changes()));
    List<ChangeRecord> rows =
        all.stream().filter(each -> each.kind() != ChangeKind.DEFINITION).toList();
    assertThat(rows.get(0).shape().columns()).containsExactly("id", "a");
    assertThat(rows.get(1).shape().columns()).containsExactly("id", "name", "b");
    assertThat(rows.get(1).before("name")).isEqualTo(Value.text("old"));
    assertThat(rows.get(1).before("b")).isEqualTo(Value.integer(7));
    assertThat(rows.get(1).shape().columnId(1)).isEqualTo(rows.get(0).shape().columnId(1));
    assertThat(rows.get(2).shape().columns()).containsExactly("id", "b", "name");
    assertThat(rows.get(2).shape().columnId(2)).isNotEqualTo(rows.get(0).shape().columnId(1));
    assertThat(all.stream().filter(each -> each.kind() == ChangeKind.DEFINITION))
        .extracting(ChangeRecord::statement)
        .containsExactly(
            "ALTER TABLE t ADD COLUMN b DEFAULT 7",
            "ALTER TABLE t RENAME COLUMN a TO name",
            "ALTER TABLE t DROP COLUMN name",
            "ALTER TABLE t ADD COLUMN name");
  }

  @Test
  void aReaderThatWaitsIsWokenByACommit() throws Exception {
    try (ChangeReader reader = log.reader("c", onlyT())) {
      assertThat(reader.poll(NONE)).isNull();
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try (Session other = database.connect()) {
                  other.execute("INSERT INTO t VALUES (1, 1)");
                }
              });
      long start = System.nanoTime();
      next(reader);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(4));
      writer.join();
    }
  }

  @Test
  void thePublisherDeliversAsManyAsWereAskedForAndAdvances() throws Exception {
    session.execute("INSERT INTO t VALUES (1, 1)");
    session.execute("INSERT INTO t VALUES (2, 2)");
    BlockingQueue<ChangeBatch> got = new LinkedBlockingQueue<>();
    BlockingQueue<Flow.Subscription> subscriptions = new LinkedBlockingQueue<>();
    log.publisher("p", onlyT())
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscriptions.add(subscription);
              }

              @Override
              public void onNext(ChangeBatch batch) {
                got.add(batch);
              }

              @Override
              public void onError(Throwable cause) {
                throw new AssertionError(cause);
              }

              @Override
              public void onComplete() {}
            });
    Flow.Subscription subscription = subscriptions.take();
    subscription.request(1);
    assertThat(texts(got.take())).containsExactly("INSERT t 1 null[1, 1]");
    assertThat(got.poll(200, TimeUnit.MILLISECONDS)).isNull();
    subscription.request(1);
    assertThat(texts(got.take())).containsExactly("INSERT t 2 null[2, 2]");
    subscription.cancel();
    try (ChangeReader reader = log.reader("p", onlyT())) {
      session.execute("INSERT INTO t VALUES (3, 3)");
      assertThat(texts(next(reader))).containsExactly("INSERT t 3 null[3, 3]");
    }
  }

  @Test
  void cursorsTellTheirLag() throws Exception {
    session.execute("INSERT INTO t VALUES (1, 1)");
    try (ChangeReader reader = log.reader("c", onlyT())) {
      reader.done(next(reader));
      assertThat(log.cursors().getFirst().rowsBehind()).isZero();
      session.execute("INSERT INTO t VALUES (2, 2)");
      CursorStatus status = log.cursors().getFirst();
      assertThat(status.rowsBehind()).isEqualTo(2);
      assertThat(status.owner()).isNotNull();
      assertThat(log.dropCursor("c")).isFalse();
    }
    assertThat(log.dropCursor("c")).isTrue();
    assertThat(log.cursors()).isEmpty();
  }

  @Test
  void retentionWaitsForTheSlowestCursorUpToItsLimit() throws Exception {
    log.retention(RetentionPolicy.CURSORS.keeping(NONE, 20).limit(null, 100L));
    try (ChangeReader reader = log.reader("slow", onlyT())) {
      for (int i = 0; i < 20; i++) {
        session.execute("INSERT INTO t VALUES (" + i + ", 0)");
      }
      assertThat(log.prune()).isZero();
      reader.done(next(reader));
      reader.done(next(reader));
      LogPosition passed = reader.position();
      assertThat(log.prune()).isEqualTo(4);
      List<String> left = new ArrayList<>();
      log.replay(passed, onlyT(), batch -> left.addAll(texts(batch)));
      assertThat(left).hasSize(18);
      assertThatThrownBy(
              () -> log.replay(new LogPosition(passed.epoch(), 2), onlyT(), batch -> true))
          .hasMessageContaining("not retained");
      for (int i = 100; i < 200; i++) {
        session.execute("INSERT INTO t VALUES (" + i + ", 0)");
      }
      log.prune();
      assertThat(log.cursors().getFirst().state()).isEqualTo(CursorStatus.State.FAILED);
      reader.rewind();
    } catch (ChangeLogException e) {
      assertThat(e.reason()).isEqualTo(ChangeLogException.Reason.NOT_RETAINED);
    }
    try (ChangeReader reader = log.reader("slow", onlyT())) {
      assertThatThrownBy(() -> reader.poll(NONE)).hasMessageContaining("removed by the limit");
      reader.restart(ReaderOptions.Start.BEGINNING);
      assertThat(reader.poll(NONE)).isNotNull();
    }
  }

  @Test
  void writersSweepAsTheyGo() {
    session.execute("PRAGMA turso_capture_retention = 'keep_rows=1000'");
    for (int i = 0; i < 3000; i++) {
      session.execute("INSERT INTO t VALUES (" + i + ", 0)");
    }
    try (Statement statement = session.prepare("SELECT count(*) FROM turso_cdc");
        Rows rows = statement.query()) {
      rows.next();
      assertThat(rows.getLong(0)).isBetween(1000L, 1600L);
    }
  }
}
