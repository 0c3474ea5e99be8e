package dev.turso.session;

import dev.turso.cipher.EncryptedTemporaryFile;
import dev.turso.exec.TemporarySpace;
import dev.turso.schema.Catalog;
import dev.turso.vfs.FileHandle;

/**
 * A connection's room for sorts, groups and joins: so much memory for each of them, and beyond that
 * temporary files, unless {@code temp_store} forbids them or the database itself is in memory.
 */
final class OperatorSpace implements TemporarySpace {

  /** By default an operator may have this share of the heap, but no less than {@link #LEAST}. */
  private static final int SHARE_OF_HEAP = 16;

  private static final long LEAST = 1 << 20;
  private static final int IN_MEMORY = 2;

  private final Connection connection;

  OperatorSpace(Connection connection) {
    this.connection = connection;
  }

  static long defaultBytes() {
    return Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  @Override
  public long bytesInMemory() {
    PragmaSettings settings = connection.pragmas;
    boolean stays = settings.tempStore == IN_MEMORY || !main().hasTemporaryFiles();
    return stays ? Long.MAX_VALUE : settings.operatorMemory;
  }

  @Override
  public FileHandle open() {
    FileHandle file = main().openTemporary();
    if (!main().isEncrypted()) {
      for (AttachedDatabase each : connection.databases()) {
        if (each.shared.isEncrypted()) {
          return new EncryptedTemporaryFile(file);
        }
      }
    }
    return file;
  }

  private SharedDatabase main() {
    return connection.database(Catalog.MAIN).shared;
  }
}
