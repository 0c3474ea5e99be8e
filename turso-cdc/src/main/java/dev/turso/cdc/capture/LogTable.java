package dev.turso.cdc.capture;

import dev.turso.change.TransactionView;
import dev.turso.schema.Table;
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
    if (transaction.schema().table(SETTINGS) == null) {
      return CaptureMode.OFF;
    }
    CaptureMode[] found = {CaptureMode.OFF};
    transaction.query(
        "SELECT value FROM turso_cdc_settings WHERE name = 'mode'",
        List.of(),
        row -> {
          CaptureMode mode = CaptureMode.named(String.valueOf(row.get(0).asString()));
          found[0] = mode == null ? CaptureMode.OFF : mode;
          return false;
        });
    return found[0];
  }

  static void mode(TransactionView transaction, CaptureMode mode) {
    transaction.execute(
        "INSERT INTO turso_cdc_settings VALUES ('mode', ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        Value.text(mode.sqlName()));
  }
}
