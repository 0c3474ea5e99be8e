package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.format.Bytes;
import dev.turso.vfs.DiskFileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions that change more pages than they may keep in memory. */
class SpillTest {

  private static final int PAGES = 3_000;

  @TempDir Path directory;

  private JournalMode mode = JournalMode.WAL;

  private Pager open() {
    Pager pager =
        Pager.open(
            DiskFileSystem.instance(),
            directory.resolve("db").toString(),
            PagerOptions.DEFAULT.withPageSize(512).withCacheBytes(300 * 512).withJournalMode(mode));
    pager.commitSettings().setSynchronous(Synchronous.OFF);
    return pager;
  }

  private static void fill(Pager pager, int value) {
    for (int page = 2; page <= PAGES; page++) {
      int at = page <= pager.pageCount() ? page : pager.append();
      Bytes.put32(pager.write(at), 0, value + at);
      Bytes.put32(pager.write(2 + (at * 31) % (at - 1)), 4, value);
    }
  }

  private static void check(Pager pager, int value) {
    for (int page = 2; page <= PAGES; page++) {
      assertThat(Bytes.i32(pager.read(page), 0)).isEqualTo(value + page);
    }
  }

  @Test
  void aLargeTransactionGoesThroughTheLogAndIsWhole() throws Exception {
    try (Pager pager = open();
        Pager other = open()) {
      pager.beginWrite();
      fill(pager, 7);
      assertThat(Files.size(directory.resolve("db-wal"))).isGreaterThan(PAGES / 4 * 536);
      check(pager, 7);
      other.beginRead();
      assertThat(other.pageCount()).isEqualTo(1);
      other.endRead();
      pager.commit();
      other.beginRead();
      check(other, 7);
      other.endRead();
      pager.beginWrite();
      fill(pager, 9);
      pager.rollback();
      pager.beginRead();
      check(pager, 7);
      pager.endRead();
      pager.beginWrite();
      pager.write(5)[9] = 1;
      pager.commit();
    }
    try (Pager pager = open()) {
      pager.beginRead();
      check(pager, 7);
      pager.endRead();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = JournalMode.class,
      names = {"DELETE", "TRUNCATE", "PERSIST", "MEMORY", "OFF"})
  void aLargeTransactionWithoutALogGoesThroughATemporaryFile(JournalMode without) throws Exception {
    mode = without;
    try (Pager pager = open()) {
      pager.beginWrite();
      fill(pager, 7);
      assertThat(Files.size(directory.resolve("db"))).isZero();
      check(pager, 7);
      pager.commit();
      pager.beginWrite();
      fill(pager, 9);
      pager.rollback();
      pager.beginRead();
      check(pager, 7);
      pager.endRead();
      pager.beginWrite();
      fill(pager, 11);
      pager.truncate(PAGES / 2);
      pager.commit();
    }
    try (Pager pager = open()) {
      pager.beginRead();
      assertThat(pager.pageCount()).isEqualTo(PAGES / 2);
      for (int page = 2; page <= PAGES / 2; page++) {
        assertThat(Bytes.i32(pager.read(page), 0)).isEqualTo(11 + page);
      }
      pager.endRead();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = JournalMode.class,
      names = {"WAL", "DELETE"})
  void savepointsBehaveAsCopiesOfEverything(JournalMode of) {
    mode = of;
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    Random random = new Random(seed);
    List<int[]> copies = new ArrayList<>();
    int[] model;
    try (Pager pager = open();
        Pager other = open()) {
      pager.beginWrite();
      fill(pager, 1);
      pager.commit();
      pager.beginWrite();
      model = content(pager);
      for (int step = 0; step < 60; step++) {
        switch (random.nextInt(6)) {
          case 0 -> {
            assertThat(pager.savepoint()).isEqualTo(copies.size());
            copies.add(model.clone());
          }
          case 1 -> {
            if (!copies.isEmpty()) {
              int to = random.nextInt(copies.size());
              pager.rollbackTo(to);
              model = copies.get(to).clone();
              copies.subList(to + 1, copies.size()).clear();
            }
          }
          case 2 -> {
            if (!copies.isEmpty()) {
              int from = random.nextInt(copies.size());
              pager.release(from);
              copies.subList(from, copies.size()).clear();
            }
          }
          case 3 -> {
            int size = 1_500 + random.nextInt(PAGES);
            if (size < pager.pageCount()) {
              pager.truncate(size);
            }
            while (pager.pageCount() < size) {
              pager.append();
            }
            int before = model.length;
            model = Arrays.copyOf(model, size);
            assertThat(before).isPositive();
          }
          default -> {
            int from = 2 + random.nextInt(pager.pageCount() - 2);
            for (int i = 0; i < 1_500; i++) {
              int page = 2 + (from + i) % (pager.pageCount() - 1);
              Bytes.put32(pager.write(page), 8, step * 10_000 + i);
              model[page - 1] = step * 10_000 + i;
            }
          }
        }
        assertThat(content(pager)).as("seed %d step %d", seed, step).isEqualTo(model);
      }
      pager.commit();
      other.beginRead();
      assertThat(content(other)).as("seed %d", seed).isEqualTo(model);
      other.endRead();
    }
    try (Pager pager = open()) {
      pager.beginRead();
      assertThat(content(pager)).as("seed %d", seed).isEqualTo(model);
      pager.endRead();
    }
  }

  private static int[] content(Pager pager) {
    int[] content = new int[pager.pageCount()];
    for (int page = 2; page <= content.length; page++) {
      content[page - 1] = Bytes.i32(pager.read(page), 8);
    }
    return content;
  }
}
