package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.error.BusyException;
import dev.turso.vfs.DiskFileSystem;
import dev.turso.wal.CheckpointMode;
import dev.turso.wal.CheckpointResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalPagerTest extends PagerContractTest {

  @TempDir Path directory;

  @Override
  Pager open() {
    return open(PagerOptions.DEFAULT);
  }

  private Pager open(PagerOptions options) {
    return Pager.open(DiskFileSystem.instance(), directory.resolve("db").toString(), options);
  }

  @Test
  void theLastToCloseLeavesTheDatabaseAlone() throws Exception {
    try (Pager pager = open()) {
      put(pager, 4, 9);
      assertThat(directory.resolve("db-wal")).exists();
    }
    assertThat(directory.toFile().list()).containsExactly("db");
    assertThat(Files.size(directory.resolve("db"))).isEqualTo(4 * 4096);
    try (Pager pager = open()) {
      assertThat(get(pager, 4)).isEqualTo(9);
    }
  }

  @Test
  void theLogIsRestartedWhenItHasBeenCopiedBack() throws Exception {
    Pager pager = connect();
    pager.commitSettings().setSynchronous(Synchronous.OFF);
    pager.database().setAutoCheckpoint(50);
    for (int i = 0; i < 1_000; i++) {
      put(pager, 2 + i % 7, i);
    }
    assertThat(Files.size(directory.resolve("db-wal"))).isLessThan(120 * 4120);
    for (int i = 993; i < 1_000; i++) {
      assertThat((byte) get(pager, 2 + i % 7)).isEqualTo((byte) i);
    }
  }

  @Test
  void anOpenSnapshotKeepsItsPagesThroughCheckpointsAndEviction() {
    Pager writer = connectSmall();
    Pager reader = connectSmall();
    writer.commitSettings().setSynchronous(Synchronous.OFF);
    put(writer, 300, 1);
    reader.beginRead();
    for (int i = 0; i < 5; i++) {
      writer.beginWrite();
      for (int page = 2; page <= 300; page++) {
        writer.write(page)[5] = (byte) (10 + i);
      }
      writer.commit();
      writer.checkpoint(CheckpointMode.PASSIVE);
      for (int page = 2; page <= 300; page++) {
        assertThat(reader.read(page)[5]).isEqualTo((byte) 1);
      }
    }
    reader.endRead();
    assertThat(get(reader, 150)).isEqualTo(14);
    CheckpointResult result = writer.checkpoint(CheckpointMode.TRUNCATE);
    assertThat(result).isEqualTo(new CheckpointResult(false, 0, 0));
    assertThat(directory.resolve("db-wal")).isEmptyFile();
    for (int page = 2; page <= 300; page++) {
      assertThat(get(reader, page)).isEqualTo(14);
    }
  }

  private Pager connectSmall() {
    Pager pager = open(PagerOptions.DEFAULT.withCacheBytes(64 * 4096));
    closing.add(pager);
    return pager;
  }

  private final java.util.List<Pager> closing = new java.util.ArrayList<>();

  @org.junit.jupiter.api.AfterEach
  void closeSmall() {
    closing.forEach(Pager::close);
  }

  @Test
  void aFullCheckpointIsBusyWhileAReaderHoldsAnOldState() {
    Pager writer = connect();
    Pager reader = connect();
    put(writer, 3, 1);
    reader.beginRead();
    put(writer, 3, 2);
    assertThat(writer.checkpoint(CheckpointMode.FULL).busy()).isTrue();
    reader.endRead();
    assertThat(writer.checkpoint(CheckpointMode.FULL).busy()).isFalse();
    assertThat(writer.checkpoint(CheckpointMode.RESTART).busy()).isFalse();
    put(writer, 3, 3);
    assertThat(writer.checkpoint(CheckpointMode.PASSIVE).logFrames()).isLessThan(3);
  }

  @Test
  void leavingTheLogNeedsToBeAloneAndComingBackWorks() {
    Pager one = connect();
    Pager two = connect();
    put(one, 3, 1);
    two.beginRead();
    Assertions.assertThatThrownBy(() -> one.setJournalMode(JournalMode.DELETE))
        .isInstanceOf(BusyException.class);
    two.endRead();
    assertThat(one.setJournalMode(JournalMode.DELETE)).isEqualTo(JournalMode.DELETE);
    assertThat(directory.toFile().list()).containsExactly("db");
    put(two, 3, 2);
    assertThat(get(one, 3)).isEqualTo(2);
    assertThat(two.setJournalMode(JournalMode.WAL)).isEqualTo(JournalMode.WAL);
    put(one, 3, 3);
    assertThat(get(two, 3)).isEqualTo(3);
    assertThat(directory.resolve("db-wal")).isNotEmptyFile();
  }
}
