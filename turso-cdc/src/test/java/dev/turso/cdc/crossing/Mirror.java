package dev.turso.cdc.crossing;

import dev.turso.AllRows;
import dev.turso.Database;
import dev.turso.Session;
import dev.turso.change.ChangeCursor;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.Position;
import dev.turso.change.RowChange;
import dev.turso.change.RowValues;
import dev.turso.schema.Table;
import dev.turso.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A copy of the table of orders, kept by what the stream of commits tells and nothing else. */
final class Mirror implements CommitListener {

  private static final String ROWS = "SELECT id, customer, amount, price FROM orders";

  private final Map<Long, List<Value>> rows = new TreeMap<>();
  private final RowValues values = new RowValues();
  private boolean lost;
  private @Nullable String wrong;
  private Position last = Position.START;

  /** Starts from the table as it is; nobody may be writing. */
  static Mirror of(Database database, Session session) {
    Mirror mirror = new Mirror();
    mirror.load(session);
    database.changes().subscribe(mirror);
    return mirror;
  }

  private void load(Session session) {
    rows.clear();
    for (List<Value> each : AllRows.of(session, ROWS)) {
      rows.put(each.get(0).asLong(), each);
    }
    lost = false;
  }

  @Override
  public boolean wants(Table table) {
    return table.name().equals("orders");
  }

  @Override
  public synchronized void committed(CommittedChanges commit) {
    if (commit.position().epoch() == last.epoch() && commit.position().compareTo(last) <= 0) {
      wrong = "position " + commit.position() + " after " + last;
    }
    last = commit.position();
    lost |= commit.kind() == CommittedChanges.Kind.FOREIGN;
    ChangeCursor cursor = commit.changes().cursor();
    while (cursor.next() && !lost) {
      if (wants(cursor.change().table())) {
        take(cursor.change());
      }
    }
  }

  private void take(RowChange change) {
    if (values.before(change) && !row().equals(rows.remove(change.rowidBefore()))) {
      wrong = "order " + change.rowidBefore() + " was not " + row();
    }
    if (values.after(change) && rows.put(change.rowidAfter(), row()) != null) {
      wrong = "order " + change.rowidAfter() + " was there before";
    }
  }

  private List<Value> row() {
    return List.of(values.get(0), values.get(1), values.get(2), values.get(3));
  }

  @Override
  public synchronized void missed(Position upTo, long commits) {
    lost = true;
  }

  /** What is wrong with the copy, or null. Everything committed must have been delivered. */
  synchronized @Nullable String compare(Session session) {
    if (lost) {
      load(session);
      return null;
    }
    Map<Long, List<Value>> now = new TreeMap<>();
    for (List<Value> each : AllRows.of(session, ROWS)) {
      now.put(each.get(0).asLong(), each);
    }
    return wrong != null || now.equals(rows)
        ? wrong
        : "the stream tells other orders than there are";
  }
}
