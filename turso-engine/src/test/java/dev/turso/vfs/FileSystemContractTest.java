package dev.turso.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turso.error.IoException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** What every file system promises. */
abstract class FileSystemContractTest {

  abstract FileSystem fileSystem();

  abstract String path(String name);

  @Test
  void readsWhatWasWrittenAndStopsAtTheEnd() {
    try (FileHandle file = fileSystem().open(path("a"), OpenMode.CREATE)) {
      file.write(10, new byte[] {1, 2, 3}, 0, 3);
      byte[] into = new byte[20];
      assertThat(file.read(8, into, 1, 19)).isEqualTo(5);
      assertThat(into).startsWith(0, 0, 0, 1, 2, 3, 0);
      assertThat(file.read(100, into, 0, 5)).isZero();
      assertThat(file.size()).isEqualTo(13);
    }
  }

  @Test
  void truncationCutsAndGrowsByZeros() {
    try (FileHandle file = fileSystem().open(path("a"), OpenMode.CREATE)) {
      file.write(0, new byte[] {1, 2, 3}, 0, 3);
      file.truncate(1);
      file.truncate(3);
      byte[] into = new byte[3];
      assertThat(file.read(0, into, 0, 3)).isEqualTo(3);
      assertThat(into).containsExactly(1, 0, 0);
    }
  }

  @Test
  void aMissingFileIsNotOpenedUnlessToBeCreated() {
    assertThatThrownBy(() -> fileSystem().open(path("none"), OpenMode.READ_WRITE))
        .isInstanceOf(IoException.class);
    assertThat(fileSystem().exists(path("none"))).isFalse();
    fileSystem().open(path("none"), OpenMode.CREATE).close();
    assertThat(fileSystem().exists(path("none"))).isTrue();
    fileSystem().delete(path("none"));
    fileSystem().delete(path("none"));
    assertThat(fileSystem().exists(path("none"))).isFalse();
  }

  @Test
  void mappedMemoryStartsAsZerosAndGrowsTheFile() {
    try (FileHandle file = fileSystem().open(path("m"), OpenMode.CREATE)) {
      MemorySegment region = file.map(0, 32768);
      assertThat(region.get(ValueLayout.JAVA_INT, 32764)).isZero();
      region.set(ValueLayout.JAVA_INT, 120, 7);
      assertThat(file.map(0, 32768).get(ValueLayout.JAVA_INT, 120)).isEqualTo(7);
      assertThat(file.size()).isEqualTo(32768);
    }
  }

  @Test
  void databaseLockCountsSharedHoldersAndLetsExclusiveInOnlyAlone() {
    try (FileHandle file = fileSystem().open(path("l"), OpenMode.CREATE)) {
      DatabaseLock lock = new DatabaseLock(file);
      assertThat(lock.tryShared()).isTrue();
      assertThat(lock.tryShared()).isTrue();
      assertThat(lock.tryReserved()).isTrue();
      assertThat(lock.tryExclusive()).isFalse();
      assertThat(lock.tryShared()).as("PENDING keeps new readers out").isFalse();
      lock.releaseShared();
      assertThat(lock.tryExclusive()).isTrue();
      lock.downgrade();
      assertThat(lock.tryShared()).isTrue();
    }
  }
}
