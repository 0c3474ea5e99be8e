package dev.turso.sql.ast;

import org.jspecify.annotations.Nullable;

/** Statements that begin and end transactions and savepoints. */
public sealed interface TransactionStatement extends Statement {

  /** {@code BEGIN [mode] [TRANSACTION]}. */
  record Begin(Mode mode) implements TransactionStatement {}

  /** When a transaction takes its locks, and which. */
  enum Mode {
    DEFERRED,
    IMMEDIATE,
    EXCLUSIVE,
    CONCURRENT
  }

  /** {@code COMMIT} or {@code END}. */
  record Commit() implements TransactionStatement {}

  /**
   * {@code ROLLBACK [TRANSACTION] [TO [SAVEPOINT] savepoint]}.
   *
   * @param savepoint absent to roll the whole transaction back
   */
  record Rollback(@Nullable Name savepoint) implements TransactionStatement {}

  /** {@code SAVEPOINT name}. */
  record Savepoint(Name name) implements TransactionStatement {}

  /** {@code RELEASE [SAVEPOINT] name}. */
  record Release(Name name) implements TransactionStatement {}
}
