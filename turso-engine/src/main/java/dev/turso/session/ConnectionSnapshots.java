package dev.turso.session;

import dev.turso.change.ExtensionHost;
import dev.turso.change.Position;
import dev.turso.change.SnapshotReader;
import java.util.function.Consumer;

/** Snapshots read through a connection of their own. */
final class ConnectionSnapshots implements SnapshotReader {

  private static final int PATIENCE_MILLIS = 5_000;

  private final Connection connection;

  ConnectionSnapshots(Connection connection) {
    this.connection = connection;
    connection.busyTimeout(PATIENCE_MILLIS);
  }

  @Override
  public void read(Consumer<Position> joined, ExtensionHost.Work work) {
    AttachedDatabase main = connection.database(0);
    connection.execute("BEGIN");
    try {
      main.shared.betweenCommits(newest -> {
        connection.beginRead(main);
        joined.accept(newest);
      });
      work.run(new OpenTransaction(connection, main));
    } finally {
      connection.execute("ROLLBACK");
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
