package dev.turso.exec.operator;

import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import java.util.Comparator;

/** Registers in the order of values under a collation. */
final class ValueOrder implements Comparator<Register> {

  private final Collation collation;

  ValueOrder(Collation collation) {
    this.collation = collation;
  }

  @Override
  public int compare(Register a, Register b) {
    return Comparison.compare(a, b, collation);
  }
}
