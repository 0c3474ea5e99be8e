package dev.turso.cli.mcp;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.cli.live.ChangeFeed;
import dev.turso.cli.live.FeedRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The database that one client has open, with its newest changes and its subscriptions.
 *
 * <p>Used by the thread that handles the client's request; {@link #interrupt} by any.
 */
final class Workspace implements AutoCloseable {

  private static final int KEPT_CHANGES = 1000;
  private static final int BUSY_MILLIS = 5000;

  private final ServerSettings settings;
  private final Consumer<String> updated;
  private final ArrayDeque<FeedRow> recent = new ArrayDeque<>();
  private final Subscriptions subscriptions;
  private String path;
  private volatile @Nullable Database database;
  private volatile @Nullable Session session;
  private @Nullable ChangeFeed feed;

  /**
   * @param updated is told the URIs of subscribed resources that changed
   */
  Workspace(ServerSettings settings, Consumer<String> updated) {
    this.settings = settings;
    this.updated = updated;
    subscriptions = new Subscriptions(updated);
    path = settings.database();
  }

  ServerSettings settings() {
    return settings;
  }

  /** What the open database is called. */
  String name() {
    return ServerSettings.isMemory(path) ? ":memory: (default)" : path;
  }

  Session session() {
    Session open = session;
    return open != null ? open : open(path);
  }

  Database database() {
    session();
    Database open = database;
    if (open == null) {
      throw new IllegalStateException("a session without a database");
    }
    return open;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Opens another database; the one before stays open if that fails. */
  Session open(String newPath) {
    Options options =
        Options.DEFAULT
            .withBusyTimeout(BUSY_MILLIS)
            .withForeignKeys(true)
            .withMode(
                settings.readOnly() && !ServerSettings.isMemory(newPath)
                    ? Options.Mode.READ_ONLY
                    : Options.Mode.READ_WRITE_CREATE);
    Database opened = Database.open(newPath, options);
    Session connected;
    try {
      connected = opened.connect();
      connected.readOnly(settings.readOnly());
      connected.prepare("SELECT 1 FROM sqlite_schema").close();
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    close();
    database = opened;
    session = connected;
    path = newPath;
    feed = ChangeFeed.open(opened, null, this::changed);
    return connected;
  }

  private void changed(FeedRow row) {
    synchronized (recent) {
      recent.addLast(row);
      if (recent.size() > KEPT_CHANGES) {
        recent.removeFirst();
      }
    }
    subscriptions.tableChanged(row.table());
  }

  /** The newest changes since this client opened the database, oldest first. */
  List<FeedRow> recent() {
    synchronized (recent) {
      return new ArrayList<>(recent);
    }
  }

  void interrupt() {
    Session open = session;
    if (open != null) {
      open.interrupt();
    }
  }

  /** Tells that a resource's content is another one now. */
  void resourceChanged(String uri) {
    updated.accept(uri);
  }

  @Override
  public void close() {
    subscriptions.close();
    if (feed != null) {
      feed.close();
      feed = null;
    }
    Session open = session;
    session = null;
    if (open != null) {
      open.close();
    }
    Database file = database;
    database = null;
    if (file != null) {
      file.close();
    }
    synchronized (recent) {
      recent.clear();
    }
  }
}
