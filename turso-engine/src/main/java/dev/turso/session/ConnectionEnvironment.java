package dev.turso.session;

import dev.turso.function.StatementEnvironment;
import java.time.ZoneId;
import java.util.concurrent.ThreadLocalRandom;

/** What functions may know of the connection and the world. */
final class ConnectionEnvironment implements StatementEnvironment {

  private final Connection connection;
  private long now;

  ConnectionEnvironment(Connection connection) {
    this.connection = connection;
  }

  /** Another statement starts: its 'now' is another. */
  void newStatement() {
    now = 0;
  }

  @Override
  public long currentTimeMillis() {
    if (now == 0) {
      now = System.currentTimeMillis();
    }
    return now;
  }

  @Override
  public ZoneId zone() {
    return ZoneId.systemDefault();
  }

  @Override
  public long random() {
    return ThreadLocalRandom.current().nextLong();
  }

  @Override
  public void randomBytes(byte[] bytes) {
    ThreadLocalRandom.current().nextBytes(bytes);
  }

  @Override
  public long changes() {
    return connection.changes();
  }

  @Override
  public long totalChanges() {
    return connection.totalChanges();
  }

  @Override
  public long lastInsertRowId() {
    return connection.lastInsertRowid();
  }

  @Override
  public boolean likeIsCaseSensitive() {
    return connection.pragmas.caseSensitiveLike;
  }
}
