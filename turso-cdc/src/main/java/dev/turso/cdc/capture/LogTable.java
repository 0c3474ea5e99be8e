package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log's tables: their layout, and how they come and go. */
final class LogTable {

  static final String NAME = "turso_cdc";
  static final String SETTINGS = "turso_cdc_settings";
  static final String VERSION = "turso_cdc_version";

  /** Operations as the log numbers them. */
  static final int DELETE = -1;

  static final int UPDATE = 0;
  static final int INSERT = 1;
  static final int COMMIT = 2;

  /** Changes of a table are missing: an engine without a log made them. */
  static final int GAP = 3;

  private LogTable() {}

  /** Makes the database's own log and its settings, where they are missing. */
  static void create(TransactionView transaction) {
    if (createLog(transaction, NAME) != LogLayout.V2) {
      throw new SqlException(
          "the table turso_cdc has version 1 of the layout; the database's log needs version 2");
    }
    transaction.execute(
        "CREATE TABLE IF NOT EXISTS turso_cdc_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
    SchemaHistory.create(transaction);
    transaction.execute(
        "CREATE TABLE IF NOT EXISTS turso_cdc_cursor (name TEXT PRIMARY KEY, epoch INTEGER NOT NULL,"
            + " change_id INTEGER NOT NULL, owner TEXT, lease_until INTEGER NOT NULL,"
            + " fence INTEGER NOT NULL, state TEXT NOT NULL, message TEXT, updated INTEGER NOT NULL)");
  }

  /** Makes a log table where it is missing; its layout is the newest, or what it is already. */
  static LogLayout createLog(TransactionView transaction, String name) {
    transaction.execute(
        "CREATE TABLE IF NOT EXISTS turso_cdc_version"
            + " (table_name TEXT PRIMARY KEY, version TEXT NOT NULL)");
    Table present = transaction.schema().table(name);
    if (present == null) {
      transaction.execute(
          "CREATE TABLE "
              + quoted(name)
              + " (change_id INTEGER PRIMARY KEY AUTOINCREMENT,"
              + " change_time INTEGER, change_txn_id INTEGER, change_type INTEGER, table_name TEXT,"
              + " id, \"before\" BLOB, \"after\" BLOB, updates BLOB)");
      transaction.execute(
          "INSERT OR REPLACE INTO turso_cdc_version VALUES (?, ?)",
          Value.text(name),
          Value.text(LogLayout.V2.version()));
      return LogLayout.V2;
    }
    LogLayout layout = LogLayout.of(present);
    transaction.query(
        "SELECT version FROM turso_cdc_version WHERE table_name = ?",
        List.of(Value.text(name)),
        row -> {
          if (!String.valueOf(row.get(0).asString()).equals(layout.version())) {
            throw new SqlException(
                "the table "
                    + name
                    + " is said to have version "
                    + row.get(0).asString()
                    + " of the layout, which this release does not know or which it does not have");
          }
          return false;
        });
    transaction.execute(
        "INSERT OR IGNORE INTO turso_cdc_version VALUES (?, ?)",
        Value.text(name),
        Value.text(layout.version()));
    return layout;
  }

  /** A log table was dropped: it has no version any more. */
  static void dropped(TransactionView transaction, String name) {
    if (transaction.schema().table(VERSION) != null) {
      transaction.execute("DELETE FROM turso_cdc_version WHERE table_name = ?", Value.text(name));
    }
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Whether a table is the engine's own and never logged. */
  static boolean isSideTable(String name) {
    return Names.startsWith(name, "turso_") || Names.startsWith(name, "sqlite_");
  }

  static @Nullable Table find(TransactionView transaction) {
    return transaction.schema().table(NAME);
  }

  static CaptureMode mode(TransactionView transaction) {
    return mode(transaction.schema(), transaction.store());
  }

  /** Reads the mode off the pages themselves: also while the schema is being loaded. */
  static CaptureMode mode(DatabaseSchema schema, PageStore store) {
    Table settings = schema.table(SETTINGS);
    if (settings == null || settings.withoutRowid()) {
      return CaptureMode.OFF;
    }
    RecordReader reader = new RecordReader(encoding(store));
    TableCursor cursor = new TableCursor(store, settings.rootPage());
    for (boolean on = cursor.first(); on; on = cursor.next()) {
      cursor.read(reader);
      if (text(reader, 0).equals("mode")) {
        CaptureMode mode = CaptureMode.named(text(reader, 1));
        return mode == null ? CaptureMode.OFF : mode;
      }
    }
    return CaptureMode.OFF;
  }

  static TextEncoding encoding(PageStore store) {
    return TextEncoding.of(Bytes.i32(store.read(1), DatabaseHeader.TEXT_ENCODING));
  }

  static String text(RecordReader reader, int column) {
    return reader.load(column) == Tag.TEXT
        ? String.valueOf(Value.of(Tag.TEXT, reader.bits(), reader.ref()).asString())
        : "";
  }

  static void mode(TransactionView transaction, CaptureMode mode) {
    transaction.execute(
        "INSERT INTO turso_cdc_settings VALUES ('mode', ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        Value.text(mode.sqlName()));
  }
}
