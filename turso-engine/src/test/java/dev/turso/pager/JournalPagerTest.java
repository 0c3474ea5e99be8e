package dev.turso.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.vfs.DiskFileSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalPagerTest extends PagerContractTest {

  @TempDir Path directory;

  @Override
  Pager open() {
    return open(JournalMode.DELETE);
  }

  private Pager open(JournalMode mode) {
    return Pager.open(
        DiskFileSystem.instance(),
        directory.resolve("db").toString(),
        PagerOptions.DEFAULT.withJournalMode(mode));
  }

  @Override
  boolean readersDoNotBlockWriters() {
    return false;
  }

  @Test
  void noJournalIsLeftBehind() {
    put(connect(), 3, 1);
    assertThat(directory.toFile().list()).containsExactly("db");
  }

  @Test
  void everyModeCommits() {
    Pager pager = connect();
    int value = 1;
    for (JournalMode mode : JournalMode.values()) {
      assertThat(pager.setJournalMode(mode)).isEqualTo(mode);
      put(pager, 3, ++value);
      assertThat(get(pager, 3)).isEqualTo(value);
    }
  }
}
