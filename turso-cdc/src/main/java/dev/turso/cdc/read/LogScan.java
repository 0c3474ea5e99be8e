package dev.turso.cdc.read;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cdc.record.RowImages;
import dev.turso.cdc.record.TableShape;
import dev.turso.value.Value;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log from a position on, a page of rows at a time, so that no snapshot is held between calls.
 * For one thread.
 */
final class LogScan implements AutoCloseable {

  private static final int UPDATE = 0;
  private static final int INSERT = 1;
  private static final int COMMIT = 2;
  private static final String SCHEMA = "sqlite_schema";

  private final Session session;
  private final ReaderOptions options;
  private final SchemaVersions schemas = new SchemaVersions();
  private final Statement page;
  private final Deque<ChangeBatch> ready = new ArrayDeque<>();
  private long change;
  private boolean insideTransaction;

  /** What the COMMIT row of the transaction says that is being handed out in pieces. */
  private @Nullable About about;

  private List<ChangeRecord> open = new ArrayList<>();
  private long openBytes;

  /**
   * @param session read by this scan alone, and closed with it
   */
  LogScan(Session session, ReaderOptions options, LogPosition from) {
    this.session = session;
    this.options = options;
    this.page =
        session.prepare(
            "SELECT change_id, change_time, change_txn_id, change_type, table_name, id, \"before\","
                + " \"after\", updates FROM turso_cdc WHERE change_id > ? ORDER BY change_id LIMIT ?");
    seek(from);
  }

  /** The shapes of tables, as far as the scan has needed them. */
  SchemaVersions schemas() {
    return schemas;
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

  /**
   * Reads rows; false if there are none. Rows and the shapes of their tables are of one snapshot: the
   * first change of a table is committed together with its shape.
   */
  private boolean readPage() {
    session.execute("BEGIN");
    try {
      schemas.load(session);
      page.bind(1, change).bind(2, options.pageRows());
      boolean any = false;
      try (Rows rows = page.query()) {
        while (rows.next()) {
          any = true;
          add(rows);
        }
      }
      return any;
    } finally {
      session.execute("COMMIT");
    }
  }

  private void add(Rows rows) {
    long id = rows.getLong(0);
    int type = (int) rows.getLong(3);
    if (type == COMMIT) {
      change = id;
      finish(rows);
      return;
    }
    String table = String.valueOf(rows.getText(4));
    boolean definition = table.equals(SCHEMA);
    Set<String> wanted = options.tables();
    boolean other = !wanted.isEmpty() && !wanted.contains(table) || !options.takes(rows.get(5));
    if (!definition && other) {
      change = id;
      return;
    }
    byte[] before = rows.getBlob(6);
    byte[] after = rows.getBlob(7);
    byte[] updates = rows.getBlob(8);
    TableShape shape =
        definition ? shapeOf(after == null ? before : after, id) : shapeOfRow(table, id);
    change = id;
    open.add(
        new ChangeRecord(
            change, kind(type, definition), table, rows.get(5), shape, before, after, updates));
    openBytes += length(before) + length(after) + length(updates) + 64;
    if (open.size() >= options.pieceRows() || openBytes >= options.pieceBytes()) {
      piece(rows);
    }
  }

  /** The shape of the table that a definition is about, if it is about one. */
  private @Nullable TableShape shapeOf(byte @Nullable [] definition, long id) {
    if (definition == null) {
      return null;
    }
    Value[] row = RowImages.values(definition);
    return "table".equals(row[0].asString())
        ? schemas.at(String.valueOf(row[1].asString()), id)
        : null;
  }

  /** Without its columns a row means nothing: the scan stays before it, and says so each time. */
  private TableShape shapeOfRow(String table, long id) {
    TableShape shape = schemas.at(table, id);
    if (shape == null || shape.columns().isEmpty()) {
      throw new ChangeLogException(
          ChangeLogException.Reason.UNKNOWN_SHAPE,
          "the columns of table "
              + table
              + " at change "
              + id
              + " are not known: turso_cdc_schema has no entry for them;"
              + " a reader can go on with seek or restart, behind that change or from a snapshot");
    }
    return shape;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static ChangeKind kind(int type, boolean definition) {
    if (definition) {
      return ChangeKind.DEFINITION;
    }
    return type == INSERT
        ? ChangeKind.INSERT
        : type == UPDATE ? ChangeKind.UPDATE : ChangeKind.DELETE;
  }

  /** Hands out a part of a transaction that has many changes. */
  private void piece(Rows rows) {
    About known = about;
    if (known == null) {
      known = aboutCommitAfter(change, rows.getLong(1));
      about = known;
    }
    emit(known, rows.getLong(2), false);
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

  private void finish(Rows rows) {
    emit(About.of(rows.getBlob(7), rows.getLong(1)), rows.getLong(2), true);
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
    page.close();
    session.close();
  }
}
