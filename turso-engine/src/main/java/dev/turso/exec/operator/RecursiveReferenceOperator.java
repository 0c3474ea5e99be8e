package dev.turso.exec.operator;

/** The one row of a recursive table whose turn it is: it stands where the queue put it. */
final class RecursiveReferenceOperator extends Operator {

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
