package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Executor;

/**
 * The file system of the machine. Thread-safe, without state of its own.
 *
 * <p>A database that is opened for a query looks at some ten files. That goes by {@link File} where
 * this can tell what is asked: a {@link Path} takes several times as much code for it, and most of
 * what is opened is opened before any of that is compiled.
 */
public final class DiskFileSystem implements FileSystem {

  private static final DiskFileSystem INSTANCE = new DiskFileSystem();

  private DiskFileSystem() {}

  /** The one instance. */
  public static DiskFileSystem instance() {
    return INSTANCE;
  }

  /** A name may have characters that no file can have here. */
  private static Path pathOf(String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new IoException(
          ResultCode.CANTOPEN, "unable to open database file: " + e.getReason(), e);
    }
  }

  /** By device and inode where the platform has them, so that links lead to the same key. */
  @Override
  public String identity(String path) {
    Path file = pathOf(path);
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key != null ? key.toString() : file.toRealPath().toString();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize().toString();
    }
  }

  @Override
  public String canonical(String path) {
    Path file = pathOf(path).toAbsolutePath().normalize();
    try {
      return file.toRealPath().toString();
    } catch (IOException e) {
      return canonicalParent(file);
    }
  }

  private static String canonicalParent(Path file) {
    Path parent = file.getParent();
    Path name = file.getFileName();
    if (parent == null || name == null) {
      return file.toString();
    }
    try {
      return parent.toRealPath().resolve(name).toString();
    } catch (IOException e) {
      return file.toString();
    }
  }

  @Override
  public FileHandle open(String path, OpenMode mode) {
    File file = new File(path);
    if (mode == OpenMode.CREATE) {
      create(file);
    } else if (!file.exists()) {
      throw new IoException(ResultCode.CANTOPEN, "unable to open database file: " + path);
    }
    if (file.isDirectory()) {
      throw new IoException(
          ResultCode.CANTOPEN_ISDIR, "unable to open database file: " + path + " is a directory");
    }
    String identity = identity(path);
    OpenFiles.enter(identity, path);
    try {
      String access = mode == OpenMode.READ_ONLY ? "r" : "rw";
      return new DiskFile(path, identity, new RandomAccessFile(path, access));
    } catch (IOException e) {
      OpenFiles.leave(identity);
      throw new IoException(
          ResultCode.CANTOPEN, "unable to open database file: " + e.getMessage(), e);
    } catch (Throwable e) {
      OpenFiles.leave(identity);
      throw e;
    }
  }

  /** In the folder for temporary files, and without a name at once where the platform lets it go. */
  @Override
  public FileHandle openTemporary() {
    try {
      Path path = Files.createTempFile("turso-", ".tmp");
      DiskFile file = (DiskFile) open(path.toString(), OpenMode.READ_WRITE);
      try {
        Files.delete(path);
      } catch (IOException e) {
        path.toFile().deleteOnExit();
      }
      return file;
    } catch (IOException e) {
      throw new IoException(
          ResultCode.CANTOPEN, "unable to open a temporary file: " + e.getMessage(), e);
    }
  }

  /** Creates atomically: an existing file is not opened, for closing it would drop our locks. */
  private static void create(File file) {
    if (file.exists()) {
      return;
    }
    try {
      // Where it is there by now somebody else was first, which is as good.
      file.createNewFile();
    } catch (IOException e) {
      throw new IoException(
          ResultCode.CANTOPEN, "unable to open database file: cannot create " + file, e);
    }
  }

  @Override
  public boolean exists(String path) {
    return new File(path).exists();
  }

  @Override
  public boolean mayCreate(String path) {
    File folder = new File(path).getAbsoluteFile().getParentFile();
    return folder == null || !folder.isDirectory() || folder.canWrite();
  }

  @Override
  public void delete(String path) {
    if (new File(path).delete()) {
      return;
    }
    try {
      Files.deleteIfExists(pathOf(path));
    } catch (IOException e) {
      throw new IoException(ResultCode.IOERR_DELETE, "disk I/O error: cannot delete " + path, e);
    }
  }

  /** A thread for each task, which nobody can interrupt and which does not keep the JVM alive. */
  @Override
  public Executor background(String name) {
    return task -> {
      try {
        Thread.ofPlatform().daemon().name(name).start(task);
      } catch (OutOfMemoryError e) {
        task.run();
      }
    };
  }

  /**
   * A directory can only be synced through a channel, so a thread of our own enters it. Platforms
   * that cannot open a directory make its entries durable by themselves or not at all.
   */
  @Override
  public void syncDirectory(String path) {
    Path directory = pathOf(path).toAbsolutePath().getParent();
    if (directory == null) {
      return;
    }
    OwnThread.run(
        "sync of directory",
        () -> {
          try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
          } catch (IOException e) {
            return false;
          }
          return true;
        });
  }
}
