package dev.turso.cdc.retention;

import dev.turso.btree.TableCursor;
import dev.turso.cdc.record.RowImages;
import dev.turso.change.TransactionView;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes what a policy does not keep, some rows at a time, in a write transaction. */
public final class RetentionSweep {

  /** A sweep looks at no more rows than this. */
  private static final int MOST_ROWS = 50_000;

  /** Once it has so many rows to remove, a sweep is content. */
  private static final int ENOUGH_ROWS = 4_096;

  private static final int TIME = 1;
  private static final int TYPE = 3;
  private static final int AFTER = 7;
  private static final int COMMIT = 2;

  private final TransactionView transaction;
  private final RetentionPolicy policy;
  private final long now;
  private final long newest;
  private final long slowest;

  /** Where the policy limits it. */
  private final @Nullable LogSize size;

  private long seenBytes;
  private long removableBytes;
  private long removable;
  private long lastId;
  private long epoch;
  private long rows;

  private RetentionSweep(
      TransactionView transaction, Table log, RetentionPolicy policy, long newest, long now) {
    this.transaction = transaction;
    this.policy = policy;
    this.newest = newest;
    this.now = now;
    this.slowest = slowestCursor(transaction);
    this.size = policy.limitBytes() == null ? null : LogSize.of(transaction, log.rootPage());
  }

  /** The policy of a log, or null if it keeps everything. */
  public static @Nullable RetentionPolicy policy(TransactionView transaction) {
    String text = setting(transaction, "retention");
    return text == null || text.equals("off") ? null : RetentionPolicy.parse(text);
  }

  /** Sets the policy; null keeps everything. */
  public static void policy(TransactionView transaction, @Nullable RetentionPolicy policy) {
    set(transaction, "retention", policy == null ? "off" : policy.toString());
    LogSize.forget(transaction);
  }

  /**
   * Removes rows.
   *
   * @param newest the id of the newest row
   * @param now seconds since 1970
   * @return how many were removed
   */
  public static long run(
      TransactionView transaction,
      Table log,
      TextEncoding encoding,
      RetentionPolicy policy,
      long newest,
      long now) {
    RetentionSweep sweep = new RetentionSweep(transaction, log, policy, newest, now);
    sweep.look(log, encoding);
    return sweep.remove();
  }

  private void look(Table log, TextEncoding encoding) {
    TableCursor cursor = new TableCursor(transaction.store(), log.rootPage());
    RecordReader row = new RecordReader(encoding);
    long seen = 0;
    for (boolean on = cursor.first(); on && seen < MOST_ROWS; on = cursor.next()) {
      cursor.read(row);
      row.load(TIME);
      if (!goes(cursor.rowid(), row.bits())) {
        return;
      }
      seen++;
      seenBytes += LogSize.ofRow(cursor);
      lastId = cursor.rowid();
      row.load(TYPE);
      if (row.bits() == COMMIT) {
        removable = lastId;
        removableBytes = seenBytes;
        rows = seen;
        epoch = epoch(row);
        if (seen >= ENOUGH_ROWS) {
          return;
        }
      }
    }
    if (removable == 0 && seen == MOST_ROWS) {
      // A transaction that is larger than any sweep goes in parts.
      removable = lastId;
      removableBytes = seenBytes;
      rows = seen;
      epoch = 0;
    }
  }

  private static long epoch(RecordReader row) {
    int tag = row.load(AFTER);
    byte[] about = tag == Tag.BLOB ? Value.of(tag, row.bits(), row.ref()).asBytes() : null;
    return about == null ? 0 : RowImages.values(about)[0].asLong();
  }

  private boolean goes(long id, long time) {
    Duration limitAge = policy.limitAge();
    Long limitRows = policy.limitRows();
    if (limitAge != null && time < now - limitAge.toSeconds()
        || limitRows != null && id <= newest - limitRows
        || isBeyondLimitBytes(id)) {
      return true;
    }
    return id <= slowest
        && id <= newest - policy.keepRows()
        && (policy.keepAge().isZero() || time < now - policy.keepAge().toSeconds());
  }

  /** The same for all rows of a transaction; the newest one stays, however large. */
  private boolean isBeyondLimitBytes(long id) {
    Long limit = policy.limitBytes();
    return limit != null && size != null && id < newest && size.bytes() - removableBytes > limit;
  }

  private long remove() {
    if (removable > 0) {
      removeRows();
    }
    if (size != null) {
      size.store(removableBytes);
    }
    return rows;
  }

  private void removeRows() {
    transaction.execute("DELETE FROM turso_cdc WHERE change_id <= ?", Value.integer(removable));
    transaction.execute(
        "UPDATE turso_cdc_cursor SET state = 'failed', message ="
            + " 'it had seen changes up to ' || change_id || ' when those up to ' || ?1"
            + " || ' were removed by the limit of retention'"
            + " WHERE change_id < ?1 AND state <> 'failed'",
        Value.integer(removable));
    set(transaction, "pruned", epoch + "-" + removable);
  }

  private static long slowestCursor(TransactionView transaction) {
    long[] slowest = {Long.MAX_VALUE};
    transaction.query(
        "SELECT min(change_id) FROM turso_cdc_cursor WHERE state <> 'failed'",
        List.of(),
        row -> {
          if (!row.get(0).isNull()) {
            slowest[0] = row.get(0).asLong();
          }
          return false;
        });
    return slowest[0];
  }

  static @Nullable String setting(TransactionView transaction, String name) {
    String[] found = new String[1];
    transaction.query(
        "SELECT value FROM turso_cdc_settings WHERE name = ?",
        List.of(Value.text(name)),
        row -> {
          found[0] = row.get(0).asString();
          return false;
        });
    return found[0];
  }

  static void set(TransactionView transaction, String name, @Nullable String value) {
    if (value == null) {
      transaction.execute("DELETE FROM turso_cdc_settings WHERE name = ?", Value.text(name));
      return;
    }
    transaction.execute(
        "INSERT INTO turso_cdc_settings VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        Value.text(name),
        Value.text(value));
  }
}
