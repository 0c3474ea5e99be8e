package dev.turso.exec.write;

import dev.turso.change.ChangeRecorder;
import dev.turso.exec.StorageAccess;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.ConflictAction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What writing statements share with the session that runs them: its switches, its counters, and how
 * a failure is to be undone. One per session; used by its thread.
 */
public abstract class WriteContext implements StorageAccess {

  /** SQLite's limit on triggers that fire triggers. */
  public static final int MAX_TRIGGER_DEPTH = 1000;

  /** {@code PRAGMA foreign_keys}. */
  public boolean foreignKeys;

  /** {@code PRAGMA defer_foreign_keys}, until the end of the transaction. */
  public boolean deferForeignKeys;

  /** {@code PRAGMA recursive_triggers}. */
  public boolean recursiveTriggers;

  /** {@code PRAGMA count_changes}, {@code ignore_check_constraints}. */
  public boolean ignoreChecks;

  /** Rows that the innermost running statement changed itself. */
  public long changes;

  /** Rows changed by all statements, triggers and actions of the session. */
  public long totalChanges;

  /** Those of them, in the running statement, that statements of its triggers made. */
  public long changesInTriggers;

  public long lastInsertRowid;

  /** Violations of deferred foreign keys, to be gone at COMMIT. */
  public long deferredViolations;

  /** Violations of immediate foreign keys, to be gone at the end of the statement. */
  public long immediateViolations;

  /** How many trigger programs are running inside each other. */
  public int triggerDepth;

  /** What the newest constraint failure undoes. */
  public ConflictAction failure = ConflictAction.ABORT;

  /**
   * Whether the rows of a table go because it is dropped: no trigger fires, and foreign keys that are
   * none do not matter.
   */
  public boolean dropping;

  /** The sequences of AUTOINCREMENT tables that the outermost running statement has to do with. */
  final Map<Table, Sequence.State> sequences = new IdentityHashMap<>();

  private final List<Trigger> runningTriggers = new ArrayList<>();

  /** Whether a trigger's program is being run, at any depth. */
  final boolean isRunning(Trigger trigger) {
    for (Trigger each : runningTriggers) {
      if (each == trigger) {
        return true;
      }
    }
    return false;
  }

  final void entered(Trigger trigger) {
    runningTriggers.add(trigger);
  }

  final void left(Trigger trigger) {
    assert runningTriggers.getLast() == trigger;
    runningTriggers.removeLast();
  }

  /** The pages of a database in the statement's transaction. */
  @Override
  public abstract PageStore store(int databaseIndex);

  /** How a database stores its texts. */
  public abstract TextEncoding encoding(int databaseIndex);

  /** Whom to tell of changes in a database, or null. */
  public abstract @Nullable ChangeRecorder recorder(int databaseIndex);

  /**
   * Called before the first write of a statement that may fail after it has written something: what
   * it writes from now on can be undone alone. A statement that does not call it must fail before
   * its first write or not at all.
   */
  public abstract void protect();

  /**
   * Called by a statement between two rows that it writes, for what must not wait for its end because
   * there may be too much of it.
   *
   * @param databaseIndex of the table written
   */
  public void rowWritten(int databaseIndex) {}

  /** A random number, for rowids after the last. */
  public abstract long random();

  /** Throws if the session was interrupted. */
  public abstract void checkInterrupt();
}
