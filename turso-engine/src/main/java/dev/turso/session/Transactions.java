package dev.turso.session;

import dev.turso.btree.AutoVacuum;
import dev.turso.change.AttachedExtension;
import dev.turso.change.CommitParticipant;
import dev.turso.error.ConstraintException;
import dev.turso.error.DatabaseException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.pager.MultiFileCommit;
import dev.turso.pager.Pager;
import dev.turso.schema.Catalog;
import dev.turso.schema.Names;
import dev.turso.sql.ast.TransactionStatement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of a connection over all its databases: pages, change sets and counters move
 * together.
 */
final class Transactions {

  /**
   * A savepoint.
   *
   * @param name null for that of a statement
   * @param pages the pagers' numbers, by database
   * @param changes the change sets' marks, by database
   * @param watermarks up to where participants had maintained, by database
   */
  private record Savepoint(
      @Nullable String name,
      int[] pages,
      long[] changes,
      long[] watermarks,
      long deferredViolations,
      boolean opensTransaction) {}

  private final Connection connection;
  private final List<Savepoint> savepoints = new ArrayList<>();

  /** Whose commits are under way. */
  private final List<SharedDatabase> entered = new ArrayList<>(1);

  private boolean autoCommit = true;

  /** Counts rollbacks, which end the rows being read. */
  private long rollbacks;

  Transactions(Connection connection) {
    this.connection = connection;
  }

  boolean autoCommit() {
    return autoCommit;
  }

  long rollbacks() {
    return rollbacks;
  }

  // ---- statements of SQL ----

  void begin(TransactionStatement.Mode mode) {
    if (!autoCommit) {
      throw new SqlException("cannot start a transaction within a transaction");
    }
    if (mode == TransactionStatement.Mode.CONCURRENT) {
      throw SqlException.unsupported("BEGIN CONCURRENT");
    }
    if (mode == TransactionStatement.Mode.IMMEDIATE
        || mode == TransactionStatement.Mode.EXCLUSIVE) {
      try {
        for (AttachedDatabase each : connection.databases()) {
          if (!each.pager.isReadOnly()) {
            connection.beginWrite(each);
          } else {
            each.pager.beginRead();
          }
        }
      } catch (RuntimeException e) {
        rollbackPagers();
        throw e;
      }
    }
    autoCommit = false;
  }

  void commit() {
    if (autoCommit) {
      throw new SqlException("cannot commit - no transaction is active");
    }
    try {
      commitAll();
    } catch (DatabaseException e) {
      if (!canBeTriedAgain(e)) {
        rollbackAfter(e);
      }
      throw e;
    }
    savepoints.clear();
    autoCommit = true;
    connection.releaseSnapshots();
  }

  /**
   * A transaction that somebody was in the way of stays open. Where the disk failed what it wrote may be
   * gone: to go on as if it were there would commit half of it.
   */
  private static boolean canBeTriedAgain(DatabaseException e) {
    return switch (e.code().primary()) {
      case IOERR, FULL, CANTOPEN, CORRUPT, NOTADB, READONLY, NOMEM -> false;
      default -> true;
    };
  }

  private void rollbackAfter(Throwable cause) {
    try {
      rollbackAll();
    } catch (DatabaseException e) {
      cause.addSuppressed(e);
    }
  }

  void rollback() {
    if (autoCommit) {
      throw new SqlException("cannot rollback - no transaction is active");
    }
    rollbackAll();
  }

  void savepoint(String name) {
    boolean opens = autoCommit;
    autoCommit = false;
    set(name, opens);
  }

  void release(String name) {
    int at = find(name);
    if (savepoints.get(at).opensTransaction) {
      commit();
      return;
    }
    releaseFrom(at);
  }

  void rollbackTo(String name) {
    int at = find(name);
    undoTo(at);
    while (savepoints.size() > at + 1) {
      savepoints.removeLast();
    }
  }

