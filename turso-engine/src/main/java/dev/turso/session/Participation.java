package dev.turso.session;

import dev.turso.change.AttachedExtension;
import dev.turso.change.CommitParticipant;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.schema.Catalog;
import dev.turso.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in the transactions of a connection: the extensions of its databases, and one of the
 * session's own. They are given the changes up to a watermark, which moves on with each round and back
 * with the savepoints.
 *
 * <p>A round that fails may leave views half changed. The transaction is then doomed: it can go back to
 * a savepoint from before, or be rolled back, but neither commit nor be read through views.
 */
final class Participation {

  private final Connection connection;
  private @Nullable CommitParticipant ofSession;

  Participation(Connection connection) {
    this.connection = connection;
  }

  /** Who takes part in this connection's transactions alone. */
  @Nullable CommitParticipant ofSession() {
    return ofSession;
  }

  /** Sets who takes part in this connection's transactions alone. */
  void ofSession(@Nullable CommitParticipant own) {
    maintainAll();
    ofSession = own;
    for (AttachedDatabase each : connection.databases()) {
      if (each.index != Catalog.TEMP && each.pager.isWriting()) {
        ChangeLog changes = each.changes;
        if (changes == null) {
          each.changes = new ChangeLog(each.shared, own);
        } else {
          changes.own(own);
        }
      }
    }
    connection.forgetPlans();
  }

  // ---- rounds of maintenance

  /** Has the participants of a database catch up with what the transaction has changed. */
  void maintain(AttachedDatabase database) {
    ChangeLog changes = database.changes;
    if (changes == null) {
      return;
    }
    checkNotDoomed(database);
    if (database.watermark >= changes.mark()) {
      return;
    }
    boolean done = false;
    try {
      while (database.watermark < changes.mark()) {
        long from = database.watermark;
        long to = changes.mark();
        database.watermark = to;
        round(database, changes, from, to);
      }
      done = true;
    } finally {
      database.doomed = !done;
    }
  }

  private void round(AttachedDatabase database, ChangeLog changes, long from, long to) {
    OpenTransaction view = new OpenTransaction(connection, database);
    for (AttachedExtension each : database.shared.extensions()) {
      each.maintain(view, changes, from, to);
    }
    CommitParticipant own = ofSession;
    if (own != null && database.index != Catalog.TEMP) {
      AttachedDatabase main = connection.database(Catalog.MAIN);
      connection.beginWrite(main);
      own.maintain(new OpenTransaction(connection, main), changes, from, to);
    }
  }

  private static void checkNotDoomed(AttachedDatabase database) {
    if (database.doomed) {
      throw new SqlException(
          ResultCode.ABORT, "the maintenance of views failed: the transaction must be rolled back");
    }
  }

  /** Has the participants of every database catch up. */
  void maintainAll() {
    for (AttachedDatabase each : connection.databases()) {
      if (each.pager.isWriting()) {
        maintain(each);
      }
    }
  }

  /** Before a query: what it reads of extensions' tables is to be up to date. */
  void maintainForReading(Program program) {
    if (program.readsMaintained) {
      maintainAll();
    }
  }

  // ---- views

  /** Whether the stored rows of a materialized view may be read. */
  boolean isCurrent(Table view) {
    AttachedDatabase database = connection.database(view.databaseIndex());
    boolean held = database.pager.isReading();
    database.pager.beginRead();
    try {
      if (!database.pager.isWriting() && database.schema != null && !database.schemaIsCurrent()) {
        // The schema's root pages are not this snapshot's (a VACUUM of another connection moves
        // them), so nothing can be read by it. The start sees that too, and compiles anew.
        return true;
      }
      OpenTransaction transaction = new OpenTransaction(connection, database);
      for (AttachedExtension each : database.shared.extensions()) {
        if (!each.isCurrent(view, transaction)) {
          return false;
        }
      }
      return true;
    } finally {
      if (!held) {
        connection.endReadIfAlone(database);
      }
    }
  }

  /** Brings views up to date, and says whether they are still as a statement was compiled for. */
  boolean viewsAre(List<ViewRead> views) {
    if (!views.isEmpty()) {
      maintainAll();
    }
    for (ViewRead each : views) {
      if (isCurrent(each.view()) == each.asQuery()) {
        return false;
      }
    }
    return true;
  }

  // ---- the commit

  /** Whether anybody has a word in a commit of what is being written. */
  boolean takesPart() {
    if (ofSession != null) {
      return true;
    }
    for (AttachedDatabase each : connection.databases()) {
      if (each.changes != null && !each.shared.extensions().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Before the commit of one database. */
  void beforeCommit(AttachedDatabase database) {
    ChangeLog changes = database.changes;
    if (changes != null) {
      OpenTransaction view = new OpenTransaction(connection, database);
      for (AttachedExtension each : database.shared.extensions()) {
        each.beforeCommit(view, changes);
      }
    }
  }

  /** Before the commit of everything: the session's own participant has the last word. */
  void beforeCommit() {
    CommitParticipant own = ofSession;
    if (own != null && writesLogged()) {
      AttachedDatabase main = connection.database(Catalog.MAIN);
      connection.beginWrite(main);
      OpenTransaction view = new OpenTransaction(connection, main);
      own.beforeCommit(view, view.changes());
    }
  }

  private boolean writesLogged() {
    for (AttachedDatabase each : connection.databases()) {
      if (each.index != Catalog.TEMP && each.pager.isWriting()) {
        return true;
      }
    }
    return false;
  }
}
