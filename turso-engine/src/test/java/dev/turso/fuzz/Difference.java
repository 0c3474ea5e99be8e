package dev.turso.fuzz;

/** A statement that this engine and native SQLite do not agree on. */
record Difference(String sql, String what, Outcome theirs, Outcome ours) {

  @Override
  public String toString() {
    return what + ": " + sql + "\n  theirs: " + theirs.shown() + "\n  ours:   " + ours.shown();
  }
}
