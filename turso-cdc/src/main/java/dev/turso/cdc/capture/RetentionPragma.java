package dev.turso.cdc.capture;

import dev.turso.btree.TableCursor;
import dev.turso.cdc.retention.RetentionPolicy;
import dev.turso.cdc.retention.RetentionSweep;
import dev.turso.change.StatementRows;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Pragma;
import dev.turso.value.Value;
import java.util.List;

/**
 * {@code PRAGMA turso_capture_retention = 'keep_age=7d,limit_rows=10000000'}, and {@code PRAGMA
 * turso_capture_prune}, which removes at once what the policy does not keep.
 */
final class RetentionPragma {

  private static final String RETENTION = "turso_capture_retention";
  private static final String PRUNE = "turso_capture_prune";

  private RetentionPragma() {}

  static boolean is(Pragma pragma) {
    String name = pragma.name().name().text();
    return Names.same(name, RETENTION) || Names.same(name, PRUNE);
  }

  private static boolean isPrune(Pragma pragma) {
    return Names.same(pragma.name().name().text(), PRUNE);
  }

  static boolean writes(Pragma pragma) {
    return isPrune(pragma) || pragma.value() != null;
  }

  static List<String> columns(Pragma pragma) {
    return List.of(isPrune(pragma) ? PRUNE : RETENTION);
  }

  static StatementRows execute(Pragma pragma, TransactionView transaction, long now) {
    Table log = LogTable.find(transaction);
    if (log == null || transaction.schema().table(LogTable.SETTINGS) == null) {
      throw new SqlException(
          "there is no change log: switch it on with PRAGMA turso_capture = 'full'");
    }
    if (isPrune(pragma)) {
      return row(pragma, Value.integer(prune(transaction, log, now)));
    }
    String value = pragma.value();
    if (value != null) {
      RetentionSweep.policy(
          transaction, value.equalsIgnoreCase("off") ? null : RetentionPolicy.parse(value));
    }
    RetentionPolicy policy = RetentionSweep.policy(transaction);
    return row(pragma, Value.text(policy == null ? "off" : policy.toString()));
  }

  private static StatementRows row(Pragma pragma, Value value) {
    return new StatementRows(columns(pragma), List.of(List.of(value)));
  }

  private static long prune(TransactionView transaction, Table log, long now) {
    RetentionPolicy policy = RetentionSweep.policy(transaction);
    long removed = 0;
    while (policy != null) {
      TableCursor cursor = new TableCursor(transaction.store(), log.rootPage());
      long newest = cursor.last() ? cursor.rowid() : 0;
      long some =
          RetentionSweep.run(
              transaction, log, LogTable.encoding(transaction.store()), policy, newest, now);
      if (some == 0) {
        break;
      }
      removed += some;
    }
    return removed;
  }
}
