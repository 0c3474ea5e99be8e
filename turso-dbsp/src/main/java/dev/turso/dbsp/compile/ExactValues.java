package dev.turso.dbsp.compile;

import dev.turso.dbsp.circuit.Keys;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;

/** Which expressions give values that look the same whenever SQL takes them for equal. */
final class ExactValues {

  private ExactValues() {}

  /** Whether equal values of an expression, under a collation, are always identical. */
  static boolean exact(ColumnPlaces places, BoundExpression expression, Collation collation) {
    if (!Keys.supports(collation)) {
      throw new NoIncrementalForm("grouping under the collation " + collation.name());
    }
    return switch (ColumnPlaces.plain(expression)) {
      case BoundExpression.ColumnReference e -> exact(places, e.column(), collation);
      case BoundExpression.Constant e -> true;
      case BoundExpression.Comparison e -> true;
      case BoundExpression.IsNull e -> true;
      case BoundExpression.Concat e -> collation == Collation.BINARY;
      case BoundExpression.Cast e -> exactAffinity(e.target(), collation);
      case BoundExpression.FunctionCall e ->
          collation == Collation.BINARY && givesText(e.function().signature().name());
      default -> false;
    };
  }

  /** Whether equal values of a column are always identical. */
  static boolean exact(ColumnPlaces places, BoundColumn column, Collation collation) {
    if (!Keys.supports(collation)) {
      throw new NoIncrementalForm("grouping under the collation " + collation.name());
    }
    return places.isTyped(column) && exactAffinity(column.affinity(), collation);
  }

  /** A column of numeric affinity holds 1.0 as 1, one of REAL affinity 1 as 1.0. */
  private static boolean exactAffinity(Affinity affinity, Collation collation) {
    boolean converts = affinity == Affinity.TEXT || affinity.isNumeric();
    return converts && collation == Collation.BINARY;
  }

  private static boolean givesText(String function) {
    return switch (function) {
      case "lower",
          "upper",
          "trim",
          "ltrim",
          "rtrim",
          "hex",
          "typeof",
          "quote",
          "replace",
          "date",
          "time",
          "datetime",
          "strftime" ->
          true;
      default -> false;
    };
  }
}
