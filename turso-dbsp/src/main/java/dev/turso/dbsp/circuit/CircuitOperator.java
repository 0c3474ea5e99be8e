package dev.turso.dbsp.circuit;

import java.util.List;

/**
 * One node of a circuit: a relation that changes.
 *
 * <p>Used by the thread that runs the circuit.
 */
public abstract class CircuitOperator {

  /** The slots of the output columns, in order; two columns may share one. */
  public abstract int[] slots();

  /** What the order of rows in the sources says about the order of these; unique per base row. */
  public abstract List<OrderPart> order();

  /** The slot of a rowid that names each row for as long as it exists, or -1. */
  public int identitySlot() {
    return -1;
  }

  /** Whether a row is made of rows of several inputs: its identity is that of one of them. */
  public boolean joins() {
    return false;
  }

  /** Brings state up to date; called once a step, inputs first (X3). */
  public void advance() {}

  /** Whether this step may have changed anything here. */
  public abstract boolean changed();

  /** Gives the differences that this step makes. */
  public abstract void changes(RowSink sink);

  /** The cheapest way to the rows that satisfy the equalities on this operator's slots. */
  public abstract Access access(List<Equality> equalities);

  /** The operators that this one reads. */
  public abstract List<CircuitOperator> inputs();

  /** One line for EXPLAIN. */
  public abstract String describe();

  /**
   * Whether changes come from those of the inputs and from state alone, so that no table is read for
   * them.
   */
  public boolean readsChangesOnly() {
    return false;
  }

  /** What the layout of this operator's state depends on; empty for a virtual one. */
  public String stateShape() {
    return "";
  }

  /** Indexes that this operator is sought by and its table lacks: table and columns as SQL. */
  public List<WantedIndex> missingIndexes() {
    return List.of();
  }

  /** Whether this operator evaluates its query anew instead of working on changes. */
  public boolean recomputes() {
    return false;
  }
}
