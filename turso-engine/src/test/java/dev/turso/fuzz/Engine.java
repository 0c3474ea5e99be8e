package dev.turso.fuzz;

/** A database in memory that runs statements. */
public interface Engine extends AutoCloseable {

  /** Runs one statement to its end. */
  Outcome run(String sql);

  @Override
  void close();
}
