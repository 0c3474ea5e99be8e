package dev.turso.exec.expression;

import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import java.util.Comparator;

/** Registers in the order of values under a collation. */
final class RegisterOrder implements Comparator<Register> {

  private final Collation collation;

  RegisterOrder(Collation collation) {
    this.collation = collation;
  }

  @Override
  public int compare(Register a, Register b) {
    return Comparison.compare(a, b, collation);
  }
}
