package dev.turso.cdc.capture;

import dev.turso.change.RowChange;
import dev.turso.change.RowValues;
import dev.turso.change.TransactionView;
import dev.turso.schema.Names;
import dev.turso.schema.Table;

/**
 * The table in which triggers note that an engine without materialized views, and so without a log, has
 * written the base of one. Whoever mends the views removes its rows, in whose place the log gets gaps.
 */
final class ForeignFlags {

  private static final String NAME = "turso_foreign";

  private ForeignFlags() {}

  static boolean is(Table table) {
    return Names.same(table.name(), NAME);
  }

  /** The name of the table that a removed flag is about. */
  static String base(RowChange removed, TransactionView transaction) {
    RowValues values = new RowValues(LogTable.encoding(transaction.store()));
    values.before(removed);
    String folded = String.valueOf(values.get(0).asString());
    Table table = transaction.schema().table(folded);
    return table == null ? folded : table.name();
  }
}
