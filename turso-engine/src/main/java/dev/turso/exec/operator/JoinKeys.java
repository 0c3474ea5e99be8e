package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowVector;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/** The pairs of expressions that a hash join holds equal. */
final class JoinKeys {

  private final Node[] outer;
  private final Node[] inner;
  private final Affinity[] affinities;
  private final Collation[] collations;

  /** Of each pair whether NULL equals NULL: IS instead of =. */
  private final boolean[] nullsEqual;

  private final Register[] values;

  JoinKeys(
      Node[] outer,
      Node[] inner,
      Affinity[] affinities,
      Collation[] collations,
      boolean[] nullsEqual) {
    this.outer = outer;
    this.inner = inner;
    this.affinities = affinities;
    this.collations = collations;
    this.nullsEqual = nullsEqual;
    this.values = Registers.create(outer.length);
  }

  Collation[] collations() {
    return collations;
  }

  /** The key computed last. */
  Register[] values() {
    return values;
  }

  /** Computes the key of the outer row; false if it equals none. */
  boolean outer(Frame frame) {
    return compute(outer, frame);
  }

  /** Computes the key of the inner row; false if it equals none. */
  boolean inner(Frame frame) {
    return compute(inner, frame);
  }

  /** Computes the keys of many outer rows, if each is a single integer and stays one. */
  boolean outerIntegers(Frame frame, RowVector rows, long[] out) {
    return outer.length == 1
        && affinities[0] != Affinity.TEXT
        && affinities[0] != Affinity.REAL
        && outer[0].integers(frame, rows, out);
  }

  private boolean compute(Node[] nodes, Frame frame) {
    for (int i = 0; i < nodes.length; i++) {
      Register value = values[i];
      nodes[i].evalInto(frame, value);
      if (value.tag == Tag.NULL) {
        if (!nullsEqual[i]) {
          return false;
        }
      } else {
        affinities[i].apply(value);
      }
    }
    return true;
  }
}
