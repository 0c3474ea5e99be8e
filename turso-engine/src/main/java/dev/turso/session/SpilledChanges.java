package dev.turso.session;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.FileHandle;
import java.lang.ref.Cleaner;

/**
 * The part of a change set that does not fit into memory, in a temporary file.
 *
 * <p>Written by one thread; what is written may be read by any. The file goes with {@link #close}, or, as
 * a published change set has many readers and no last one, when nobody can reach it any more.
 */
final class SpilledChanges implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();

  private final FileHandle file;
  private final Cleaner.Cleanable closing;

  SpilledChanges(FileHandle file) {
    this.file = file;
    this.closing = CLEANER.register(this, file::close);
  }

  void write(long position, byte[] from, int length) {
    file.write(position, from, 0, length);
  }

  /** Reads exactly so many bytes. */
  void readFully(long position, byte[] into, int length) {
    if (file.read(position, into, 0, length) < length) {
      throw new IoException(
          ResultCode.IOERR_SHORT_READ, "disk I/O error: a file of spilled changes ends early");
    }
  }

  @Override
  public void close() {
    closing.clean();
  }
}
