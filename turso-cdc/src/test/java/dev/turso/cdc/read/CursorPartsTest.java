package dev.turso.cdc.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cursor that is taken in parts: nothing missing, nothing twice, and nobody takes it whole. */
class CursorPartsTest {

  private static final int PARTS = 4;

  @TempDir Path folder;

  private Database database;
  private Session session;
  private ChangeLog log;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("parts.db").toString(), Options.DEFAULT);
    session = database.connect();
    session.busyTimeout(5000);
    session.execute("PRAGMA journal_mode = wal; PRAGMA synchronous = off");
    session.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a); PRAGMA turso_capture = 'full'");
    log = ChangeLog.of(database);
  }

  @AfterEach
  void close() {
    log.close();
    session.close();
    database.close();
  }

  private static ReaderOptions options(ReaderOptions.Start start) {
    return ReaderOptions.DEFAULT.tables("t").from(start);
  }

  private void insert(int from, int to) {
    for (int id = from; id <= to; id++) {
      session.execute("INSERT INTO t VALUES (" + id + ", 0)");
    }
  }

  /** The keys that a part gives, each time it is read and advanced. */
  private List<Long> read(String cursor, ReaderOptions options) throws Exception {
    List<Long> keys = new ArrayList<>();
    try (ChangeReader reader = log.reader(cursor, options)) {
      for (ChangeBatch batch = reader.poll(Duration.ZERO);
          batch != null;
          batch = reader.poll(Duration.ZERO)) {
        batch.changes().forEach(change -> keys.add(change.key().asLong()));
        reader.done(batch);
      }
    }
    return keys;
  }

  private List<Long> readParts(ReaderOptions options) throws Exception {
    List<String> names = log.parts("p", PARTS, options);
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      List<Long> part = read(names.get(i), options.part(i, PARTS));
      int number = i;
      assertThat(part).allMatch(key -> key % PARTS == number);
      all.addAll(part);
    }
    return all.stream().sorted().toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void aCursorIsDividedWhereItStands() throws Exception {
    ReaderOptions options = options(ReaderOptions.Start.BEGINNING);
    insert(1, 10);
    assertThat(read("p", options)).isEqualTo(range(1, 10));
    insert(11, 30);
    assertThat(log.isInParts("p", PARTS)).isFalse();
    assertThat(readParts(options)).isEqualTo(range(11, 30));
    assertThat(log.isInParts("p", PARTS)).isTrue();
    insert(31, 40);
    assertThat(readParts(options)).isEqualTo(range(31, 40));
    assertThatThrownBy(() -> read("p", options))
        .isInstanceOf(ChangeLogException.class)
        .hasMessageContaining("it is taken in 4 parts");
  }

  @Test
  void theRowsOfASnapshotAreDividedToo() throws Exception {
    insert(1, 20);
    assertThat(readParts(options(ReaderOptions.Start.SNAPSHOT))).isEqualTo(range(1, 20));
    insert(21, 25);
    assertThat(readParts(options(ReaderOptions.Start.SNAPSHOT))).isEqualTo(range(21, 25));
  }

  @Test
  void aCursorThatSomebodyTakesWholeIsNotDivided() throws Exception {
    ReaderOptions options = options(ReaderOptions.Start.BEGINNING);
    insert(1, 3);
    try (ChangeReader whole = log.reader("p", options)) {
      assertThat(whole.poll(Duration.ofSeconds(20))).isNotNull();
      assertThatThrownBy(() -> log.parts("p", PARTS, options))
          .isInstanceOf(ChangeLogException.class)
          .hasMessageContaining("takes the cursor p whole");
      assertThat(log.isInParts("p", PARTS)).isFalse();
    }
    assertThat(readParts(options)).isEqualTo(range(1, 3));
  }

  @Test
  void partsThatAreReadAtOnceTakeTheirKeysOutOfTheSamePages() throws Exception {
    ReaderOptions options = options(ReaderOptions.Start.BEGINNING).lease(Duration.ofMinutes(5));
    ReaderOptions paged = options.pages(7);
    List<String> names = log.parts("p", PARTS, paged);
    insert(1, 100);
    List<List<Long>> keys = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      int part = i;
      List<Long> mine = new ArrayList<>();
      keys.add(mine);
      threads.add(Thread.ofVirtual().start(() -> readUpTo(400, names, paged, part, mine)));
    }
    insert(101, 300);
    session.execute("BEGIN; UPDATE t SET a = 1 WHERE id < 60; COMMIT");
    session.execute("ALTER TABLE t ADD COLUMN b DEFAULT 2");
    insert2(301, 400);
    for (Thread each : threads) {
      each.join();
    }
    for (int i = 0; i < PARTS; i++) {
      List<Long> wanted = new ArrayList<>();
      for (long id = 1; id <= 400; id++) {
        if (id == 301) {
          wanted.addAll(LongStream.range(1, 60).boxed().toList());
        }
        wanted.add(id);
      }
      int part = i;
      wanted.removeIf(id -> id % PARTS != part);
      assertThat(keys.get(i)).as("part %d", i).isEqualTo(wanted);
    }
  }

  private void insert2(int from, int to) {
    for (int id = from; id <= to; id++) {
      session.execute("INSERT INTO t VALUES (" + id + ", 0, " + id + ")");
    }
  }

  /** Reads a part until it has the last key that is in it. */
  private void readUpTo(
      int last, List<String> names, ReaderOptions options, int part, List<Long> into) {
    try (ChangeReader reader = log.reader(names.get(part), options.part(part, PARTS))) {
      long end = last - Math.floorMod(last - part, PARTS);
      while (into.isEmpty() || into.getLast() != end) {
        ChangeBatch batch = reader.poll(Duration.ofSeconds(60));
        if (batch == null) {
          return;
        }
        for (ChangeRecord each : batch.changes()) {
          if (each.kind() != ChangeKind.DEFINITION) {
            into.add(each.key().asLong());
            assertThat(each.after("a")).isNotNull();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aPageThatTheLogDoesNotHaveAnyMoreIsNotShared() throws Exception {
    ReaderOptions options = options(ReaderOptions.Start.BEGINNING);
    List<String> names = log.parts("p", PARTS, options);
    insert(1, 20);
    assertThat(read(names.get(0), options.part(0, PARTS))).containsExactly(4L, 8L, 12L, 16L, 20L);
    session.execute(
        "DELETE FROM turso_cdc WHERE change_id > (SELECT max(change_id) - 10 FROM turso_cdc)");
    assertThat(read(names.get(1), options.part(1, PARTS))).containsExactly(1L, 5L, 9L, 13L);
  }

  @Test
  void aKeyIsInTheSamePartInEveryRelease() {
    for (int part = 0; part < 8; part++) {
      ReaderOptions options = ReaderOptions.DEFAULT.part(part, 8);
      assertThat(options.takes(Value.integer(1L << 40 | 5))).isEqualTo(part == 5);
      assertThat(options.takes(Value.integer(-1))).isEqualTo(part == 0);
      assertThat(options.takes(Value.text("AMS"))).isEqualTo(part == Math.floorMod(64935, 8));
      assertThat(options.takes(Value.blob(new byte[] {1, 2}))).isEqualTo(part == 994 % 8);
    }
  }
}
