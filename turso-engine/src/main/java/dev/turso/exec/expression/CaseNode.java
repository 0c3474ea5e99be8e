package dev.turso.exec.expression;

import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/** {@code CASE WHEN … THEN … ELSE … END} and the form with a base. */
final class CaseNode extends Node {

  private final Node[] conditions;
  private final Node[] results;
  private final @Nullable Node otherwise;
  private final boolean subtype;
  private boolean[] holds = {};
  private long[] chosen = {};

  CaseNode(Node[] conditions, Node[] results, @Nullable Node otherwise) {
    this.conditions = conditions;
    this.results = results;
    this.otherwise = otherwise;
    this.subtype = anySubtype();
  }

  private boolean anySubtype() {
    boolean any = otherwise != null && otherwise.hasSubtype();
    for (Node each : results) {
      any |= each.hasSubtype();
    }
    return any;
  }

  @Override
  public int eval(Frame f) {
    for (int i = 0; i < conditions.length; i++) {
      if (conditions[i].truth(f) == 1) {
        return give(results[i], f);
      }
    }
    return otherwise == null ? Tag.NULL : give(otherwise, f);
  }

  @Override
  public boolean integers(Frame f, RowVector rows, long[] out) {
    if (otherwise == null || !otherwise.integers(f, rows, out)) {
      return false;
    }
    if (holds.length < rows.count()) {
      holds = new boolean[out.length];
      chosen = new long[out.length];
    }
    for (int branch = conditions.length - 1; branch >= 0; branch--) {
      if (!conditions[branch].truths(f, rows, holds)
          || !results[branch].integers(f, rows, chosen)) {
        return false;
      }
      for (int i = 0; i < rows.count(); i++) {
        out[i] = holds[i] ? chosen[i] : out[i];
      }
    }
    return true;
  }

  private static int give(Node node, Frame f) {
    int tag = node.eval(f);
    if (!node.hasSubtype()) {
      f.subtype = 0;
    }
    return tag;
  }

  @Override
  public boolean hasSubtype() {
    return subtype;
  }
}