  private int find(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      String each = savepoints.get(i).name;
      if (each != null && Names.same(each, name)) {
        return i;
      }
    }
    throw new SqlException("no such savepoint: " + name);
  }

  // ---- statements of one's own ----

  /** Sets the savepoint of a statement. */
  void setStatement() {
    set(null, false);
  }

  /** The statement succeeded: its changes belong to the transaction. */
  void releaseStatement() {
    releaseFrom(savepoints.size() - 1);
  }

  /** The statement failed: its changes are undone. */
  void undoStatement() {
    undoTo(savepoints.size() - 1);
    releaseFrom(savepoints.size() - 1);
  }

  /** Outside a transaction: a statement took locks and did not start. */
  void abandonStatement() {
    rollbackPagers();
    connection.releaseSnapshots();
  }

  /** How many savepoints are set. */
  int depth() {
    return savepoints.size();
  }

  // ---- the parts moving together ----

  private void set(@Nullable String name, boolean opens) {
    List<AttachedDatabase> databases = connection.databases();
    int size = connection.databaseSlots();
    int[] pages = new int[size];
    long[] changes = new long[size];
    long[] watermarks = new long[size];
    for (AttachedDatabase each : databases) {
      pages[each.index] = each.pager.savepoint();
      changes[each.index] = each.changes == null ? 0 : each.changes.mark();
      watermarks[each.index] = each.watermark;
    }
    savepoints.add(
        new Savepoint(
            name, pages, changes, watermarks, connection.writing().deferredViolations, opens));
  }

  private void undoTo(int at) {
    Savepoint savepoint = savepoints.get(at);
    for (AttachedDatabase each : connection.databases()) {
      if (each.index < savepoint.pages.length) {
        undo(each, savepoint, false);
      }
    }
    connection.writing().deferredViolations = savepoint.deferredViolations;
    connection.forgetChangedSchemas();
  }

  /**
   * Takes one database back to a savepoint.
   *
   * @param always whether extensions are told even if no change was undone
   */
  private static void undo(AttachedDatabase database, Savepoint savepoint, boolean always) {
    int at = database.index;
    database.pager.rollbackTo(savepoint.pages[at]);
    database.doomed = false;
    ChangeLog changes = database.changes;
    if (changes == null) {
      return;
    }
    long mark = savepoint.changes[at];
    if (always || changes.mark() > mark || database.watermark > savepoint.watermarks[at]) {
      changes.truncateTo(mark);
      database.watermark = savepoint.watermarks[at];
      for (AttachedExtension extension : database.shared.extensions()) {
        extension.rollbackTo(mark);
      }
    }
  }

  private void releaseFrom(int at) {
    Savepoint savepoint = savepoints.get(at);
    for (AttachedDatabase each : connection.databases()) {
      if (each.index < savepoint.pages.length) {
        each.pager.release(savepoint.pages[each.index]);
      }
    }
    while (savepoints.size() > at) {
      savepoints.removeLast();
    }
  }

  /** Commits what every database has written, after the checks that wait for COMMIT. */
  void commitAll() {
    if (connection.writing().deferredViolations > 0) {
      throw new ConstraintException(
          ResultCode.CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed");
    }
    connection.participation().maintainAll();
    try {
      if (!autoCommit && connection.participation().takesPart()) {
        commitOrStay();
      } else {
        commitMaintained();
      }
    } catch (RuntimeException | Error e) {
      if (autoCommit && !entered.isEmpty()) {
        rollbackAfter(e);
      }
      throw e;
    } finally {
      leaveCommits();
    }
    connection.writing().deferForeignKeys = false;
  }

  /**
   * A commit that failed is under way until what it did is undone: a snapshot between commits would be
   * taken for one that has what participants were told of.
   */
  private void leaveCommits() {
    entered.forEach(SharedDatabase::leaveCommit);
    entered.clear();
  }

  /**
   * Commits a transaction that stays open if that fails: what participants do in commits is undone with
   * a savepoint of its own, so that they do it anew when COMMIT is tried again.
   */
  private void commitOrStay() {
    int at = savepoints.size();
    set(null, false);
    boolean done = false;
    try {
      commitMaintained();
      done = true;
    } finally {
      if (!done) {
        undoCommit(savepoints.get(at));
      }
      releaseFrom(at);
    }
  }

  private void undoCommit(Savepoint before) {
    for (AttachedDatabase each : connection.databases()) {
      if (each.index < before.pages.length && each.pager.isWriting()) {
        undo(each, before, true);
      }
    }
    connection.forgetChangedSchemas();
  }

  private void commitMaintained() {
    connection.participation().beforeCommit();
    List<AttachedDatabase> writing = new ArrayList<>(1);
    for (AttachedDatabase each : connection.databases()) {
      if (each.pager.isWriting()) {
        connection.participation().maintain(each);
        writing.add(each);
      }
    }
    commit(writing);
  }

  private void commit(List<AttachedDatabase> writing) {
    for (AttachedDatabase each : writing) {
      each.shared.enterCommit();
      entered.add(each.shared);
      connection.participation().beforeCommit(each);
      if (AutoVacuum.isDue(each.pager)) {
        giveBackFreePages(each.pager);
      }
    }
    commitTogether(writing);
    for (AttachedDatabase each : writing) {
      if (each.pager.isWriting()) {
        commit(each);
      }
    }
  }

  /** Of a database with auto_vacuum=FULL, all of them or none. */
  private static void giveBackFreePages(Pager pager) {
    int before = pager.savepoint();
    boolean done = false;
    try {
      new AutoVacuum(pager).beforeCommit();
      done = true;
    } finally {
      if (!done) {
        pager.rollbackTo(before);
      }
      pager.release(before);
    }
  }

  /** Commits first what has to be committed over several files or in none. */
  private void commitTogether(List<AttachedDatabase> databases) {
    if (databases.size() < 2) {
      return;
    }
    List<Pager> pagers = new ArrayList<>(databases.size());
    for (AttachedDatabase each : databases) {
      pagers.add(each.pager);
    }
    MultiFileCommit.lockAll(pagers);
    List<Pager> together = MultiFileCommit.together(pagers);
    if (together.isEmpty()) {
      return;
    }
    List<AttachedDatabase> joined = new ArrayList<>();
    List<CommitStream.Ticket> tickets = new ArrayList<>();
    for (AttachedDatabase each : databases) {
      if (together.contains(each.pager)) {
        joined.add(each);
        tickets.add(reserve(each));
      }
    }
    boolean done = false;
    try {
      MultiFileCommit.commit(together, connection.readsInProgress());
      done = true;
    } finally {
      for (int i = 0; i < joined.size(); i++) {
        joined.get(i).shared.settle(tickets.get(i), done);
        endIfLost(joined.get(i), done);
      }
    }
    for (int i = 0; i < joined.size(); i++) {
      connection.committed(tickets.get(i).position);
      endChanges(joined.get(i), true);
    }
  }

  private CommitStream.Ticket reserve(AttachedDatabase database) {
    ChangeLog changes = database.changes;
    CommitDraft draft =
        changes == null || changes.isEmpty()
            ? null
            : CommitDraft.own(connection.catalog(), changes, connection.origin());
    return database.shared.reserve(draft);
  }

  private void commit(AttachedDatabase database) {
    CommitStream.Ticket ticket = reserve(database);
    boolean done = false;
    try {
      if (connection.readsInProgress()) {
        database.pager.commitAndRead();
      } else {
        database.pager.commit();
      }
      done = true;
    } finally {
      database.shared.settle(ticket, done);
      endIfLost(database, done);
    }
    if (database.index == Catalog.MAIN) {
      connection.committed(ticket.position);
    }
    endChanges(database, true);
  }

  /** A commit may fail when its transaction has ended already: no one can try it again. */
  private void endIfLost(AttachedDatabase database, boolean done) {
    if (!done && !database.pager.isWriting()) {
      long transaction = forgetChanges(database, false);
      for (AttachedExtension each : database.shared.extensions()) {
        each.commitLost(transaction);
      }
      tellSession(database, transaction, false);
    }
  }

  private void endChanges(AttachedDatabase database, boolean committed) {
    long transaction = forgetChanges(database, committed);
    for (AttachedExtension each : database.shared.extensions()) {
      each.afterTransaction(transaction, committed);
    }
    tellSession(database, transaction, committed);
  }

  private void tellSession(AttachedDatabase database, long transaction, boolean committed) {
    CommitParticipant own = connection.participation().ofSession();
    if (own != null && database.index == Catalog.MAIN) {
      own.afterTransaction(transaction, committed);
    }
  }

  /** The number of the transaction that has ended, 0 if no changes were recorded. */
  private static long forgetChanges(AttachedDatabase database, boolean committed) {
    database.doomed = false;
    ChangeLog changes = database.changes;
    if (changes == null) {
      return 0;
    }
    if (!committed || changes.isEmpty()) {
      changes.discard();
    }
    database.changes = null;
    database.watermark = 0;
    return changes.transaction();
  }

  /** Rolls everything back and returns to auto-commit. */
  void rollbackAll() {
    rollbackPagers();
    savepoints.clear();
    autoCommit = true;
    connection.writing().deferredViolations = 0;
    connection.writing().deferForeignKeys = false;
    connection.releaseSnapshots();
    connection.forgetChangedSchemas();
  }

  private void rollbackPagers() {
    for (AttachedDatabase each : connection.databases()) {
      if (each.pager.isWriting()) {
        // First, while what participants share is still this writer's alone.
        endChanges(each, false);
        each.pager.rollback();
        rollbacks++;
      }
    }
  }
}
