package dev.turso.session;

import dev.turso.error.BusyException;
import dev.turso.error.SqlException;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.pager.JournalMode;
import dev.turso.pager.Pager;

/**
 * A copy of a database that is being made while others go on with it, some pages at a time.
 *
 * <p>Of a database with a log, or in memory, the copy is the state at the first step, whoever writes
 * meanwhile. Of one with a rollback journal nothing is locked between two steps; if somebody has
 * committed there the copy starts again, as SQLite's does, so that a last step with all pages ends it.
 *
 * <p>The target is replaced in one transaction, which {@link #close} rolls back unless the copy is
 * done. Used by one thread at a time.
 */
public final class Backup implements AutoCloseable {

  private final Pager source;
  private final Pager target;
  private boolean keepsSnapshot;
  private long stamp;
  private int pageCount;
  private int next = 1;
  private boolean done;
  private boolean closed;

  Backup(Pager source, Pager target) {
    if (source.database() == target.database()) {
      target.close();
      throw new SqlException("source and destination must be distinct");
    }
    this.source = source;
    this.target = target;
  }

  /** How many pages the database had at the last step. */
  public int pageCount() {
    return pageCount;
  }

  /** How many pages are still to be copied, as of the last step. */
  public int remaining() {
    return done ? 0 : pageCount - next + 1;
  }

  /** Copies everything that is left. */
  public void finish() {
    while (!step(-1)) {
      Thread.onSpinWait();
    }
  }

  /**
   * Copies up to so many pages. True when the copy is complete and committed.
   *
   * @param pages at least one; all if it is negative
   * @throws BusyException if the source or the target is locked; the step may be tried again
   */
  public boolean step(int pages) {
    if (done) {
      return true;
    }
    source.beginRead();
    try {
      start();
      long last = Math.min(pageCount, next - 1L + (pages < 0 ? pageCount : Math.max(1, pages)));
      for (; next <= last; next++) {
        copy(next);
      }
      if (next > pageCount) {
        complete();
      }
    } finally {
      if (done || !keepsSnapshot) {
        source.endRead();
      }
    }
    return done;
  }

  private void start() {
    keepsSnapshot = source.database().isInMemory() || source.journalMode() == JournalMode.WAL;
    boolean moved = source.snapshotStamp() != stamp;
    if (target.isWriting() && !moved) {
      return;
    }
    if (target.isWriting()) {
      target.rollback();
    }
    pageCount = source.pageCount();
    stamp = source.snapshotStamp();
    next = 1;
    target.setPageSize(source.pageSize(), source.pageSize() - source.usableSize());
    target.beginWrite();
    if (target.pageSize() != source.pageSize() || target.usableSize() != source.usableSize()) {
      target.rollback();
      throw new SqlException("the target of the backup has another page size");
    }
  }

  private void copy(int page) {
    byte[] image = source.read(page);
    while (target.pageCount() < page) {
      target.append();
    }
    byte[] to = target.write(page);
    byte write = to[DatabaseHeader.WRITE_VERSION];
    byte read = to[DatabaseHeader.READ_VERSION];
    int cookie = Bytes.i32(to, DatabaseHeader.SCHEMA_COOKIE);
    System.arraycopy(image, 0, to, 0, image.length);
    if (page == 1) {
      to[DatabaseHeader.WRITE_VERSION] = write;
      to[DatabaseHeader.READ_VERSION] = read;
      // Whoever has read the target's schema before has to read it again.
      Bytes.put32(
          to,
          DatabaseHeader.SCHEMA_COOKIE,
          Math.max(cookie, Bytes.i32(image, DatabaseHeader.SCHEMA_COOKIE)) + 1);
    }
  }

  private void complete() {
    if (pageCount > 0 && target.pageCount() > pageCount) {
      target.truncate(pageCount);
    }
    target.commit();
    done = true;
  }

  /** Gives up the copy, unless it is done. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (target.isWriting()) {
        target.rollback();
      }
    } finally {
      target.close();
      source.close();
    }
  }
}
