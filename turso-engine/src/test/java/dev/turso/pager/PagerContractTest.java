package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.error.BusyException;
import dev.turso.error.CorruptException;
import dev.turso.error.DatabaseException;
import dev.turso.error.ResultCode;
import dev.turso.format.DatabaseHeader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every kind of storage promises to the transactions above it. */
abstract class PagerContractTest {

  private final List<Pager> opened = new ArrayList<>();

  /** Opens one more connection to the database of the test. */
  abstract Pager open();

  final Pager connect() {
    Pager pager = open();
    opened.add(pager);
    return pager;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Pager::close);
  }

  @Test
  void anEmptyDatabaseShowsTheFirstPageThatItWouldHave() {
    Pager pager = connect();
    pager.beginRead();
    assertThat(pager.pageCount()).isZero();
    assertThat(pager.read(1)).hasSize(4096).startsWith('S', 'Q', 'L', 'i', 't', 'e');
    pager.endRead();
  }

  @Test
  void theFirstWriteMakesAProperHeader() {
    Pager pager = connect();
    pager.beginWrite();
    assertThat(pager.pageCount()).isEqualTo(1);
    pager.commit();
    pager.beginRead();
    DatabaseHeader.check(pager.read(1));
    assertThat(pager.pageCount()).isEqualTo(1);
    pager.endRead();
  }

  @Test
  void committedPagesAreSeenByLaterSnapshotsOnly() {
    Pager writer = connect();
    Pager reader = connect();
    put(writer, 2, 7);
    reader.beginRead();
    byte[] before = reader.read(2);
    reader.endRead();
    assertThat(before[5]).isEqualTo((byte) 7);
    put(writer, 2, 8);
    assertThat(before[5]).as("an image handed out never changes").isEqualTo((byte) 7);
    assertThat(get(reader, 2)).isEqualTo(8);
  }

  @Test
  void rollbackUndoesPagesAndSize() {
    Pager pager = connect();
    put(pager, 3, 1);
    pager.beginWrite();
    pager.write(3)[5] = 9;
    assertThat(pager.append()).isEqualTo(4);
    assertThat(pager.read(3)[5]).isEqualTo((byte) 9);
    pager.rollback();
    assertThat(get(pager, 3)).isEqualTo(1);
    pager.beginRead();
    assertThat(pager.pageCount()).isEqualTo(3);
    assertThatThrownBy(() -> pager.read(4)).isInstanceOf(CorruptException.class);
    pager.endRead();
  }

  @Test
  void truncationShrinksAndAppendingStartsWithZeros() {
    Pager pager = connect();
    put(pager, 5, 1);
    pager.beginWrite();
    pager.truncate(2);
    pager.commit();
    pager.beginWrite();
    assertThat(pager.append()).isEqualTo(3);
    pager.commit();
    pager.beginRead();
    assertThat(pager.pageCount()).isEqualTo(3);
    assertThat(pager.read(3)).containsOnly(0);
    pager.endRead();
  }

  @Test
  void nestedSavepointsRestoreWhatTheySaw() {
    Pager pager = connect();
    put(pager, 3, 1);
    pager.beginWrite();
    pager.write(2)[5] = 2;
    int outer = pager.savepoint();
    pager.write(2)[5] = 3;
    pager.write(3)[5] = 3;
    int inner = pager.savepoint();
    pager.write(3)[5] = 4;
    pager.append();
    pager.rollbackTo(inner);
    assertThat(pager.read(3)[5]).isEqualTo((byte) 3);
    assertThat(pager.pageCount()).isEqualTo(3);
    pager.write(3)[5] = 5;
    pager.release(inner);
    assertThat(pager.read(3)[5]).isEqualTo((byte) 5);
    pager.rollbackTo(outer);
    assertThat(pager.read(2)[5]).isEqualTo((byte) 2);
    assertThat(pager.read(3)[5]).isEqualTo((byte) 1);
    pager.release(outer);
    pager.commit();
    assertThat(get(pager, 2)).isEqualTo(2);
  }

  @Test
  void aSavepointSetBeforeTheFirstPageExistsUndoesEverything() {
    Pager pager = connect();
    int savepoint = pager.savepoint();
    assertThat(pager.pageSize()).isEqualTo(4096);
    pager.beginWrite();
    pager.write(1)[150] = 1;
    pager.append();
    pager.rollbackTo(savepoint);
    assertThat(pager.pageCount()).isLessThanOrEqualTo(1);
    assertThat(pager.read(1)[150]).isZero();
    pager.append();
    pager.commit();
    pager.beginRead();
    assertThat(pager.pageCount()).isEqualTo(2);
    pager.endRead();
  }

  @Test
  void randomSavepointsBehaveAsCopiesOfEverything() {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    java.util.Random random = new java.util.Random(seed);
    Pager pager = connect();
    put(pager, 6, 1);
    pager.beginWrite();
    List<List<Byte>> copies = new ArrayList<>();
    for (int step = 0; step < 5_000; step++) {
      switch (random.nextInt(8)) {
        case 0 -> {
          assertThat(pager.savepoint()).isEqualTo(copies.size());
          copies.add(content(pager));
        }
        case 1 -> {
          if (!copies.isEmpty()) {
            int to = random.nextInt(copies.size());
            pager.rollbackTo(to);
            copies.subList(to + 1, copies.size()).clear();
            assertThat(content(pager)).as("seed %d", seed).isEqualTo(copies.get(to));
          }
        }
        case 2 -> {
          if (!copies.isEmpty()) {
            int from = random.nextInt(copies.size());
            List<Byte> before = content(pager);
            pager.release(from);
            copies.subList(from, copies.size()).clear();
            assertThat(content(pager)).as("seed %d", seed).isEqualTo(before);
          }
        }
        case 3 -> pager.write(pager.append())[5] = (byte) random.nextInt();
        case 4 -> pager.truncate(Math.max(1, pager.pageCount() - random.nextInt(2)));
        default -> pager.write(1 + random.nextInt(pager.pageCount()))[5] = (byte) random.nextInt();
      }
    }
    pager.rollback();
  }

  private static List<Byte> content(Pager pager) {
    List<Byte> all = new ArrayList<>();
    for (int page = 1; page <= pager.pageCount(); page++) {
      all.add(pager.read(page)[5]);
    }
    return all;
  }

  @Test
  void changeCountMovesWithWhatAnotherConnectionCommitted() {
    Pager one = connect();
    Pager two = connect();
    put(one, 2, 1);
    two.beginRead();
    long version = two.dataVersion();
    two.endRead();
    two.beginRead();
    assertThat(two.dataVersion()).isEqualTo(version);
    two.endRead();
    put(two, 2, 2);
    two.beginRead();
    assertThat(two.dataVersion()).as("one's own commits do not count").isEqualTo(version);
    two.endRead();
    put(one, 2, 3);
    two.beginRead();
    assertThat(two.dataVersion()).isGreaterThan(version);
    two.endRead();
  }

  @Test
  void aSecondWriterIsBusyAtOnceWithoutTimeoutAndWaitsWithOne() throws Exception {
    Pager one = connect();
    Pager two = connect();
    put(one, 2, 1);
    one.beginWrite();
    assertThatThrownBy(two::beginWrite)
        .isInstanceOf(BusyException.class)
        .hasMessage("database is locked");
    two.setBusyTimeout(10_000);
    Thread thread = Thread.ofVirtual().start(() -> put(two, 2, 2));
    one.write(2)[5] = 3;
    one.commit();
    thread.join();
    assertThat(get(one, 2)).isEqualTo(2);
  }

  @Test
  void aSnapshotThatSomebodyCommittedAfterCannotBecomeAWriter() {
    Pager one = connect();
    Pager two = connect();
    put(one, 2, 1);
    if (!readersDoNotBlockWriters()) {
      return;
    }
    two.beginRead();
    assertThat(two.read(2)[5]).isEqualTo((byte) 1);
    put(one, 2, 2);
    assertThat(two.read(2)[5]).isEqualTo((byte) 1);
    assertThatThrownBy(two::beginWrite)
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ResultCode.BUSY_SNAPSHOT));
    assertThat(two.read(2)[5]).isEqualTo((byte) 1);
    two.endRead();
    put(two, 2, 3);
    assertThat(get(one, 2)).isEqualTo(3);
  }

  boolean readersDoNotBlockWriters() {
    return true;
  }

  /** Two pages are always written together; no snapshot may see them differ. */
  @Test
  void concurrentSnapshotsAreWhole() throws Exception {
    Pager first = connect();
    put(first, 12, 0);
    int writers = 2;
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      Pager pager = connect();
      pager.setBusyTimeout(20_000);
      pager.commitSettings().setSynchronous(Synchronous.OFF);
      threads.add(run(failures, () -> writePairs(pager, 400)));
    }
    for (int r = 0; r < 2; r++) {
      Pager pager = connect();
      pager.setBusyTimeout(20_000);
      threads.add(run(failures, () -> readPairs(pager, 1_000)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    first.beginRead();
    assertThat(dev.turso.format.Bytes.i32(first.read(3), 8)).isEqualTo(writers * 400);
    first.endRead();
  }

  private static Thread run(List<Throwable> failures, Runnable body) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            body.run();
          } catch (Throwable e) {
            synchronized (failures) {
              failures.add(e);
            }
          }
        });
  }

  private static void writePairs(Pager pager, int times) {
    for (int i = 0; i < times; i++) {
      pager.beginWrite();
      int next = dev.turso.format.Bytes.i32(pager.read(3), 8) + 1;
      for (int page = 3; page <= 12; page += 3) {
        dev.turso.format.Bytes.put32(pager.write(page), 8, next);
      }
      pager.commit();
    }
  }

  private static void readPairs(Pager pager, int times) {
    for (int i = 0; i < times; i++) {
      pager.beginRead();
      int value = dev.turso.format.Bytes.i32(pager.read(3), 8);
      for (int page = 6; page <= 12; page += 3) {
        assertThat(dev.turso.format.Bytes.i32(pager.read(page), 8)).isEqualTo(value);
      }
      pager.endRead();
    }
  }

  /** Commits a byte in a page, growing the database to it. */
  static void put(Pager pager, int page, int value) {
    pager.beginWrite();
    while (pager.pageCount() < page) {
      pager.write(pager.append())[5] = 1;
    }
    pager.write(page)[5] = (byte) value;
    pager.commit();
  }

  static int get(Pager pager, int page) {
    pager.beginRead();
    try {
      return pager.read(page)[5];
    } finally {
      pager.endRead();
    }
  }
}
