package dev.turso.exec.operator;

/** One row without columns. */
final class SingleRowOperator extends Operator {

  private boolean given;

  @Override
  public void open() {
    given = false;
  }

  @Override
  public boolean next() {
    boolean first = !given;
    given = true;
    return first;
  }

  @Override
  public void close() {}
}
