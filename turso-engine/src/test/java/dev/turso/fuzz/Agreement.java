package dev.turso.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements that this engine and native SQLite are both asked. */
final class Agreement {

  private Agreement() {}

  /** Asserts that, one after another on an empty database, both answer each with the same rows or error. */
  static void agree(String... statements) {
    try (Engine theirs = new NativeEngine();
        Engine ours = new TursoEngine()) {
      for (String sql : statements) {
        Outcome expected = theirs.run(sql);
        Outcome actual = ours.run(sql);
        assertThat(actual.code()).as("%s: %s", sql, actual.message()).isEqualTo(expected.code());
        assertThat(actual.rows()).as(sql).isEqualTo(expected.rows());
      }
    }
  }
}
