package dev.turso.exec.expression;

import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Tag;

/**
 * How two operands are brought together: the affinity each takes on, and the collation.
 *
 * <p>Not thread-safe: conversions work in registers of its own.
 */
public final class ComparedPair {

  /** The sets of signs for which an operator holds: one bit each for less, equal and greater. */
  public static final int LESS = 1;

  public static final int EQUAL = 2;
  public static final int GREATER = 4;

  private final Affinity left;
  private final Affinity right;
  private final Collation collation;
  private final Register a = new Register();
  private final Register b = new Register();

  /** Whether two integers are compared as they are. */
  final boolean plainIntegers;

  public ComparedPair(Affinity left, Affinity right, Collation collation) {
    this.left = left;
    this.right = right;
    this.collation = collation;
    this.plainIntegers = left != Affinity.TEXT && right != Affinity.TEXT;
  }

  /** Whether an operator that holds for these signs holds for this outcome of a comparison. */
  static int holds(int wanted, int order) {
    return order < 0 ? wanted & 1 : order == 0 ? wanted >> 1 & 1 : wanted >> 2;
  }

  /** The sign of the comparison; a NULL sorts before everything and equals NULL. */
  public int compare(int tagA, long bitsA, byte[] refA, int tagB, long bitsB, byte[] refB) {
    if (needs(left, tagA) || needs(right, tagB)) {
      a.set(tagA, bitsA, refA);
      b.set(tagB, bitsB, refB);
      left.apply(a);
      right.apply(b);
      return Comparison.compare(a, b, collation);
    }
    return Comparison.compare(tagA, bitsA, refA, tagB, bitsB, refB, collation);
  }

  private static boolean needs(Affinity affinity, int tag) {
    return switch (affinity) {
      case TEXT -> tag == Tag.INTEGER || tag == Tag.REAL;
      case NUMERIC, INTEGER, REAL -> tag == Tag.TEXT;
      case NONE, BLOB -> false;
    };
  }
}
