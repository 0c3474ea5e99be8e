package dev.turso.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.turso.error.IoException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFileSystemTest extends FileSystemContractTest {

  @TempDir Path directory;

  @Override
  FileSystem fileSystem() {
    return DiskFileSystem.instance();
  }

  @Override
  String path(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void aFileIsOpenAtMostOnceInThisJvmUnderWhateverName() throws Exception {
    try (FileHandle file = fileSystem().open(path("a"), OpenMode.CREATE)) {
      Files.createLink(directory.resolve("b"), directory.resolve("a"));
      assertThatThrownBy(() -> fileSystem().open(path("b"), OpenMode.READ_WRITE))
          .isInstanceOf(IoException.class)
          .hasMessageContaining("already open in this JVM");
      assertThat(file.size()).isZero();
    }
    fileSystem().open(path("b"), OpenMode.READ_WRITE).close();
  }

  /** V1, as after a developer restart or in a servlet container. */
  @Test
  void twoCopiesOfTheEngineCannotOpenOneFile() throws Exception {
    java.net.URL classes = DiskFileSystem.class.getProtectionDomain().getCodeSource().getLocation();
    try (java.net.URLClassLoader other =
            new java.net.URLClassLoader(
                new java.net.URL[] {classes}, ClassLoader.getPlatformClassLoader());
        FileHandle file = fileSystem().open(path("a"), OpenMode.CREATE)) {
      Class<?> copy = other.loadClass(DiskFileSystem.class.getName());
      assertThat(copy).isNotEqualTo(DiskFileSystem.class);
      Object theirs = copy.getMethod("instance").invoke(null);
      Class<?> mode = other.loadClass(OpenMode.class.getName());
      java.lang.reflect.Method open = copy.getMethod("open", String.class, mode);
      Object create = mode.getField("CREATE").get(null);
      assertThatThrownBy(() -> open.invoke(theirs, path("a"), create))
          .cause()
          .hasMessageContaining("already open in this JVM");
      file.close();
      ((AutoCloseable) open.invoke(theirs, path("a"), create)).close();
    }
  }

  /** The descriptor for syncs is opened by name, later: the name may lead elsewhere by then. */
  @Test
  void aFileWhoseNameWasGivenAwayIsStillSynced() throws Exception {
    try (FileHandle file = fileSystem().open(path("first"), OpenMode.CREATE)) {
      Files.move(Path.of(path("first")), Path.of(path("renamed")));
      try (FileHandle other = fileSystem().open(path("first"), OpenMode.CREATE)) {
        for (int i = 0; i < 20; i++) {
          file.write(i, new byte[] {(byte) i}, 0, 1);
          file.sync();
          other.sync();
        }
        assertThat(other.size()).isZero();
      }
      assertThat(file.size()).isEqualTo(20);
    }
  }

  /** V2: an interrupt during any operation leaves the descriptor open and the locks in place. */
  @Test
  void locksSurviveAnInterruptOfEveryOperation() throws Exception {
    assumeTrue(hasPython(), "python3, the other process, is not installed");
    try (FileHandle file = fileSystem().open(path("locked"), OpenMode.CREATE)) {
      byte[] page = new byte[4096];
      assertThat(file.tryLock(120, 1, LockKind.EXCLUSIVE)).isTrue();
      assertInterruptHarmless(file, "write", () -> file.write(0, page, 0, page.length));
      assertInterruptHarmless(file, "read", () -> file.read(0, page, 0, page.length));
      assertInterruptHarmless(file, "sync", file::sync);
      assertInterruptHarmless(file, "size", file::size);
      assertInterruptHarmless(file, "truncate", () -> file.truncate(8192));
      assertInterruptHarmless(file, "map", () -> file.map(0, 32768));
      assertInterruptHarmless(file, "lock", () -> file.tryLock(200, 1, LockKind.SHARED));
      assertInterruptHarmless(file, "unlock", () -> file.unlock(200, 1));
      assertInterruptHarmless(file, "directory", () -> fileSystem().syncDirectory(path("locked")));
      file.unlock(120, 1);
      assertThat(lockedForOthers(120)).isFalse();
    }
  }

  private void assertInterruptHarmless(FileHandle file, String what, Runnable operation)
      throws Exception {
    Thread.currentThread().interrupt();
    try {
      operation.run();
    } finally {
      assertThat(Thread.interrupted()).as("%s keeps the interrupt", what).isTrue();
    }
    hammer(operation, what);
    file.read(0, new byte[1], 0, 1);
    assertThat(lockedForOthers(120)).as("lock after interrupted %s", what).isTrue();
  }

  /** Interrupts at arbitrary moments, not only before the call. */
  private static void hammer(Runnable operation, String what) throws Exception {
    if (what.contains("lock") || what.equals("map") || what.equals("directory")) {
      return;
    }
    Thread worker =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 200; i++) {
                operation.run();
              }
            });
    while (worker.isAlive()) {
      worker.interrupt();
      Thread.onSpinWait();
    }
    worker.join();
  }

  private boolean lockedForOthers(long position) throws Exception {
    String program =
        """
        import fcntl, sys
        f = open(sys.argv[1], 'r+b')
        try:
            fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(sys.argv[2]))
            sys.exit(0)
        except OSError:
            sys.exit(7)
        """;
    Process process =
        new ProcessBuilder("python3", "-c", program, path("locked"), Long.toString(position))
            .inheritIO()
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isIn(0, 7);
    return process.exitValue() == 7;
  }

  private static boolean hasPython() {
    try {
      return new ProcessBuilder("python3", "-c", "import fcntl").start().waitFor() == 0;
    } catch (Exception e) {
      return false;
    }
  }
}
