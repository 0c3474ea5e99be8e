package dev.turso.exec.operator;

/** What one step of a plan did while it ran: rows, openings, nanoseconds (its inputs included). */
public final class PlanMeasure {

  private long openings;
  private long rows;
  private long nanos;

  void opened(long time) {
    openings++;
    nanos += time;
  }

  void moved(boolean row, long time) {
    rows += row ? 1 : 0;
    nanos += time;
  }

  public long openings() {
    return openings;
  }

  public long rows() {
    return rows;
  }

  public long nanos() {
    return nanos;
  }
}
