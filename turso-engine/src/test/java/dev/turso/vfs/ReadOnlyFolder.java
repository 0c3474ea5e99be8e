package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;

/** The machine's disk in folders where no file can be made, nor one that is there be written. */
public final class ReadOnlyFolder extends ForwardingFileSystem {

  public ReadOnlyFolder() {
    super(DiskFileSystem.instance());
  }

  @Override
  public FileHandle open(String path, OpenMode mode) {
    if (mode != OpenMode.READ_ONLY) {
      throw new IoException(ResultCode.CANTOPEN, "unable to open database file: " + path);
    }
    return super.open(path, mode);
  }

  @Override
  public void delete(String path) {
    throw new IoException(ResultCode.IOERR_DELETE, "disk I/O error: " + path);
  }

  @Override
  public void syncDirectory(String path) {}
}
