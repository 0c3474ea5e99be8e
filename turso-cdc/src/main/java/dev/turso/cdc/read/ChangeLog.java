package dev.turso.cdc.read;

import dev.turso.Database;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.TableShape;
import dev.turso.cdc.retention.RetentionPolicy;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.schema.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The change log of a database, for those who read it. Safe for any thread.
 *
 * <p>The log itself is switched on by {@code PRAGMA turso_capture = 'full'} and is kept in the file; see
 * {@code dev.turso.cdc.capture}. Closing it closes its readers; close it before its database.
 */
public final class ChangeLog implements AutoCloseable {

  private final Database database;
  private final ChangeStream.Subscription wakeUp;
  private final Set<ChangeReader> readers = ConcurrentHashMap.newKeySet();
  private final Map<String, LogPages> pages = new ConcurrentHashMap<>();
  private long signals;

  private ChangeLog(Database database) {
    this.database = database;
    this.wakeUp = database.changes().subscribe(new WakeUp());
  }

  /**
   * The log of a database.
   *
   * @throws ChangeLogException if it is not switched on
   */
  public static ChangeLog of(Database database) {
    try (Session session = database.connect();
        Statement statement =
            session.prepare(
                "SELECT count(*) FROM sqlite_schema WHERE name IN"
                    + " ('turso_cdc', 'turso_cdc_cursor', 'turso_cdc_schema')");
        Rows rows = statement.query()) {
      if (!rows.next() || rows.getLong(0) < 3) {
        throw new ChangeLogException(
            ChangeLogException.Reason.NO_LOG,
            "there is no change log: switch it on with PRAGMA turso_capture = 'full'");
      }
    }
    return new ChangeLog(database);
  }

  /** A reader under a named cursor, which is made if it is missing. */
  public ChangeReader reader(String cursor, ReaderOptions options) {
    ChangeReader reader = new ChangeReader(this, database, cursor, options);
    readers.add(reader);
    return reader;
  }

  void closed(ChangeReader reader) {
    readers.remove(reader);
  }

  /**
   * Has a cursor be taken in parts, so that changes of different keys may be handled at once: each part is
   * read under the cursor of that name, with {@link ReaderOptions#part}. A cursor that stands somewhere is
   * divided there, once and for all; a new one begins as the options say.
   *
   * @return the names of the cursors, part by part
   * @throws ChangeLogException if a reader owns the whole cursor, or it has failed
   */
  public List<String> parts(String cursor, int parts, ReaderOptions options) {
    try (Session session = database.connect()) {
      session.busyTimeout(Math.max(session.busyTimeout(), 5000));
      CursorParts.split(session, cursor, parts, options.start());
    }
    return CursorParts.names(cursor, parts);
  }

  /** Whether a cursor is taken in so many parts. */
  public boolean isInParts(String cursor, int parts) {
    try (Session session = database.connect()) {
      return CursorParts.exist(session, cursor, parts);
    }
  }

  /** A publisher under a named cursor: see {@link ChangePublisher}. */
  public ChangePublisher publisher(String cursor, ReaderOptions options) {
    return new ChangePublisher(this, cursor, options);
  }

  /**
   * Replays what is retained after a position and up to now, without a cursor.
   *
   * @return the position reached
   * @throws ChangeLogException if changes after the position are missing
   */
  public LogPosition replay(LogPosition from, ReaderOptions options, BatchConsumer consumer) {
    LogPosition start = from;
    try (Session session = database.connect()) {
      LogPosition pruned = LogPositions.pruned(session);
      if (from.change() == 0) {
        start = pruned;
      } else {
        LogPositions.check(session, from);
      }
    }
    LogPosition reached = start;
    try (LogScan scan = scan(options, start)) {
      for (ChangeBatch batch = scan.next(); batch != null; batch = scan.next()) {
        reached = batch.position();
        if (!batch.changes().isEmpty() && !consumer.accept(batch)) {
          return reached;
        }
      }
    }
    return reached;
  }

  /** Takes batches of a replay. */
  @FunctionalInterface
  public interface BatchConsumer {

    /** One batch; false ends the replay. */
    boolean accept(ChangeBatch batch);
  }

