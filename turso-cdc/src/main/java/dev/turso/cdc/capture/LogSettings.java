package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.change.ExtensionHost;
import dev.turso.change.TransactionView;
import dev.turso.format.RecordReader;
import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a log as a writer's transaction sees them, read again only when they may have changed.
 * Used under the writer's turn.
 */
final class LogSettings {

  private final ExtensionHost host;
  private boolean known;
  private long cookie;
  private long foreignCommits;
  private CaptureMode mode = CaptureMode.OFF;
  private @Nullable String retention;

  LogSettings(ExtensionHost host) {
    this.host = host;
  }

  CaptureMode mode(TransactionView transaction) {
    read(transaction);
    return mode;
  }

  /** What retention is set to, or null. */
  @Nullable String retention(TransactionView transaction) {
    read(transaction);
    return retention;
  }

  /** Something was set or rolled back. */
  void forget() {
    known = false;
  }

  private void read(TransactionView transaction) {
    long schema = transaction.schema().cookie();
    long foreign = host.foreignCommits();
    if (known && cookie == schema && foreignCommits == foreign) {
      return;
    }
    mode = LogTable.mode(transaction);
    retention = null;
    Table settings = transaction.schema().table(LogTable.SETTINGS);
    if (settings != null && !settings.withoutRowid()) {
      RecordReader reader = new RecordReader(LogTable.encoding(transaction.store()));
      TableCursor cursor = new TableCursor(transaction.store(), settings.rootPage());
      for (boolean on = cursor.first(); on; on = cursor.next()) {
        cursor.read(reader);
        if (LogTable.text(reader, 0).equals("retention")) {
          retention = LogTable.text(reader, 1);
        }
      }
    }
    cookie = schema;
    foreignCommits = foreign;
    known = true;
  }
}
