package dev.turso.cdc.capture;

import dev.turso.change.StatementRows;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import dev.turso.sql.ast.Pragma;
import dev.turso.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code PRAGMA capture_data_changes_conn('mode[,table]')}: what the session changes is logged. Names
 * and answers are Turso's, see "Change Data Capture" in its manual.
 */
final class SessionCapturePragma {

  private static final String NAME = "capture_data_changes_conn";
  private static final String OLD_NAME = "unstable_capture_data_changes_conn";
  private static final List<String> COLUMNS = List.of("mode", "table", "version");

  private SessionCapturePragma() {}

  static boolean is(Pragma pragma) {
    String name = pragma.name().name().text();
    return Names.same(name, NAME) || Names.same(name, OLD_NAME);
  }

  static boolean writes(Pragma pragma) {
    String value = pragma.value();
    return value != null && CaptureMode.named(mode(value)) != CaptureMode.OFF;
  }

  static List<String> columns(Pragma pragma) {
    return pragma.value() == null ? COLUMNS : List.of();
  }

  private static String mode(String value) {
    int comma = value.indexOf(',');
    return (comma < 0 ? value : value.substring(0, comma)).strip();
  }

  private static String table(String value) {
    int comma = value.indexOf(',');
    return comma < 0 ? LogTable.NAME : value.substring(comma + 1).strip();
  }

  static @Nullable StatementRows execute(
      Pragma pragma, AttachedChangeLog database, TransactionView transaction) {
    SessionCapture capture = database.of(transaction);
    String value = pragma.value();
    if (value == null) {
      return new StatementRows(COLUMNS, List.of(row(capture.target())));
    }
    CaptureMode mode = CaptureMode.named(mode(value));
    String table = table(value);
    if (mode == null || table.isEmpty() || Names.startsWith(table, "sqlite_")) {
      throw new SqlException(
          "unexpected pragma value: expected '<mode>' or '<mode>,<cdc-table-name>' parameter where"
              + " mode is one of off|id|before|after|full");
    }
    if (mode == CaptureMode.OFF) {
      transaction.participate(capture);
      capture.target(null);
      transaction.participate(null);
      return null;
    }
    LogLayout layout = LogTable.createLog(transaction, table);
    transaction.participate(capture);
    capture.target(new SessionCapture.Target(mode, table, layout));
    database.sessionLogsInto(table);
    return null;
  }

  private static List<Value> row(SessionCapture.@Nullable Target target) {
    return target == null
        ? List.of(Value.text("off"), Value.NULL, Value.NULL)
        : List.of(
            Value.text(target.mode().sqlName()),
            Value.text(target.table()),
            Value.text(target.layout().version()));
  }
}
