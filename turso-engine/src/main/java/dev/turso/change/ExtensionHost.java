package dev.turso.change;

import dev.turso.schema.Table;
import org.jspecify.annotations.Nullable;

/** The database an extension is attached to. Safe for any thread. */
public interface ExtensionHost {

  /** The path of the database file, or null in memory. */
  @Nullable String path();

  /** The stream of its commits. */
  ChangeStream changes();

  /** Counts up whenever commits of other processes have been found in the file. */
  long foreignCommits();

  /** Says that what {@link ChangeInterest#wants} answers has changed. */
  void interestChanged();

  /** How many times interest has changed; see {@link ChangeSet#interest}. */
  long interest();

  /** Whether anybody wants the changes of a table. */
  boolean wants(Table table);

  /** Runs work in a transaction of its own, committing at its end; on the calling thread. */
  void inTransaction(Work work);

  /** A way to read the database beside its writers, until closed; for one thread at a time. */
  SnapshotReader reader();

  /** Work in a transaction. */
  @FunctionalInterface
  interface Work {
    void run(TransactionView transaction);
  }
}
