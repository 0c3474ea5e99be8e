package dev.turso.exec.expression;

import dev.turso.format.Bytes;
import dev.turso.value.Tag;
import java.util.Arrays;

/** {@code a < b} and the five others, after the affinity the binder chose. */
final class CompareNode extends ConditionNode {

  private final Node left;
  private final Node right;
  private final ComparedPair pair;
  private final int wanted;
  private double[] lefts = {};
  private double[] rights = {};
  private long[] leftTexts = {};
  private long[] rightTexts = {};

  /**
   * @param wanted which signs of the comparison are true, of {@link ComparedPair}
   */
  CompareNode(int wanted, Node left, Node right, ComparedPair pair) {
    this.wanted = wanted;
    this.left = left;
    this.right = right;
    this.pair = pair;
  }

  @Override
  public int truth(Frame f) {
    int tagA = left.eval(f);
    if (tagA == Tag.NULL) {
      return UNKNOWN;
    }
    long bitsA = f.bits;
    byte[] refA = f.ref;
    int tagB = right.eval(f);
    if (tagB == Tag.NULL) {
      return UNKNOWN;
    }
    return ComparedPair.holds(wanted, order(tagA, bitsA, refA, tagB, f));
  }

  @Override
  boolean truths(Frame f, RowVector rows, boolean[] out) {
    if (lefts.length < rows.count()) {
      lefts = new double[rows.count() * 2];
      rights = new double[lefts.length];
    }
    if (!left.reals(f, rows, lefts) || !right.reals(f, rows, rights)) {
      return pair.isBinary() && textTruths(f, rows, out);
    }
    for (int i = 0; i < rows.count(); i++) {
      int order = lefts[i] < rights[i] ? -1 : lefts[i] > rights[i] ? 1 : 0;
      out[i] = ComparedPair.holds(wanted, order) == 1;
    }
    return true;
  }

  private boolean textTruths(Frame f, RowVector rows, boolean[] out) {
    if (leftTexts.length < rows.count()) {
      leftTexts = new long[rows.count() * 2];
      rightTexts = new long[leftTexts.length];
    }
    byte[] a = left.texts(f, rows, leftTexts);
    byte[] b = a == null ? null : right.texts(f, rows, rightTexts);
    if (a == null || b == null) {
      return false;
    }
    for (int i = 0; i < rows.count(); i++) {
      out[i] = ComparedPair.holds(wanted, order(a, leftTexts[i], b, rightTexts[i])) == 1;
    }
    return true;
  }

  /** Most texts differ within their first eight bytes, which are compared as one number. */
  private static int order(byte[] a, long sliceA, byte[] b, long sliceB) {
    int atA = Tag.offset(sliceA);
    int atB = Tag.offset(sliceB);
    int lengthA = Tag.length(sliceA);
    int lengthB = Tag.length(sliceB);
    if (lengthA >= Long.BYTES && lengthB >= Long.BYTES) {
      int order = Long.compareUnsigned(Bytes.i64(a, atA), Bytes.i64(b, atB));
      if (order != 0) {
        return order;
      }
    }
    return Arrays.compareUnsigned(a, atA, atA + lengthA, b, atB, atB + lengthB);
  }

  private int order(int tagA, long bitsA, byte[] refA, int tagB, Frame f) {
    if (tagA == Tag.INTEGER && tagB == Tag.INTEGER) {
      return Long.compare(bitsA, f.bits);
    }
    if (tagA == Tag.REAL && tagB == Tag.REAL) {
      double a = Double.longBitsToDouble(bitsA);
      double b = Double.longBitsToDouble(f.bits);
      return a < b ? -1 : a > b ? 1 : 0;
    }
    return pair.compare(tagA, bitsA, refA, tagB, f.bits, f.ref);
  }
}
