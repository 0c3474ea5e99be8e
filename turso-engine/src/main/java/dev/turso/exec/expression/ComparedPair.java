package dev.turso.exec.expression;

import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/**
 * How two operands are brought together: the affinity that both take on, and the collation.
 *
 * <p>NUMERIC turns a text that looks like a number into one, on either side; TEXT turns a number into
 * text where the other side is text. Not thread-safe: conversions work in registers of its own.
 */
public final class ComparedPair {

  /** The sets of signs for which an operator holds: one bit each for less, equal and greater. */
  public static final int LESS = 1;

  public static final int EQUAL = 2;
  public static final int GREATER = 4;

  private final Affinity affinity;
  private final Collation collation;
  private final Register a = new Register();
  private final Register b = new Register();

  public ComparedPair(Affinity affinity, Collation collation) {
    this.affinity = affinity;
    this.collation = collation;
  }

  /** Whether texts are compared by their bytes. */
  boolean isBinary() {
    return collation == Collation.BINARY;
  }

  /** Whether an operator that holds for these signs holds for this outcome of a comparison. */
  static int holds(int wanted, int order) {
    return order < 0 ? wanted & 1 : order == 0 ? wanted >> 1 & 1 : wanted >> 2;
  }

  /** The sign of the comparison; a NULL sorts before everything and equals NULL. */
  public int compare(int tagA, long bitsA, byte[] refA, int tagB, long bitsB, byte[] refB) {
    if (affinity != Affinity.NONE && affinity != Affinity.BLOB && mustConvert(tagA, tagB)) {
      a.set(tagA, bitsA, refA);
      b.set(tagB, bitsB, refB);
      affinity.apply(a);
      affinity.apply(b);
      return Comparison.compare(a, b, collation);
    }
    return Comparison.compare(tagA, bitsA, refA, tagB, bitsB, refB, collation);
  }

  private boolean mustConvert(int tagA, int tagB) {
    if (affinity == Affinity.TEXT) {
      return tagA == Tag.TEXT && isNumber(tagB) || tagB == Tag.TEXT && isNumber(tagA);
    }
    return tagA == Tag.TEXT || tagB == Tag.TEXT;
  }

  private static boolean isNumber(int tag) {
    return tag == Tag.INTEGER || tag == Tag.REAL;
  }
}
