package dev.turso.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.format.Bytes;
import dev.turso.format.WalLayout;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.OpenMode;
import dev.turso.vfs.Patience;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The log itself; two of them on one file system behave as those of two processes. */
class WalTest {

  private static final int PAGE_SIZE = 512;

  private final MemoryFileSystem files = new MemoryFileSystem();

  private Wal open() {
    return Wal.open(
        files, "/db", PAGE_SIZE, new SplittableRandom(7), dev.turso.cipher.PageCodec.PLAIN);
  }

  private static byte[] page(int value) {
    byte[] page = new byte[PAGE_SIZE];
    java.util.Arrays.fill(page, (byte) value);
    return page;
  }

  private static WalState commit(Wal wal, int page, int value) {
    WalSnapshot first = wal.beginRead();
    assertThat(wal.tryLockWriter()).isTrue();
    try {
      WalSnapshot snapshot = wal.prepareToAppend(first, true);
      byte[][] images = {page(value)};
      WalState state = wal.append(snapshot.state(), new int[] {page}, images, 1, 9, true);
      wal.endRead(snapshot);
      return wal.publish(state);
    } finally {
      wal.unlockWriter();
    }
  }

  private static int read(Wal wal, int frame) {
    byte[] page = new byte[PAGE_SIZE];
    wal.readPage(frame, page);
    return page[100];
  }

  @Test
  void anotherProcessSeesWhatIsPublishedAndOnlyThat() {
    try (Wal one = open();
        Wal two = open()) {
      commit(one, 3, 1);
      assertThat(one.tryLockWriter()).isTrue();
      assertThat(two.tryLockWriter()).isFalse();
      WalSnapshot snapshot = one.prepareToAppend(one.beginRead(), true);
      byte[][] images = {page(2)};
      one.append(snapshot.state(), new int[] {4}, images, 1, 9, true);
      one.endRead(snapshot);
      one.unlockWriter();
      WalSnapshot seen = two.beginRead();
      assertThat(seen.state().maxFrame()).isEqualTo(1);
      two.endRead(seen);
      assertThat(commit(two, 5, 3).maxFrame()).isEqualTo(2);
      seen = one.beginRead();
      assertThat(seen.state().maxFrame()).isEqualTo(2);
      assertThat(one.pageOf(2)).isEqualTo(5);
      assertThat(read(one, 2)).isEqualTo(3);
      one.endRead(seen);
    }
  }

  @Test
  void recoveryStopsAtTheLastWholeCommit() {
    try (Wal wal = open()) {
      commit(wal, 3, 1);
      commit(wal, 4, 2);
      commit(wal, 5, 3);
    }
    try (FileHandle log = files.open("/db-wal", OpenMode.READ_WRITE)) {
      long third = WalLayout.frameOffset(3, PAGE_SIZE);
      log.write(third + 200, new byte[] {99}, 0, 1);
    }
    try (Wal wal = open()) {
      WalSnapshot snapshot = wal.beginRead();
      assertThat(snapshot.state().maxFrame()).isEqualTo(2);
      assertThat(wal.pageOf(2)).isEqualTo(4);
      wal.endRead(snapshot);
      assertThat(commit(wal, 6, 4).maxFrame()).isEqualTo(3);
    }
  }

  @Test
  void aLogFromABigEndianMachineIsReadAndContinued() {
    byte[] log = new byte[(int) WalLayout.frameOffset(2, PAGE_SIZE)];
    Bytes.put32(log, WalLayout.MAGIC, WalLayout.MAGIC_BIG_ENDIAN);
    Bytes.put32(log, WalLayout.VERSION, WalLayout.CURRENT_VERSION);
    Bytes.put32(log, WalLayout.PAGE_SIZE, PAGE_SIZE);
    Bytes.put32(log, WalLayout.SALT, 5);
    long checksum = WalLayout.checksum(0, log, 0, WalLayout.CHECKSUM, true);
    WalLayout.putChecksum(log, WalLayout.CHECKSUM, checksum);
    int frame = WalLayout.HEADER_SIZE;
    Bytes.put32(log, frame, 3);
    Bytes.put32(log, frame + WalLayout.FRAME_COMMIT_SIZE, 9);
    Bytes.put32(log, frame + WalLayout.FRAME_SALT, 5);
    log[frame + WalLayout.FRAME_HEADER_SIZE + 100] = 42;
    checksum = WalLayout.checksum(checksum, log, frame, 8, true);
    checksum =
        WalLayout.checksum(checksum, log, frame + WalLayout.FRAME_HEADER_SIZE, PAGE_SIZE, true);
    WalLayout.putChecksum(log, frame + WalLayout.FRAME_CHECKSUM, checksum);
    try (FileHandle file = files.open("/db-wal", OpenMode.CREATE)) {
      file.write(0, log, 0, log.length);
    }
    try (Wal wal = open()) {
      WalSnapshot snapshot = wal.beginRead();
      assertThat(snapshot.state().maxFrame()).isEqualTo(1);
      assertThat(read(wal, 1)).isEqualTo(42);
      wal.endRead(snapshot);
      commit(wal, 4, 7);
    }
    try (Wal wal = open()) {
      WalSnapshot snapshot = wal.beginRead();
      assertThat(snapshot.state().maxFrame()).isEqualTo(2);
      wal.endRead(snapshot);
    }
  }

  /** More frames than one region of the index holds, several times over. */
  @Test
  void theIndexGrowsRegionByRegion() {
    try (Wal wal = open();
        Wal other = open()) {
      WalSnapshot first = wal.beginRead();
      assertThat(wal.tryLockWriter()).isTrue();
      WalSnapshot snapshot = wal.prepareToAppend(first, true);
      int count = 10_000;
      int[] pages = new int[count];
      byte[][] images = new byte[count][];
      for (int i = 0; i < count; i++) {
        pages[i] = i % 6_000 + 1;
        images[i] = page(i);
      }
      wal.publish(wal.append(snapshot.state(), pages, images, count, 6_000, false));
      wal.endRead(snapshot);
      wal.unlockWriter();
      WalSnapshot seen = other.beginRead();
      assertThat(seen.state().maxFrame()).isEqualTo(count);
      for (int frame = 1; frame <= count; frame++) {
        assertThat(other.pageOf(frame)).isEqualTo(pages[frame - 1]);
      }
      other.endRead(seen);
      try (FileHandle database = files.open("/db", OpenMode.CREATE)) {
        // The reader of the first log may be parked for some milliseconds.
        Patience patience = Patience.of(5_000_000_000L, () -> false);
        boolean busy = true;
        while (busy && patience.pause()) {
          busy =
              other
                  .checkpoint(
                      CheckpointMode.TRUNCATE, database, true, (s, p, f) -> null, Patience.none())
                  .busy();
        }
        assertThat(busy).isFalse();
        byte[] page = new byte[PAGE_SIZE];
        database.read(2_000 * PAGE_SIZE, page, 0, PAGE_SIZE);
        assertThat(page[0]).isEqualTo((byte) 8_000);
      }
    }
  }
}
