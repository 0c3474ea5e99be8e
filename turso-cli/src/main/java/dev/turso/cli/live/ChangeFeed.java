package dev.turso.cli.live;

import dev.turso.Database;
import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.RowChange;
import dev.turso.change.RowValues;
import dev.turso.schema.Column;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the committed changes of a database, of all tables or of one, from now on. What belongs to
 * views and logs themselves is left out. The receiver is called on the database's dispatcher thread.
 */
public final class ChangeFeed implements CommitListener, AutoCloseable {

  private final @Nullable String only;
  private final Consumer<FeedRow> receiver;
  private ChangeStream.@Nullable Subscription subscription;

  private ChangeFeed(@Nullable String only, Consumer<FeedRow> receiver) {
    this.only = only;
    this.receiver = receiver;
  }

  /**
   * Starts.
   *
   * @param table the only table to follow, or null for all
   */
  public static ChangeFeed open(
      Database database, @Nullable String table, Consumer<FeedRow> receiver) {
    ChangeFeed feed = new ChangeFeed(table, receiver);
    feed.subscription = database.changes().subscribe(feed);
    return feed;
  }

  @Override
  public boolean wants(Table table) {
    String name = table.name();
    if (only != null) {
      return Names.same(name, only);
    }
    String folded = name.toLowerCase(Locale.ROOT);
    return !folded.startsWith("turso_") && !folded.startsWith("sqlite_");
  }

  @Override
  public void committed(CommittedChanges commit) {
    if (commit.kind() == CommittedChanges.Kind.FOREIGN) {
      receiver.accept(FeedRow.foreign(commit.position()));
      return;
    }
    RowValues values = new RowValues();
    ChangeCursor cursor = commit.changes().cursor();
    while (cursor.next()) {
      RowChange change = cursor.change();
      if (wants(change.table())) {
        receiver.accept(row(commit, change, values));
      }
    }
  }

  private static FeedRow row(CommittedChanges commit, RowChange change, RowValues values) {
    Map<String, Value> before = values.before(change) ? image(change.table(), values) : null;
    Map<String, Value> after = values.after(change) ? image(change.table(), values) : null;
    return new FeedRow(
        commit.position(),
        change.table().name(),
        change.operation().name().toLowerCase(Locale.ROOT),
        change.origin().name().toLowerCase(Locale.ROOT),
        before,
        after);
  }

  private static Map<String, Value> image(Table table, RowValues values) {
    Map<String, Value> image = new LinkedHashMap<>();
    int position = 0;
    for (Column each : table.columns()) {
      if (!each.isVirtual()) {
        image.put(each.name(), values.get(position));
      }
      position++;
    }
    return image;
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
  }
}
