package dev.turso.dbsp.subscribe;

import dev.turso.change.Position;
import java.util.List;

/** A running subscription to the result of a query. Safe for any thread. */
public interface LiveQuery extends AutoCloseable {

  String sql();

  List<String> columns();

  /** The commit up to which messages have been handed to the listener. */
  Position position();

  /**
   * Waits until the listener has been told everything up to a commit.
   *
   * @throws java.util.concurrent.TimeoutException if that takes longer; never a stale answer instead
   */
  void await(Position position, long timeoutMillis)
      throws InterruptedException, java.util.concurrent.TimeoutException;

  /** Rows in the result now. */
  long rows();

  /** Rows that the circuit touched for the newest commit. */
  long rowsTouched();

  /** Nanoseconds that the circuit took for the newest commit. */
  long nanos();

  /** How often SQL was run for this query: once, for the first answer, unless it had to start over. */
  long statementsExecuted();

  @Override
  void close();
}
