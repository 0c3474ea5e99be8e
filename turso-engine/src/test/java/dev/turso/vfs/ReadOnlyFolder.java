package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;

/** The machine's disk in folders where no file can be made, nor one that is there be written. */
public final class ReadOnlyFolder implements FileSystem {

  private final FileSystem disk = DiskFileSystem.instance();

  @Override
  public String identity(String path) {
    return disk.identity(path);
  }

  @Override
  public String canonical(String path) {
    return disk.canonical(path);
  }

  @Override
  public FileHandle open(String path, OpenMode mode) {
    if (mode != OpenMode.READ_ONLY) {
      throw new IoException(ResultCode.CANTOPEN, "unable to open database file: " + path);
    }
    return disk.open(path, mode);
  }

  @Override
  public boolean exists(String path) {
    return disk.exists(path);
  }

  @Override
  public void delete(String path) {
    throw new IoException(ResultCode.IOERR_DELETE, "disk I/O error: " + path);
  }

  @Override
  public void syncDirectory(String path) {}
}
