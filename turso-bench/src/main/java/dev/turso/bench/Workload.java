package dev.turso.bench;

import java.sql.SQLException;

/** One thing that an application does, measured on whatever engine {@link Bench} has open. */
interface Workload {

  /** The name under which it is asked for and reported. */
  String label();

  /** Whether an engine can run it; SQLite has no materialized views. */
  default boolean runsOn(Engine engine) {
    return true;
  }

  void run(Bench bench) throws SQLException;
}
