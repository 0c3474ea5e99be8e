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
}
