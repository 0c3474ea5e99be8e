package dev.turso.exec;

import dev.turso.error.MisuseException;
import dev.turso.error.ResultCode;
import dev.turso.vfs.FileHandle;

/** Where an operator puts rows that are too many to stay in memory. */
public interface TemporarySpace {

  /** Everything stays in memory. */
  TemporarySpace NONE =
      new TemporarySpace() {
        @Override
        public long bytesInMemory() {
          return Long.MAX_VALUE;
        }

        @Override
        public FileHandle open() {
          throw new MisuseException(ResultCode.MISUSE, "no place for temporary files");
        }
      };

  /** How many bytes one operator may keep in memory, more or less. */
  long bytesInMemory();

  /** A new file that is gone when it is closed. */
  FileHandle open();
}
