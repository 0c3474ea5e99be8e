package dev.turso.dbsp.circuit;

/** Takes rows whose columns stand in the frame. */
@FunctionalInterface
public interface RowSink {

  /** The row in the frame occurs this many times more (or, if negative, fewer). */
  void row(long weight);
}
