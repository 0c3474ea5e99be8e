package dev.turso.plan.physical;

import dev.turso.schema.Column;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.Table;

/** Guesses of sizes where nothing was analyzed, and what was analyzed where something was. Stateless. */
final class Estimates {

  /** Rows of a table that was never analyzed. */
  static final double DEFAULT_ROWS = 1 << 20;

  /** Rows that equal values in the first columns of an index find, by number of columns. */
  private static final double[] DEFAULT_EQUAL = {DEFAULT_ROWS, 10, 9, 8, 7, 6.5, 5};

  private Estimates() {}

  static double rows(Table table) {
    if (table.analyzedRows() >= 0) {
      return Math.max(1, table.analyzedRows());
    }
    for (Index each : table.indexes()) {
      long[] statistics = each.statistics();
      if (statistics != null && statistics.length > 0 && each.predicate() == null) {
        return Math.max(1, statistics[0]);
      }
    }
    return DEFAULT_ROWS;
  }

  /** How many entries have given values in the first columns. */
  static double equalRows(Index index, int columns, double tableRows) {
    if (index.unique() && columns >= index.parts().size()) {
      return 1;
    }
    if (columns > index.parts().size()) {
      return 1;
    }
    long[] statistics = index.statistics();
    if (statistics != null && statistics.length > columns) {
      return Math.max(1, statistics[columns]);
    }
    double guess = DEFAULT_EQUAL[Math.min(columns, DEFAULT_EQUAL.length - 1)];
    return Math.min(guess, tableRows);
  }

  /** Cost of reading one entry of an index, against that of a row. */
  static double entryCost(Index index) {
    double ratio = width(index) / width(index.table());
    return Math.pow(2, (1 + 15 * ratio) / 10);
  }

  static double width(Index index) {
    double sum = 0;
    for (IndexPart each : index.storedParts()) {
      sum += each.column() >= 0 ? width(index.table().columns().get(each.column())) : 1;
    }
    return sum;
  }

  static double width(Table table) {
    double sum = table.rowidAlias() < 0 ? 1 : 0;
    for (Column each : table.columns()) {
      sum += width(each);
    }
    return sum;
  }

  private static int width(Column column) {
    String type = column.declaredType();
    if (type == null || column.affinity().isNumeric()) {
      return 1;
    }
    int open = type.indexOf('(');
    if (open < 0) {
      return type.regionMatches(true, Math.max(0, type.length() - 4), "CHAR", 0, 4) ? 1 : 5;
    }
    int n = 0;
    for (int i = open + 1; i < type.length() && Character.isDigit(type.charAt(i)); i++) {
      n = Math.min(n * 10 + type.charAt(i) - '0', 1 << 16);
    }
    return n / 4 + 1;
  }

  static double log(double rows) {
    return rows < 2 ? 1 : Math.log(rows) / Math.log(2);
  }

  /** Cost of sorting. */
  static double sort(double rows) {
    return rows * log(rows) * 0.6;
  }
}