  /** What a table looks like in the newest of the log's definitions; null if it was never logged. */
  public @Nullable TableShape newestShape(String table) {
    SchemaVersions schemas = new SchemaVersions();
    try (Session session = database.connect()) {
      schemas.load(session);
    }
    return schemas.newest(table);
  }

  /** After the newest committed change. */
  public LogPosition newest() {
    try (Session session = database.connect()) {
      return LogPositions.newest(session);
    }
  }

  /** How all named cursors stand. */
  public List<CursorStatus> cursors() {
    List<CursorStatus> all = new ArrayList<>();
    try (Session session = database.connect();
        Statement statement =
            session.prepare(
                "SELECT name, epoch, change_id, iif(lease_until > ?1, owner, NULL), state, message,"
                    + " updated, max(0, coalesce((SELECT max(change_id) FROM turso_cdc), 0)"
                    + " - change_id), (SELECT l.change_time FROM turso_cdc AS l"
                    + " WHERE l.change_id > c.change_id ORDER BY l.change_id LIMIT 1)"
                    + " FROM turso_cdc_cursor AS c ORDER BY name")) {
      long now = System.currentTimeMillis();
      statement.bind(1, now);
      try (Rows rows = statement.query()) {
        while (rows.next()) {
          all.add(
              new CursorStatus(
                  String.valueOf(rows.getText(0)),
                  new LogPosition(rows.getLong(1), rows.getLong(2)),
                  rows.getText(3),
                  CursorStatus.State.valueOf(
                      String.valueOf(rows.getText(4)).toUpperCase(Locale.ROOT)),
                  rows.getText(5),
                  Instant.ofEpochMilli(rows.getLong(6)),
                  rows.getLong(7),
                  rows.isNull(8)
                      ? Duration.ZERO
                      : Duration.ofMillis(Math.max(0, now - rows.getLong(8) * 1000))));
        }
      }
    }
    return all;
  }

  /** Removes a cursor that nobody owns; retention waits for it no more. */
  public boolean dropCursor(String cursor) {
    try (Session session = database.connect();
        Statement statement =
            session.prepare("DELETE FROM turso_cdc_cursor WHERE name = ? AND lease_until <= ?")) {
      statement.bind(1, cursor).bind(2, System.currentTimeMillis());
      return statement.run() == 1;
    }
  }

  /** Sets how long changes are kept; null keeps them for ever. */
  public void retention(@Nullable RetentionPolicy policy) {
    try (Session session = database.connect()) {
      session.busyTimeout(Math.max(session.busyTimeout(), 5000));
      String text = policy == null ? "off" : policy.toString();
      session.execute("PRAGMA turso_capture_retention = '" + text + "'");
    }
  }

  /**
   * Removes at once what the policy does not keep; writers do it bit by bit.
   *
   * @return how many rows of the log were removed
   */
  public long prune() {
    try (Session session = database.connect()) {
      session.busyTimeout(Math.max(session.busyTimeout(), 5000));
      try (Statement prune = session.prepare("PRAGMA turso_capture_prune");
          Rows rows = prune.query()) {
        return rows.next() ? rows.getLong(0) : 0;
      }
    }
  }

  LogScan scan(ReaderOptions options, LogPosition from) {
    return new LogScan(
        database.connect(), options, from, options.parts() == 1 ? null : pages(options));
  }

  /** What readers of all parts share whose pages have the same rows. */
  private LogPages pages(ReaderOptions options) {
    return pages.computeIfAbsent(
        options.pageRows() + " " + options.tables(), key -> new LogPages());
  }

  SnapshotScan snapshot(ReaderOptions options) {
    return new SnapshotScan(database.connect(), options);
  }

  // ---- waking readers

  synchronized long signalled() {
    return signals;
  }

  synchronized void signal() {
    signals++;
    notifyAll();
  }

  synchronized void awaitSignal(long seen, long millis) throws InterruptedException {
    if (signals == seen) {
      wait(millis);
    }
  }

  /** Hears of every commit and wants none of its rows. */
  private final class WakeUp implements CommitListener {

    @Override
    public boolean wants(Table table) {
      return false;
    }

    @Override
    public void committed(CommittedChanges commit) {
      signal();
    }
  }

  @Override
  public void close() {
    wakeUp.close();
    signal();
    readers.forEach(ChangeReader::close);
  }
}
