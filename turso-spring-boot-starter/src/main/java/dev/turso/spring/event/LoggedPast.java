package dev.turso.spring.event;

import dev.turso.Database;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeLog;
import dev.turso.cdc.read.ChangeLogException;
import dev.turso.cdc.read.LogPosition;
import dev.turso.cdc.read.ReaderOptions;
import dev.turso.cdc.record.TableShape;
import dev.turso.change.ChangeCursor;
import dev.turso.change.CommittedChanges;
import dev.turso.change.LoggedRows;
import dev.turso.change.MissedCommits;
import dev.turso.error.DatabaseException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the stream does not tell listeners, from the log of the database if it has one: commits that were
 * dropped because listeners were too slow, and commits of other processes. For the dispatcher's thread.
 *
 * <p>It knows up to which row of the log listeners have been told. A commit of this process that the
 * stream brings stands at its own rows; what stands between is other processes', and comes first, so that
 * the order is the log's. The rows of a commit of this process carry its epoch: one that the stream has yet
 * to bring is not passed.
 */
final class LoggedPast implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedPast.class);

  /** Between looks whether retention has overtaken the reading. */
  private static final int BATCHES_AT_ONCE = 500;

  private final Database database;
  private final ReaderOptions options;
  private final long ownEpoch;
  private @Nullable ChangeLog log;

  /** Up to where listeners have been told; null while that is not known. */
  private @Nullable LogPosition told;

  /** The last row of the newest commit of this process that they were told of. */
  private long newestOwn;

  /** Takes the changes of the log's transactions, in pieces if they are many. */
  @FunctionalInterface
  interface Taker {

    /** One batch; false ends the reading. */
    boolean take(ChangeBatch batch);
  }

  LoggedPast(Database database, Collection<String> tables) {
    this.database = database;
    this.options = ReaderOptions.DEFAULT.tables(tables);
    this.ownEpoch = database.position().epoch();
  }

  /** Listeners are told of what comes from now on. */
  void begin() {
    told = hasWholeRows() ? opened().newest() : null;
  }

  /** Before a commit that the stream brings: what other processes have committed before it. */
  void before(@Nullable LoggedRows rows, Taker taker) {
    LogPosition from = told;
    if (rows != null && from != null && rows.first() > from.change() + 1) {
      told = read(from, rows.first() - 1, false, taker);
    }
  }

  /** Listeners have been told of a commit of this process. */
  void passed(CommittedChanges commit) {
    LoggedRows rows = commit.changes().logged();
    if (rows != null) {
      passed(rows);
    } else if (!isOfViewsOnly(commit)) {
      told = null;
    }
  }

  /** Views that are built anew are in no log. What views are made of is written before them. */
  private static boolean isOfViewsOnly(CommittedChanges commit) {
    ChangeCursor first = commit.changes().cursor();
    return !first.next() || first.change().table().materializedView();
  }

  private void passed(LoggedRows rows) {
    newestOwn = rows.last();
    if (told == null || told.change() < rows.last()) {
      told = new LogPosition(ownEpoch, rows.last());
    }
  }

  /** Another process has committed. */
  void foreign(Taker taker) {
    LogPosition from = told;
    if (from != null) {
      told = read(from, Long.MAX_VALUE, true, taker);
    } else {
      begin();
    }
  }

  /** The stream has dropped commits; false if the log does not have them all. */
  boolean dropped(MissedCommits missed, Taker taker) {
    LogPosition from = told;
    if (from == null || !missed.logged() || !hasWholeRows()) {
      told = null;
      return false;
    }
    if (missed.lastRow() == 0) {
      foreign(taker);
      return told != null;
    }
    told = read(from, missed.lastRow(), false, taker);
    if (told == null) {
      return false;
    }
    passed(new LoggedRows(missed.lastRow(), missed.lastRow()));
    return true;
  }

  /**
   * Reads the log up to a row, or to the next commit of this process that the stream is yet to bring.
   *
   * @return up to where it was read; null if the log does not have all of it, or not whole rows
   */
  private @Nullable LogPosition read(LogPosition from, long upTo, boolean stopAtOwn, Taker taker) {
    try {
      LogPosition reached = from;
      while (true) {
        Slice slice = new Slice(upTo, stopAtOwn, taker, reached);
        LogPosition end = opened().replay(reached, options, slice);
        if (!slice.isFull()) {
          return slice.stopped || end.change() > upTo ? slice.taken : end;
        }
        // Where the place it began at is still there, nothing after that was removed meanwhile.
        opened().replay(reached, options, batch -> false);
        reached = slice.taken;
      }
    } catch (ChangeLogException | DatabaseException e) {
      LOG.warn("The change log cannot be read from {} on: {}", from, e.getMessage());
      return null;
    }
  }

  /** What a table looks like now. */
  @Nullable TableShape newestShape(String table) {
    return opened().newestShape(table);
  }

  private ChangeLog opened() {
    ChangeLog known = log;
    if (known == null) {
      known = ChangeLog.of(database);
      log = known;
    }
    return known;
  }

  private boolean hasWholeRows() {
    try (Session session = database.connect();
        Statement statement = session.prepare("PRAGMA turso_capture");
        Rows rows = statement.query()) {
      return rows.next() && "full".equals(rows.getText(0));
    }
  }

  @Override
  public void close() {
    ChangeLog known = log;
    if (known != null) {
      known.close();
    }
  }

  /** Some batches of the log. */
  private final class Slice implements ChangeLog.BatchConsumer {

    private final long upTo;
    private final boolean stopAtOwn;
    private final Taker taker;
    private LogPosition taken;
    private boolean stopped;
    private int batches;

    Slice(long upTo, boolean stopAtOwn, Taker taker, LogPosition from) {
      this.upTo = upTo;
      this.stopAtOwn = stopAtOwn;
      this.taker = taker;
      this.taken = from;
    }

    boolean isFull() {
      return batches == BATCHES_AT_ONCE && !stopped;
    }

    @Override
    public boolean accept(ChangeBatch batch) {
      LogPosition at = batch.position();
      boolean own = at.epoch() == ownEpoch;
      if (at.change() > upTo || stopAtOwn && own && at.change() > newestOwn) {
        stopped = true;
        return false;
      }
      if (!(own && at.change() <= newestOwn) && !taker.take(batch)) {
        stopped = true;
        return false;
      }
      taken = at;
      return ++batches < BATCHES_AT_ONCE;
    }
  }
}
