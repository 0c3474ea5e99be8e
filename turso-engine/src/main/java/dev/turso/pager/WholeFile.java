package dev.turso.pager;

import dev.turso.error.MisuseException;
import dev.turso.error.ResultCode;
import dev.turso.format.DatabaseHeader;
import dev.turso.vfs.Patience;
import dev.turso.wal.CheckpointMode;
import dev.turso.wal.CheckpointResult;

/**
 * What is done to a database file as a whole, outside of a transaction: how it keeps its commits, the
 * size of its pages, copying the log back.
 */
final class WholeFile {

  private WholeFile() {}

  static JournalMode journalMode(Pager pager) {
    boolean reads = !pager.isReading();
    pager.beginRead();
    try {
      return pager.logs() ? JournalMode.WAL : pager.database().journalMode();
    } finally {
      if (reads) {
        pager.endSnapshot();
      }
    }
  }

  static JournalMode setJournalMode(Pager pager, JournalMode mode) {
    if (pager.database().isInMemory()) {
      // There is nothing to keep a journal of, and SQLite knows these two names for that.
      if (mode == JournalMode.OFF || mode == JournalMode.MEMORY) {
        pager.database().setRollbackMode(mode);
      }
      return journalMode(pager);
    }
    JournalMode now = journalMode(pager);
    if (now == mode) {
      return mode;
    }
    boolean log = mode == JournalMode.WAL || now == JournalMode.WAL;
    if (pager.isReading() || !log && pager.isReadOnly()) {
      if (log) {
        throw new MisuseException(
            ResultCode.ERROR, "cannot change journal mode from within a transaction");
      }
      pager.database().setRollbackMode(mode);
      return mode;
    }
    pager.beginWrite();
    try {
      if (!log) {
        deleteKeptJournal(pager.database(), mode);
      }
      if (mode == JournalMode.WAL) {
        byte[] first = pager.write(1);
        first[DatabaseHeader.WRITE_VERSION] = DatabaseHeader.WRITE_AHEAD_LOG;
        first[DatabaseHeader.READ_VERSION] = DatabaseHeader.WRITE_AHEAD_LOG;
        pager.commit();
      } else if (pager.isLogging()) {
        pager.leaveLog(mode);
      } else {
        pager.database().setRollbackMode(mode);
        pager.rollback();
      }
    } catch (Throwable e) {
      if (pager.isWriting()) {
        pager.rollback();
      }
      throw e;
    }
    return journalMode(pager);
  }

  /** Under RESERVED, after whoever began to read has played back a hot one. */
  private static void deleteKeptJournal(DatabaseFile database, JournalMode next) {
    JournalMode now = database.journalMode();
    boolean kept = now == JournalMode.TRUNCATE || now == JournalMode.PERSIST;
    boolean keeps = next == JournalMode.TRUNCATE || next == JournalMode.PERSIST;
    if (kept && !keeps && database.files().exists(database.journalPath())) {
      database.files().delete(database.journalPath());
    }
  }

  static boolean setPageSize(Pager pager, int pageSize, int reservedBytes) {
    boolean reads = !pager.isReading();
    pager.beginRead();
    boolean empty = pager.pageCount() == 0;
    if (reads) {
      pager.endSnapshot();
    }
    if (empty && reads) {
      pager.database().setNewPageSize(pageSize, reservedBytes);
    }
    return empty && reads;
  }

  static CheckpointResult checkpoint(Pager pager, CheckpointMode mode, Patience patience) {
    if (pager.isWriting()) {
      throw new MisuseException(ResultCode.LOCKED, "database table is locked");
    }
    journalMode(pager);
    DatabaseFile database = pager.database();
    Synchronous synchronous = pager.synchronous();
    if (mode == CheckpointMode.PASSIVE || mode == CheckpointMode.NOOP) {
      return database.checkpoint(mode, synchronous, Patience.none());
    }
    if (!pager.takeTurn(patience)) {
      return database.checkpoint(CheckpointMode.PASSIVE, synchronous, patience);
    }
    try {
      return database.checkpoint(mode, synchronous, patience);
    } finally {
      database.writers().release(pager);
    }
  }
}
