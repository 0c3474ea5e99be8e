package dev.turso.pager;

import dev.turso.cipher.PageCodec;
import dev.turso.journal.HotJournal;
import dev.turso.journal.RollbackJournal;

/**
 * A commit that writes pages to the database file in the form that they have there, outside of any
 * transaction: the first page, or all of them in another form or size. The journal holds the old pages as they
 * lay in the file, so that it can be played back without a key.
 *
 * <p>For the holder of EXCLUSIVE; durable when it returns, whatever {@code synchronous} says.
 */
final class JournaledRewrite {

  private final DatabaseFile database;
  private final int pageSize;
  private final int oldCount;

  /** Where the pages come from. */
  @FunctionalInterface
  interface Forms {
    /** The form of a page, not to be modified; pages are asked for in order. */
    byte[] form(int page);
  }

  /**
   * @param oldCount the size of the file in pages
   */
  JournaledRewrite(DatabaseFile database, int pageSize, int oldCount) {
    this.database = database;
    this.pageSize = pageSize;
    this.oldCount = oldCount;
  }

  /** Replaces the first page, which may be the first of the file. Fails as {@link #all} does. */
  void first(int newCount, Forms forms) {
    run(Math.min(1, oldCount), 1, pageSize, newCount, forms);
  }

  /** Replaces all pages by others. If it fails the file is restored, or the journal is hot. */
  void all(int newPageSize, int newCount, Forms forms) {
    run(oldCount, newCount, newPageSize, newCount, forms);
  }

  private void run(int oldPages, int pages, int newPageSize, int newCount, Forms forms) {
    RollbackJournal journal =
        RollbackJournal.create(
            database.files(),
            database.journalPath(),
            PageCodec.PLAIN,
            pageSize,
            oldCount,
            database.random().nextInt(),
            oldPages);
    try {
      keep(journal, oldPages);
      journal.seal(RollbackJournal.Sealing.TWICE);
      write(pages, newPageSize, forms);
      cut((long) newCount * newPageSize);
      database.handle().sync();
    } catch (Throwable e) {
      undo(journal, e);
      throw e;
    }
    journal.end(RollbackJournal.Ending.DELETE, true, true, -1);
  }

  private void keep(RollbackJournal journal, int oldPages) {
    byte[] page = new byte[pageSize];
    for (int number = 1; number <= oldPages; number++) {
      if (number != database.lockPage(pageSize)) {
        database.readPage(number, page);
        journal.add(number, page);
      }
    }
  }

  private void write(int pages, int size, Forms forms) {
    for (int number = 1; number <= pages; number++) {
      if (number != database.lockPage(size)) {
        database.handle().write((long) (number - 1) * size, forms.form(number), 0, size);
      }
    }
  }

  private void cut(long bytes) {
    if (bytes < (long) oldCount * pageSize) {
      database.handle().truncate(bytes);
    }
  }

  /** If this fails too the journal stays hot, for whoever comes next. */
  private void undo(RollbackJournal journal, Throwable cause) {
    try {
      journal.close();
      HotJournal hot = new HotJournal(database.files(), database.journalPath(), database.handle());
      if (hot.isPresent()) {
        hot.playBackAlways();
      }
    } catch (Throwable e) {
      cause.addSuppressed(e);
    }
  }
}
