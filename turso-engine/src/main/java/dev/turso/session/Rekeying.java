package dev.turso.session;

import dev.turso.cipher.EncryptionKey;
import dev.turso.error.DatabaseException;
import dev.turso.error.SqlException;
import dev.turso.pager.JournalMode;
import dev.turso.pager.Pager;
import org.jspecify.annotations.Nullable;

/**
 * Gives the file of a database another key, its first one, or none. In one step that a power cut undoes
 * or leaves done: the old pages are in a rollback journal while the new ones are written.
 *
 * <p>Pages that have no room for what encryption adds are laid out anew, as VACUUM does.
 */
public final class Rekeying {

  private Rekeying() {}

  /**
   * @param name which of the databases
   * @param key null for a file that is not encrypted
   */
  public static void run(Connection connection, String name, @Nullable EncryptionKey key) {
    AttachedDatabase database = connection.database(name);
    if (database == null) {
      throw new SqlException("unknown database " + name);
    }
    if (database.pager.database().isInMemory()) {
      throw new SqlException("a database in memory has no file to encrypt");
    }
    if (!connection.autoCommit() || connection.readsInProgress()) {
      throw new SqlException("cannot change the encryption key from within a transaction");
    }
    Pager pager = database.pager;
    connection.releaseSnapshots();
    boolean logs = pager.journalMode() == JournalMode.WAL;
    if (logs) {
      pager.setJournalMode(JournalMode.DELETE);
    }
    try {
      replace(connection, database, key);
    } catch (Throwable e) {
      try {
        logAgain(pager, logs);
      } catch (DatabaseException also) {
        e.addSuppressed(also);
      }
      throw e;
    } finally {
      connection.forgetSchema(database);
    }
    logAgain(pager, logs);
  }

  private static void logAgain(Pager pager, boolean logs) {
    if (logs) {
      pager.setJournalMode(JournalMode.WAL);
    }
  }

  private static void replace(
      Connection connection, AttachedDatabase database, @Nullable EncryptionKey key) {
    Pager pager = database.pager;
    connection.beginWrite(database);
    try {
      int reserved = pager.pageSize() - pager.usableSize();
      if (key == null || reserved >= EncryptionKey.RESERVED_BYTES) {
        pager.replaceFile(pager, key);
        return;
      }
      try (Pager copy = pager.openScratch(pager.pageSize(), EncryptionKey.RESERVED_BYTES)) {
        VacuumCommand.fill(connection, database, copy);
        pager.replaceFile(copy, key);
      }
    } finally {
      if (pager.isWriting()) {
        pager.rollback();
      }
      connection.releaseSnapshots();
    }
  }
}
