package dev.turso.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryFileSystemTest extends FileSystemContractTest {

  private final MemoryFileSystem files = new MemoryFileSystem();

  @Override
  FileSystem fileSystem() {
    return files;
  }

  @Override
  String path(String name) {
    return "/" + name;
  }

  @Test
  void locksOfTwoHandlesConflictAsThoseOfTwoProcesses() {
    try (FileHandle one = files.open("/x", OpenMode.CREATE);
        FileHandle two = files.open("/x", OpenMode.CREATE)) {
      assertThat(one.tryLock(120, 1, LockKind.SHARED)).isTrue();
      assertThat(two.tryLock(120, 1, LockKind.SHARED)).isTrue();
      two.unlock(120, 1);
      assertThat(two.tryLock(120, 1, LockKind.EXCLUSIVE)).isFalse();
      one.unlock(120, 1);
      assertThat(two.tryLock(120, 1, LockKind.EXCLUSIVE)).isTrue();
    }
  }
}
