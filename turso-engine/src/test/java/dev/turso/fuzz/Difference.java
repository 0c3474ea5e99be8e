package dev.turso.fuzz;

/** A statement that this engine and native SQLite do not agree on. */
record Difference(String sql, String what, Outcome theirs, Outcome ours) {

  /** Whether another one is probably the same defect. */
  boolean isLike(Difference other) {
    return what.equals(other.what)
        && theirs.code() == other.theirs.code()
        && ours.code() == other.ours.code()
        && words(theirs.message()).equals(words(other.theirs.message()))
        && words(ours.message()).equals(words(other.ours.message()));
  }

  /** A message without the names in it. */
  private static String words(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.replaceAll("\\b[a-z]+\\d+\\b(\\.\\w+)?", "").replaceAll("near \".*\"", "");
  }

  @Override
  public String toString() {
    return what + ": " + sql + "\n  theirs: " + theirs.shown() + "\n  ours:   " + ours.shown();
  }
}
