package dev.turso.cdc.read;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.RowImages;
import dev.turso.value.Value;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log from a position on, a page of rows at a time, so that no snapshot is held between calls.
 * For one thread.
 */
final class LogScan implements AutoCloseable {

  private static final int COMMIT = 2;

  private final Session session;
  private final ReaderOptions options;
  private final @Nullable LogPages shared;
  private final LogPageReader reader;
  private final Deque<ChangeBatch> ready = new ArrayDeque<>();
  private long change;
  private boolean insideTransaction;

  /** What the COMMIT row of the transaction says that is being handed out in pieces. */
  private @Nullable About about;

  private List<ChangeRecord> open = new ArrayList<>();
  private long openBytes;

  /**
   * @param session read by this scan alone, and closed with it
   * @param shared pages that other scans with these options but of other parts read as well; or null
   */
  LogScan(Session session, ReaderOptions options, LogPosition from, @Nullable LogPages shared) {
    this.session = session;
    this.options = options;
    this.shared = shared;
    this.reader = new LogPageReader(session, options);
    seek(from);
  }

  /** The shapes of tables, as far as the scan has needed them. */
  SchemaVersions schemas() {
    return reader.schemas();
  }

  /** Goes on from another position. */
  void seek(LogPosition from) {
    change = from.change();
    ready.clear();
    open = new ArrayList<>();
    openBytes = 0;
    about = null;
    insideTransaction = change > 0 && isInside(change);
  }

  private boolean isInside(long id) {
    try (Statement row = session.prepare("SELECT change_type FROM turso_cdc WHERE change_id = ?")) {
      row.bind(1, id);
      try (Rows rows = row.query()) {
        return rows.next() && rows.getLong(0) != COMMIT;
      }
    }
  }

  /** The next batch, or null if there is none yet. */
  @Nullable ChangeBatch next() {
    while (ready.isEmpty()) {
      if (!readPage()) {
        return null;
      }
    }
    return ready.remove();
  }

  /** Takes a page of rows; false if there are none. */
  private boolean readPage() {
    LogPages pages = shared;
    if (pages == null) {
      return readAndTake(null);
    }
    LogPage known = pages.after(change);
    if (known == null) {
      return readAndTake(pages);
    }
    if (!reader.isStill(known)) {
      pages.forget();
      return readAndTake(null);
    }
    take(known);
    return true;
  }

  /** Within one snapshot: the COMMIT row of a transaction in pieces is of it, too. */
  private boolean readAndTake(@Nullable LogPages pages) {
    boolean begun = false;
    try {
      session.execute("BEGIN");
      begun = true;
      LogPage page = read(pages);
      if (page != null) {
        take(page);
      }
      return page != null;
    } finally {
      if (begun) {
        session.execute("COMMIT");
      } else if (pages != null) {
        pages.ended(change);
      }
    }
  }

  private @Nullable LogPage read(@Nullable LogPages pages) {
    LogPage page = null;
    try {
      page = reader.read(change);
      return page;
    } finally {
      if (pages != null && page != null) {
        pages.add(page);
      } else if (pages != null) {
        pages.ended(change);
      }
    }
  }

  private void take(LogPage page) {
    long from = change;
    for (LogEntry each : page.entries()) {
      if (each.id() > from) {
        take(each);
      }
    }
    change = page.to();
  }

  private void take(LogEntry entry) {
    if (entry.isCommit()) {
      change = entry.id();
      finish(entry);
      return;
    }
    if (!entry.isForAll() && !options.takes(entry.hash())) {
      return;
    }
    ChangeRecord record = entry.record();
    if (record == null) {
      throw unknownShape(String.valueOf(entry.unknown()), entry.id());
    }
    change = entry.id();
    open.add(record);
    openBytes += LogPageReader.bytes(record);
    if (open.size() >= options.pieceRows() || openBytes >= options.pieceBytes()) {
      piece(entry);
    }
  }

  /** Without its columns a row means nothing: the scan stays before it, and says so each time. */
  private static ChangeLogException unknownShape(String table, long id) {
    return new ChangeLogException(
        ChangeLogException.Reason.UNKNOWN_SHAPE,
        "the columns of table "
            + table
            + " at change "
            + id
            + " are not known: turso_cdc_schema has no entry for them;"
            + " a reader can go on with seek or restart, behind that change or from a snapshot");
  }

  /** Hands out a part of a transaction that has many changes. */
  private void piece(LogEntry last) {
    About known = about;
    if (known == null) {
      known = aboutCommitAfter(change, last.seconds());
      about = known;
    }
    emit(known, last.transaction(), false);
  }

  private About aboutCommitAfter(long id, long seconds) {
    try (Statement commit =
        session.prepare(
            "SELECT \"after\", change_time FROM turso_cdc WHERE change_id > ? AND change_type = 2"
                + " ORDER BY change_id LIMIT 1")) {
      commit.bind(1, id);
      try (Rows rows = commit.query()) {
        return rows.next()
            ? About.of(rows.getBlob(0), rows.getLong(1))
            : new About(0, Instant.ofEpochSecond(seconds), null);
      }
    }
  }

  /** What a COMMIT row tells of its transaction. */
  private record About(long epoch, Instant time, @Nullable String origin) {

    static About of(byte @Nullable [] record, long seconds) {
      if (record == null) {
        return new About(0, Instant.ofEpochSecond(seconds), null);
      }
      Value[] values = RowImages.values(record);
      long micros = values[1].asLong();
      return new About(
          values[0].asLong(),
          Instant.ofEpochSecond(
              Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000),
          values.length > 2 ? values[2].asString() : null);
    }
  }

  private void finish(LogEntry commit) {
    emit(About.of(commit.about(), commit.seconds()), commit.transaction(), true);
    about = null;
  }

  private void emit(About of, long transaction, boolean last) {
    String ignored = options.ignoreOrigin();
    boolean pass = ignored != null && ignored.equals(of.origin);
    ready.add(
        new ChangeBatch(
            new LogPosition(of.epoch, change),
            transaction,
            !insideTransaction,
            last,
            false,
            of.time,
            of.origin,
            pass ? List.of() : List.copyOf(open)));
    insideTransaction = !last;
    open = new ArrayList<>();
    openBytes = 0;
  }

  @Override
  public void close() {
    reader.close();
    session.close();
  }
}
