package dev.turso.session;

import dev.turso.function.StatementEnvironment;
import dev.turso.schema.Column;
import dev.turso.schema.Table;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

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

  @Override
  public @Nullable List<String> columnsOf(String table) {
    Table found = connection.catalog().table(null, table);
    if (found == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (Column each : found.columns()) {
      if (!each.isVirtual()) {
        names.add(each.name());
      }
    }
    return names;
  }
}
