package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import dev.turso.format.RecordReader;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.value.Tag;
import dev.turso.value.Value;
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

  /** Where the header says how texts are stored. */
  private static final int ENCODING = 59;

  private LogTable() {}

  static void create(TransactionView transaction) {
    transaction.execute(
        "CREATE TABLE IF NOT EXISTS turso_cdc (change_id INTEGER PRIMARY KEY AUTOINCREMENT,"
            + " change_time INTEGER, change_txn_id INTEGER, change_type INTEGER, table_name TEXT,"
            + " id, \"before\" BLOB, \"after\" BLOB, updates BLOB)");
    transaction.execute(
        "CREATE TABLE IF NOT EXISTS turso_cdc_version"
            + " (table_name TEXT PRIMARY KEY, version TEXT NOT NULL)");
    transaction.execute(
        "CREATE TABLE IF NOT EXISTS turso_cdc_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
    transaction.execute("INSERT OR IGNORE INTO turso_cdc_version VALUES ('turso_cdc', 'v2')");
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
    return TextEncoding.of(store.read(1)[ENCODING]);
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
