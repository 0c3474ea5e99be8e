package dev.turso.plan.logical;

import dev.turso.schema.Column;
import java.util.List;

/**
 * A function that stands in a FROM clause, as far as binding needs to know it. What runs it
 * implements this in {@code dev.turso.vtab}.
 */
public interface TableValuedFunction {

  /** Its name in SQL. */
  String name();

  /**
   * Its columns. The {@linkplain Column#hidden() hidden} ones are its parameters, in order: not part
   * of {@code *}, but visible by name.
   */
  List<Column> columns();
}
