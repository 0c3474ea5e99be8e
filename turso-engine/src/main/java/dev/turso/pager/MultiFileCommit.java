package dev.turso.pager;

import dev.turso.error.BusyException;
import dev.turso.error.IoException;
import dev.turso.journal.SuperJournal;
import dev.turso.vfs.FileSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * Commits transactions on several databases of one connection: all of them or, whenever the power
 * goes, none. That holds for files with a rollback journal on disk; one with a log, in memory or with
 * {@code synchronous=OFF} commits on its own, as in SQLite.
 *
 * <pre>
 *   super-journal ──► each: journal that names it, sync, pages, sync ──► super-journal gone = committed
 *                                                                   ──► each: journal gone
 * </pre>
 *
 * @see <a href="https://www.sqlite.org/atomiccommit.html#_multi_file_commit">Atomic Commit, 5</a>
 */
public final class MultiFileCommit {

  private MultiFileCommit() {}

  /**
   * Locks what the commits of the writing transactions need, all of it or, failing with BUSY, nothing: so
   * that none has committed when another one finds somebody in its way.
   */
  public static void lockAll(List<Pager> pagers) {
    int locked = 0;
    try {
      for (Pager each : pagers) {
        each.lockForCommit();
        locked++;
      }
    } catch (Throwable e) {
      for (Pager each : pagers.subList(0, locked)) {
        each.unlockForCommit();
      }
      throw e;
    }
  }

  /** Those of the writing transactions that have to commit together; empty if there are not two. */
  public static List<Pager> together(List<Pager> pagers) {
    List<Pager> joining = new ArrayList<>();
    for (Pager each : pagers) {
      if (each.joinsSuperJournal()) {
        joining.add(each);
      }
    }
    return joining.size() < 2 ? List.of() : joining;
  }

  /**
   * Commits and ends the transactions. On failure all of them are as they were, to be committed again
   * or rolled back.
   *
   * @param goesOnReading whether the snapshots are kept
   */
  public static void commit(List<Pager> pagers, boolean goesOnReading) {
    DatabaseFile first = pagers.getFirst().database();
    FileSystem files = first.files();
    List<String> journals = new ArrayList<>();
    for (Pager each : pagers) {
      journals.add(each.database().journalPath());
    }
    String path = SuperJournal.create(files, first.path(), journals, first.random());
    prepare(files, path, pagers);
    for (Pager each : pagers) {
      each.finishPrepared(goesOnReading);
    }
  }

  private static void prepare(FileSystem files, String path, List<Pager> pagers) {
    int prepared = 0;
    try {
      for (Pager each : pagers) {
        each.prepareCommit(path);
        prepared++;
      }
      delete(files, path);
    } catch (Throwable e) {
      boolean restored = e instanceof BusyException || prepared == pagers.size();
      for (Pager each : pagers.subList(0, prepared)) {
        restored &= each.undoPrepared(e);
      }
      if (restored) {
        deleteUnused(files, path, e);
      }
      throw e;
    }
  }

  /** Once the name is gone the commit is made, even if nobody can say that the disk knows it. */
  private static void delete(FileSystem files, String path) {
    try {
      SuperJournal.delete(files, path);
    } catch (IoException e) {
      if (files.exists(path)) {
        throw e;
      }
    }
  }

  /** Not while a journal may be hot: without the super-journal nobody would play it back. */
  private static void deleteUnused(FileSystem files, String path, Throwable cause) {
    try {
      files.delete(path);
    } catch (IoException e) {
      cause.addSuppressed(e);
    }
  }
}
