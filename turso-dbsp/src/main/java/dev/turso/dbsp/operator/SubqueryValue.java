package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Version;
import dev.turso.value.Register;

/** What a subquery in an expression gives for the outer row in the frame. */
public interface SubqueryValue {

  /** Computes the value; a slice is the register's own afterwards. */
  void evaluate(Version version, Register into);

  /** For EXPLAIN. */
  String describe();
}
