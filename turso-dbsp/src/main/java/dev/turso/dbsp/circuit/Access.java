package dev.turso.dbsp.circuit;

/** A way to a relation's rows, chosen when the circuit was compiled. */
public abstract class Access {

  /** Cost of reading a relation whole, against 1 for a row found by its key. */
  public static final double WHOLE = 10_000;

  private final double cost;

  protected Access(double cost) {
    this.cost = cost;
  }

  /** An estimate of the rows touched, to compare ways with. */
  public final double cost() {
    return cost;
  }

  /** Tells that this way will be used, before the circuit runs: it may need an index. */
  public void chosen() {}

  /** Gives the rows that may satisfy the equalities this way was chosen for (X2). */
  public abstract void rows(Version version, RowSink sink);

  /** How the rows are found, for EXPLAIN. */
  public abstract String describe();

  /** What a way over another one gives. */
  @FunctionalInterface
  public interface Rows {
    void rows(Version version, RowSink sink);
  }

  /**
   * A way to rows that are made of those of another way.
   *
   * @param rows gives them, from {@code below}
   * @param made what stands before the other's description; empty if each row comes from one row
   */
  public static Access over(Access below, double cost, String made, Rows rows) {
    return new Access(cost) {
      @Override
      public void chosen() {
        below.chosen();
      }

      @Override
      public void rows(Version version, RowSink sink) {
        rows.rows(version, sink);
      }

      @Override
      public String describe() {
        return made + below.describe();
      }
    };
  }
}
