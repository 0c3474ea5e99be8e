package dev.turso.fuzz;

/** What statements have exercised. */
final class Coverage {
  void add(String sql, boolean failed, Engine ours) {}
}
