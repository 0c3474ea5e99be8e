package dev.turso.spring.event;

import dev.turso.Database;
import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.Operation;
import dev.turso.change.Position;
import dev.turso.change.RowChange;
import dev.turso.schema.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Records the committed row changes of every table, for tests: what was rolled back is not in it. Safe
 * for any thread.
 */
public final class RowChangeRecorder implements AutoCloseable, CommitListener {

  private static final int WAIT_MILLIS = 20_000;

  private final Database database;
  private final ChangeStream.Subscription subscription;
  private final List<Recorded> changes = new CopyOnWriteArrayList<>();

  public RowChangeRecorder(Database database) {
    this.database = database;
    this.subscription = database.changes().subscribe(this);
  }

  /**
   * One committed change.
   *
   * @param before the row before by column name in lower case; null for an insert
   * @param after the row after; null for a delete
   */
  public record Recorded(
      String table,
      Operation operation,
      @Nullable Map<String, @Nullable Object> before,
      @Nullable Map<String, @Nullable Object> after,
      Position position,
      @Nullable String origin) {}

  /**
   * The changes that have been committed so far, in order. Waits until every listener has been told of
   * them, so that what listeners did is there too.
   */
  public List<Recorded> changes() {
    awaitDelivered();
    return List.copyOf(changes);
  }

  /** Those of one table. */
  public List<Recorded> changes(String table) {
    return changes().stream().filter(each -> each.table().equalsIgnoreCase(table)).toList();
  }

  /**
   * Waits until every listener has been told of what is committed now, and of what listeners committed
   * meanwhile.
   *
   * @throws IllegalStateException if that takes longer than 20 seconds
   */
  public void awaitDelivered() {
    try {
      Position reached = database.position();
      while (true) {
        boolean told = database.changes().awaitDelivered(reached, WAIT_MILLIS);
        if (!told && reached.commit() > 0) {
          throw new IllegalStateException("listeners have not been told of " + reached);
        }
        Position now = database.position();
        if (now.equals(reached)) {
          return;
        }
        reached = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Forgets what was recorded. */
  public void clear() {
    changes.clear();
  }

  @Override
  public boolean wants(Table table) {
    String name = table.name();
    return !name.startsWith("turso_") && !name.startsWith("sqlite_");
  }

  @Override
  public void committed(CommittedChanges commit) {
    RowImage image = new RowImage();
    ChangeCursor cursor = commit.changes().cursor();
    while (cursor.next()) {
      RowChange change = cursor.change();
      if (wants(change.table())) {
        changes.add(
            new Recorded(
                change.table().name(),
                change.operation(),
                image.before(change),
                image.after(change),
                commit.position(),
                commit.origin()));
      }
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
