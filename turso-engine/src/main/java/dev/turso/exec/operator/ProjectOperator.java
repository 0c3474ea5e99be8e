package dev.turso.exec.operator;

import dev.turso.exec.expression.MemoNode;

/** Computed columns: each is computed when first asked for after the row has moved. */
final class ProjectOperator extends Operator {

  private final Operator input;
  private final MemoNode[] computed;

  ProjectOperator(Operator input, MemoNode[] computed) {
    this.input = input;
    this.computed = computed;
  }

  @Override
  public void open() {
    input.open();
  }

  @Override
  public boolean next() {
    boolean more = input.next();
    for (MemoNode each : computed) {
      each.forget();
    }
    return more;
  }

  @Override
  public void close() {
    input.close();
  }
}
