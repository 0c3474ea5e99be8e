package dev.turso.dbsp.operator;

import java.util.List;

/** Which rows of a partition may have other results after some of its rows have changed. */
public sealed interface WindowReach {

  /** What the results of a window's functions rest on, as EXPLAIN tells it. */
  String describe();

  /** Any of them. */
  record Whole() implements WindowReach {
    @Override
    public String describe() {
      return "recompute: each changed partition";
    }
  }

  /**
   * A row's result rests on so many rows before it and after it.
   *
   * @param before at least 0
   * @param after at least 0
   */
  record Around(int before, int after) implements WindowReach {
    @Override
    public String describe() {
      return "rows around each change: " + before + " before, " + after + " after";
    }
  }

  /**
   * The result of a row, or of the last of its peers, and the rows after it give all later results.
   *
   * @param carried how each function goes on from a result
   * @param bound the highest place that is wanted of a window that tells places: further ones may be
   *     any that are higher
   */
  record Running(List<CarriedResult> carried, long bound) implements WindowReach {
    @Override
    public String describe() {
      return "from each change to where results are the same again"
          + (bound < Long.MAX_VALUE ? ", up to " + bound : "");
    }
  }
}
