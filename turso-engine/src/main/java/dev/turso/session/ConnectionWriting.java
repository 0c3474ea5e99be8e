package dev.turso.session;

import dev.turso.change.ChangeRecorder;
import dev.turso.exec.TemporarySpace;
import dev.turso.exec.write.WriteContext;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The writing statements' view of their connection. */
final class ConnectionWriting extends WriteContext {

  private final Connection connection;
  private final OperatorSpace space;

  ConnectionWriting(Connection connection) {
    this.connection = connection;
    this.space = new OperatorSpace(connection);
  }

  @Override
  public PageStore store(int databaseIndex) {
    return connection.database(databaseIndex).pager;
  }

  @Override
  public TextEncoding encoding(int databaseIndex) {
    return connection.database(databaseIndex).encoding();
  }

  @Override
  public TemporarySpace temporary() {
    return space;
  }

  @Override
  public @Nullable ChangeRecorder recorder(int databaseIndex) {
    return connection.database(databaseIndex).changes;
  }

  /** Whether a statement is running that gets a savepoint if it asks for one. */
  boolean wantsProtection;

  /** Whether the running statement has a savepoint. */
  boolean isProtected;

  private long totalBefore;

  /** Whether participants may be told of a running statement's rows before it ends. */
  boolean maintainsMidway;

  @Override
  public void rowWritten(int databaseIndex) {
    AttachedDatabase database = connection.database(databaseIndex);
    ChangeLog changes = database.changes;
    if (changes != null
        && changes.mark() - database.watermark > changes.stepBytes()
        && maintainsMidway
        && (isProtected || !wantsProtection)
        && triggerDepth == 0) {
      maintainsMidway = false;
      connection.participation().maintain(database);
      maintainsMidway = true;
    }
  }

  /** Before a statement writes. */
  void rememberTotal() {
    totalBefore = totalChanges;
    changesInTriggers = 0;
  }

  /**
   * After a statement was undone: it has changed nothing. What its triggers had changed still counts,
   * as in SQLite.
   */
  void forgetChanges() {
    changes = 0;
    totalChanges = totalBefore + changesInTriggers;
  }

  @Override
  public void protect() {
    if (wantsProtection) {
      wantsProtection = false;
      isProtected = true;
      connection.transactions().setStatement();
    }
  }

  @Override
  public long random() {
    return ThreadLocalRandom.current().nextLong();
  }

  @Override
  public void checkInterrupt() {
    connection.checkInterrupt();
  }
}
