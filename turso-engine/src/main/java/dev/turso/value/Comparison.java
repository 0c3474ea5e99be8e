package dev.turso.value;

/**
 * The order of values: NULL, then numbers, then TEXT under a collation, then BLOB.
 *
 * <p>An INTEGER and a REAL are compared as the exact numbers they are, so the order is total and
 * transitive. NULL equals NULL here, as sorting, grouping and DISTINCT want it; operators that give
 * NULL for a NULL operand look at the tags first. Affinity has been applied before. Stateless, and
 * nothing is allocated.
 *
 * @see <a href="https://www.sqlite.org/datatype3.html#sort_order">Datatypes, 4.1</a>
 */
public final class Comparison {

  private Comparison() {}

  /** Negative, zero or positive as the first value sorts before, with or after the second. */
  public static int compare(Register a, Register b, Collation collation) {
    return compare(a.tag, a.bits, a.ref, b.tag, b.bits, b.ref, collation);
  }

  /** Negative, zero or positive as the first lane sorts before, with or after the second. */
  public static int compare(
      int tagA, long bitsA, byte[] refA, int tagB, long bitsB, byte[] refB, Collation collation) {
    if (tagA == Tag.INTEGER && tagB == Tag.INTEGER) {
      return Long.compare(bitsA, bitsB);
    }
    if (tagA == Tag.TEXT && tagB == Tag.TEXT) {
      return collation.compare(
          refA, (int) (bitsA >>> 32), (int) bitsA, refB, (int) (bitsB >>> 32), (int) bitsB);
    }
    return compareOthers(tagA, bitsA, refA, tagB, bitsB, refB);
  }

  /** Whether the two are one value for SQL, NULL being equal to NULL. */
  public static boolean same(Register a, Register b, Collation collation) {
    return compare(a.tag, a.bits, a.ref, b.tag, b.bits, b.ref, collation) == 0;
  }

  private static int compareOthers(
      int tagA, long bitsA, byte[] refA, int tagB, long bitsB, byte[] refB) {
    if (tagA == Tag.NULL || tagB == Tag.NULL || tagA >= Tag.TEXT || tagB >= Tag.TEXT) {
      return tagA == Tag.BLOB && tagB == Tag.BLOB
          ? compareBytes(bitsA, refA, bitsB, refB)
          : tagA - tagB;
    }
    return compareNumbers(tagA, bitsA, tagB, bitsB);
  }

  /** Compares two numbers, each INTEGER or REAL. */
  public static int compareNumbers(int tagA, long bitsA, int tagB, long bitsB) {
    if (tagA == Tag.INTEGER) {
      return tagB == Tag.INTEGER
          ? Long.compare(bitsA, bitsB)
          : Numbers.compare(bitsA, Double.longBitsToDouble(bitsB));
    }
    double a = Double.longBitsToDouble(bitsA);
    if (tagB == Tag.INTEGER) {
      return -Numbers.compare(bitsB, a);
    }
    double b = Double.longBitsToDouble(bitsB);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private static int compareBytes(long bitsA, byte[] refA, long bitsB, byte[] refB) {
    return Collation.BINARY.compare(
        refA, (int) (bitsA >>> 32), (int) bitsA, refB, (int) (bitsB >>> 32), (int) bitsB);
  }
}
