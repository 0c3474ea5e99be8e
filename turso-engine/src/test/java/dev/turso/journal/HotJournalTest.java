package dev.turso.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.ForwardingFileSystem;
import dev.turso.vfs.MemoryFileSystem;
import dev.turso.vfs.OpenMode;
import org.junit.jupiter.api.Test;

class HotJournalTest {

  private static final String JOURNAL = "/db-journal";

  /** As another process does whose transaction ends: deletes a file just before it is opened. */
  private static final class DeletingFileSystem extends ForwardingFileSystem {

    DeletingFileSystem(FileSystem files) {
      super(files);
    }

    @Override
    public FileHandle open(String path, OpenMode mode) {
      files.delete(path);
      return files.open(path, mode);
    }
  }

  @Test
  void aJournalThatItsProcessDeletesWhileOthersLookIsNotHot() {
    FileSystem memory = new MemoryFileSystem();
    try (FileHandle database = memory.open("/db", OpenMode.CREATE)) {
      memory.open(JOURNAL, OpenMode.CREATE).close();
      FileSystem files = new DeletingFileSystem(memory);
      assertThat(new HotJournal(files, JOURNAL, database).isPresent()).isFalse();
    }
  }
}
