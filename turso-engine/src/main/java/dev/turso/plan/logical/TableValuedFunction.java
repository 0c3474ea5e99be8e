package dev.turso.plan.logical;

import dev.turso.schema.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * A function that stands in a FROM clause, as far as binding and planning need to know it. What runs
 * it implements this in {@code dev.turso.vtab}.
 */
public interface TableValuedFunction {

  /** Its name in SQL. */
  String name();

  /**
   * Its columns. The {@linkplain Column#hidden() hidden} ones are its parameters, in order: not part
   * of {@code *}, but visible by name.
   */
  List<Column> columns();

  /**
   * What a call may be given: the hidden columns to be equal to something, in their order, and behind
   * these whatever else of a WHERE clause makes its work shorter. It may give rows for which the
   * latter are not true: they are tried again on every row.
   */
  default List<Parameter> parameters() {
    List<Column> columns = columns();
    List<Parameter> hidden = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).hidden()) {
        hidden.add(new Parameter(i, ComparisonOperator.EQUAL));
      }
    }
    return hidden;
  }

  /**
   * About how many rows a call gives.
   *
   * @param given which of the {@link #parameters} have a value
   */
  default double estimatedRows(List<Boolean> given) {
    return 25;
  }

  /**
   * A comparison of a column with a value.
   *
   * @param column the index of the column
   * @param operator how the column, on the left, is compared with the value
   */
  record Parameter(int column, ComparisonOperator operator) {}
}
