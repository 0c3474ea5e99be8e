package dev.turso.exec.expression;

import dev.turso.value.Tag;

/** {@code CASE x WHEN a THEN …}: x is computed once and compared with one test after another. */
final class BaseCaseNode extends Node {

  private final Node base;
  private final Node[] tests;
  private final ComparedPair[] pairs;
  private final Node[] results;
  private final Node otherwise;

  BaseCaseNode(Node base, Node[] tests, ComparedPair[] pairs, Node[] results, Node otherwise) {
    this.base = base;
    this.tests = tests;
    this.pairs = pairs;
    this.results = results;
    this.otherwise = otherwise;
  }

  @Override
  public int eval(Frame f) {
    return chosen(f).eval(f);
  }

  private Node chosen(Frame f) {
    int tag = base.eval(f);
    if (tag == Tag.NULL) {
      return otherwise;
    }
    long bits = f.bits;
    byte[] ref = f.ref;
    for (int i = 0; i < tests.length; i++) {
      int other = tests[i].eval(f);
      if (other != Tag.NULL && pairs[i].compare(tag, bits, ref, other, f.bits, f.ref) == 0) {
        return results[i];
      }
    }
    return otherwise;
  }
}
