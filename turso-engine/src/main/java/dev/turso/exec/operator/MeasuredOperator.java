package dev.turso.exec.operator;

/** An operator that counts its rows and time, for EXPLAIN ANALYZE. */
final class MeasuredOperator extends Operator {

  private final Operator measured;
  private final PlanMeasure measure;

  MeasuredOperator(Operator measured, PlanMeasure measure) {
    this.measured = measured;
    this.measure = measure;
  }

  @Override
  public void open() {
    long start = System.nanoTime();
    measured.open();
    measure.opened(System.nanoTime() - start);
  }

  @Override
  public boolean next() {
    long start = System.nanoTime();
    boolean more = measured.next();
    measure.moved(more, System.nanoTime() - start);
    return more;
  }

  @Override
  public void close() {
    measured.close();
  }
}
