package dev.turso.dbsp.subscribe;

import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeSet;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.ExtensionHost;
import dev.turso.change.Position;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.operator.FixedColumn;
import dev.turso.dbsp.view.PendingChanges;
import dev.turso.dbsp.view.SideTables;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The live queries of one open database.
 *
 * <p>A circuit must see the tables as its commit left them, so it steps inside the committing
 * transaction, when views and log are done ({@link #beforeCommit}), under the database's write lock. One
 * that reads nothing but the changes, as that of a filter or of sums over one table, steps when they are
 * published, on the dispatcher's thread, and costs the committing one no more than to find it. What it
 * gave waits under the transaction's change set until the stream publishes that change set with its
 * position; a commit that fails instead leaves circuits that have gone too far, and those start over.
 *
 * <p>The subscriber's own code never runs on the committing thread nor on the dispatcher's.
 */
public final class AttachedLiveQueries implements AttachedExtension, CommitListener {

  /** Of changes above this a query does not step through, but takes a new snapshot. */
  private static final long MOST_BYTES = 16 << 20;

  /** When so many commits wait to be published, the committing thread makes their steps. */
  private static final int FAR_BEHIND = 128;

  /** How long somebody who goes on from a position waits for the commits under way. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final ExtensionHost host;
  private final Set<RunningQuery> queries = ConcurrentHashMap.newKeySet();
  private final LiveRoutes routes = new LiveRoutes();
  private final LiveSelects selects = new LiveSelects();

  /** The tables that each query is counted under in {@link #reads}. Under the monitor. */
  private final Map<RunningQuery, Set<String>> counted = new HashMap<>();

  /** What circuits gave for commits that are not published yet, by their change sets' identity. */
  private final Map<ChangeSet, List<LiveOutcome>> outcomes = new IdentityHashMap<>();

  /** The change sets whose outcome waits for their transactions to end, by committing thread. */
  private final Map<Thread, ChangeSet> undecided = new ConcurrentHashMap<>();

  /** The tables that queries read, by folded name. */
  private final Map<String, Read> reads = new ConcurrentHashMap<>();

  private final LiveSteps steps = new LiveSteps();

  private final CompleteTables complete = new CompleteTables();

  /**
   * A table that queries read.
   *
   * @param since how many times interest had changed when it was recorded for sure
   */
  private record Read(int queries, long since) {}

  /** How many times other processes' commits had been found when circuits last stepped. */
  private volatile long foreignSeen;

  /** The schema's version when circuits last stepped. Set under the write lock. */
  private volatile long cookieSeen = -1;

  /** The newest interest that some query needs: older transactions are asked about by all. */
  private volatile long newestInterest;

  /** The newest commit of which all has been put into the mailboxes. */
  private volatile Position passed = Position.START;

  private volatile int stepped;

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

  int stepped() {
    return stepped;
  }

  Position passed() {
    return passed;
  }

  /** A query that has caught up is asked only about what can mean something to it from now on. */
  void route(RunningQuery query, LiveSelect select, Map<String, FixedColumn> fixed) {
    routes.place(query, select, fixed);
  }

  LiveSelects selects() {
    return selects;
  }

  /** Whether nothing of any query is remembered. */
  synchronized boolean isEmpty() {
    return queries.isEmpty()
        && counted.isEmpty()
        && reads.isEmpty()
        && routes.isEmpty()
        && selects.isEmpty();
  }

  /** @param known what the listener knows the result of, or null */
  LiveQuery open(
      String sql, List<Value> parameters, @Nullable Position known, LiveQueryListener listener) {
    RunningQuery query =
        new RunningQuery(this, selects.open(sql, parameters.size()), parameters, known, listener);
    try {
      query.start();
    } catch (RuntimeException e) {
      query.close();
      throw e;
    }
    return query;
  }

  /** Takes part from the current commit on; what its tables' rows do is recorded from now on. */
  synchronized void add(RunningQuery query) {
    if (query.isClosed()) {
      return;
    }
    if (queries.isEmpty()) {
      foreignSeen = host.foreignCommits();
    }
    queries.add(query);
    routes.placeAlways(query);
    if (subscription == null) {
      subscription = host.changes().subscribe(this);
    }
    count(query, query.bases());
    long since = 0;
    for (String each : query.bases()) {
      Read read = reads.get(each);
      since = Math.max(since, read == null ? 0 : read.since);
    }
    newestInterest = Math.max(newestInterest, since);
    query.recordedSince(since);
  }

  synchronized void remove(RunningQuery query) {
    queries.remove(query);
    routes.remove(query);
    count(query, Set.of());
    if (queries.isEmpty() && subscription != null) {
      subscription.close();
      subscription = null;
    }
  }

  /** Counts what a query reads now, and tells the database if it should record other tables. */
  private void count(RunningQuery query, Set<String> bases) {
    Set<String> before = bases.isEmpty() ? counted.remove(query) : counted.put(query, bases);
    if (before == null) {
      before = Set.of();
    }
    List<String> added = new ArrayList<>();
    for (String base : bases) {
      if (!before.contains(base) && read(base, 1) == 1) {
        added.add(base);
      }
    }
    boolean gone = false;
    for (String base : before) {
      if (!bases.contains(base) && read(base, -1) == 0) {
        gone = true;
        complete.forget(base);
      }
    }
    if (gone || !added.isEmpty()) {
      host.interestChanged();
    }
    long now = host.interest();
    for (String base : added) {
      reads.put(base, new Read(1, now));
      complete.forget(base);
    }
  }

  /** So many more queries read a table; how many do now. */
  private int read(String base, int more) {
    Read before = reads.get(base);
    int now = (before == null ? 0 : before.queries) + more;
    if (now == 0) {
      reads.remove(base);
    } else {
      reads.put(base, new Read(now, before == null ? Long.MAX_VALUE : before.since));
    }
    return now;
  }

  @Override
  public boolean wants(Table table) {
    return reads.containsKey(Names.fold(table.name()));
  }

  /**
   * What commits changed in a query's tables from one position to another, or null if that is not
   * known.
   *
   * @param interest how many times interest had changed when these tables were recorded for sure
   */
  @Nullable List<CommittedChanges> between(
      Position from, Position to, LiveSelect select, long interest) {
    Set<String> tables = select.bases();
    if (from.epoch() != to.epoch()
        || from.commit() > to.commit()
        || host.foreignCommits() != foreignSeen
        || select.cookie() != cookieSeen
        || !complete.areSince(from, tables)) {
      return null;
    }
    try {
      if (!host.changes().awaitDelivered(to, PATIENCE_MILLIS)) {
        return null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    List<CommittedChanges> known = complete.between(host.changes().tailSince(from), to, interest);
    return complete.areSince(from, tables) ? known : null;
  }

  // ---- on the committing thread, under the write lock

  @Override
  public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
    // Live queries see whole commits only.
  }

  @Override
  public void beforeCommit(TransactionView transaction, ChangeSet changes) {
    if (queries.isEmpty()) {
      return;
    }
    if (host.foreignCommits() != foreignSeen) {
      foreignSeen = host.foreignCommits();
      complete.forgetAll();
      queries.forEach(RunningQuery::startOver);
      return;
    }
    lookForOthers(transaction, changes);
    if (changes.mark() > MOST_BYTES) {
      queries.forEach(RunningQuery::startOver);
      return;
    }
    undecided.put(Thread.currentThread(), changes);
    TextEncoding encoding = SideTables.encoding(transaction.store());
    PendingChanges pending = new PendingChanges(encoding);
    pending.addAll(changes);
    List<LiveOutcome> outcome = new ArrayList<>();
    int ran = 0;
    List<LiveRoutes.Asked> asked = routes.affected(pending, encoding);
    for (int i = 0; i < asked.size(); i++) {
      RunningQuery query = asked.get(i).query;
      LiveOutcome each = query.step(transaction, changes, pending, asked.get(i).changes());
      if (each != null) {
        ran++;
        outcome.add(each);
      }
      if (each instanceof LiveOutcome.Later step) {
        steps.add(step);
      }
    }
    stepped = ran;
    if (!outcome.isEmpty() && waitWith(changes, outcome) > FAR_BEHIND) {
      steps.makeAll();
    }
  }

  /** Keeps what a commit means until it is published; how many wait for that. */
  private int waitWith(ChangeSet changes, List<LiveOutcome> outcome) {
    synchronized (outcomes) {
      outcomes.put(changes, outcome);
      return outcomes.size();
    }
  }

  /** Has queries begin anew that this commit's changes may not tell the truth to. */
  private void lookForOthers(TransactionView transaction, ChangeSet changes) {
    long cookie = transaction.schema().cookie();
    if (cookie != cookieSeen) {
      complete.forgetAll();
    }
    Set<String> all = reads.keySet();
    if (changes.interest() < newestInterest || !complete.covers(all)) {
      Set<String> recorded = new HashSet<>();
      reads.forEach((table, read) -> {
        if (read.since <= changes.interest()) {
          recorded.add(table);
        }
      });
      complete.committing(changes, recorded, all);
    }
    if (cookie != cookieSeen || changes.interest() < newestInterest) {
      cookieSeen = cookie;
      queries.forEach(each -> each.isFor(transaction, changes));
    }
  }

  /** The commit failed and its transaction goes on, to be tried again from this thread or another. */
  @Override
  public void rollbackTo(long mark) {
    afterTransaction(0, false);
  }

  @Override
  public void afterTransaction(long transaction, boolean committed) {
    ChangeSet changes = undecided.remove(Thread.currentThread());
    if (!committed && changes != null) {
      failed(changes);
    }
  }

  /** A commit failed that circuits have seen: they are ahead of the database now. */
  private void failed(ChangeSet changes) {
    List<LiveOutcome> lost;
    synchronized (outcomes) {
      lost = outcomes.remove(changes);
    }
    for (RunningQuery each : queries) {
      each.forget(changes);
    }
    if (lost != null) {
      lost.forEach(each -> each.query().startOver());
      steps.makeAll();
    }
  }

  // ---- on the dispatcher

  @Override
  public void committed(CommittedChanges commit) {
    if (commit.kind() == CommittedChanges.Kind.FOREIGN) {
      foreignSeen = host.foreignCommits();
      complete.forgetAll();
      queries.forEach(RunningQuery::startOver);
      return;
    }
    complete.published(commit);
    List<LiveOutcome> outcome;
    synchronized (outcomes) {
      outcome = outcomes.remove(commit.changes());
    }
    if (outcome != null) {
      for (LiveOutcome each : outcome) {
        if (each instanceof LiveOutcome.Later step) {
          steps.makeUpTo(step);
        }
        each.query().deliver(commit.position(), each);
      }
    }
    passed = commit.position();
  }

  @Override
  public void missed(Position upTo, long commits) {
    synchronized (outcomes) {
      outcomes.clear();
    }
    queries.forEach(RunningQuery::startOver);
    steps.makeAll();
  }

  @Override
  public void close() {
    queries.forEach(RunningQuery::close);
  }
}
