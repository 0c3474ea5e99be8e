package dev.turso.dbsp.subscribe;

import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeSet;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.ExtensionHost;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.view.PendingChanges;
import dev.turso.dbsp.view.SideTables;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Select;
import dev.turso.value.Value;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The live queries of one open database.
 *
 * <p>A circuit must see the tables as its commit left them, so it steps inside the committing
 * transaction, when views and log are done ({@link #beforeCommit}), under the database's write lock. What
 * it gave waits under the transaction's change set until the stream publishes that change set with its
 * position; a commit that fails instead leaves circuits that have gone too far, and those start over.
 *
 * <p>The subscriber's own code never runs on the committing thread nor on the dispatcher's.
 */
public final class AttachedLiveQueries implements AttachedExtension, CommitListener {

  private final ExtensionHost host;
  private final List<RunningQuery> queries = new CopyOnWriteArrayList<>();

  /** What circuits gave for commits that are not published yet, by their change sets' identity. */
  private final Map<ChangeSet, Map<RunningQuery, ZSet>> outcomes = new IdentityHashMap<>();

  /** The change set whose outcome waits for its transaction to end. Under the write lock. */
  private @Nullable ChangeSet undecided;

  /** How many times other processes' commits had been found when circuits last stepped. */
  private volatile long foreignSeen;

  private ChangeStream.@Nullable Subscription subscription;

  AttachedLiveQueries(ExtensionHost host) {
    this.host = host;
  }

  @Override
  public String name() {
    return "turso-dbsp live queries";
  }

  ExtensionHost host() {
    return host;
  }

  int openCount() {
    return queries.size();
  }

  LiveQuery open(String sql, List<Value> parameters, LiveQueryListener listener) {
    RunningQuery query =
        new RunningQuery(this, sql, LiveSelect.parse(sql, parameters), parameters, listener);
    try {
      query.start();
    } catch (RuntimeException e) {
      remove(query);
      throw e;
    }
    return query;
  }

  /** Takes part from the current transaction on. */
  synchronized void add(RunningQuery query) {
    if (!queries.contains(query)) {
      queries.add(query);
    }
    if (subscription == null) {
      subscription = host.changes().subscribe(this);
    }
    host.interestChanged();
  }

  synchronized void remove(RunningQuery query) {
    queries.remove(query);
    if (queries.isEmpty() && subscription != null) {
      subscription.close();
      subscription = null;
    }
    host.interestChanged();
  }

  @Override
  public boolean wants(Table table) {
    String name = Names.fold(table.name());
    for (RunningQuery each : queries) {
      if (each.reads(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Map<String, Select> materializedViews(DatabaseSchema schema, TransactionView transaction) {
    for (RunningQuery each : queries) {
      each.schemaSeen(schema.cookie());
    }
    return Map.of();
  }

  // ---- on the committing thread, under the write lock

  @Override
  public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
    // Live queries see whole commits only.
  }

  @Override
  public void beforeCommit(TransactionView transaction, ChangeSet changes) {
    if (queries.isEmpty() || changes.isEmpty()) {
      return;
    }
    if (host.foreignCommits() != foreignSeen) {
      foreignSeen = host.foreignCommits();
      queries.forEach(RunningQuery::startOver);
      return;
    }
    PendingChanges pending = new PendingChanges(SideTables.encoding(transaction.store()));
    pending.addAll(changes);
    Map<RunningQuery, ZSet> outcome = new ConcurrentHashMap<>();
    for (RunningQuery each : queries) {
      ZSet delta = each.step(transaction, pending);
      if (delta != null) {
        outcome.put(each, delta);
      }
    }
    if (!outcome.isEmpty()) {
      undecided = changes;
      synchronized (outcomes) {
        outcomes.put(changes, outcome);
      }
    }
  }

  @Override
  public void afterTransaction(boolean committed) {
    ChangeSet changes = undecided;
    undecided = null;
    if (committed || changes == null) {
      return;
    }
    Map<RunningQuery, ZSet> lost;
    synchronized (outcomes) {
      lost = outcomes.remove(changes);
    }
    if (lost != null) {
      lost.keySet().forEach(RunningQuery::startOver);
    }
  }

  // ---- on the dispatcher

  @Override
  public void committed(CommittedChanges commit) {
    if (commit.kind() == CommittedChanges.Kind.FOREIGN) {
      foreignSeen = host.foreignCommits();
      queries.forEach(RunningQuery::startOver);
      return;
    }
    Map<RunningQuery, ZSet> outcome;
    synchronized (outcomes) {
      outcome = outcomes.remove(commit.changes());
    }
    if (outcome != null) {
      outcome.forEach((query, delta) -> query.deliver(commit.position(), delta));
    }
    for (RunningQuery each : queries) {
      each.passed(commit.position());
    }
  }

  @Override
  public void close() {
    queries.forEach(RunningQuery::close);
  }
}
