package dev.turso.dbsp.subscribe;

import dev.turso.bind.BoundQuery;
import dev.turso.change.CommittedChanges;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.circuit.Circuit;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.compile.NoIncrementalForm;
import dev.turso.dbsp.compile.PlanCompiler;
import dev.turso.dbsp.compile.VaryingParameters;
import dev.turso.dbsp.operator.FixedColumn;
import dev.turso.dbsp.trace.MemoryTrace;
import dev.turso.dbsp.trace.Trace;
import dev.turso.dbsp.view.PendingChanges;
import dev.turso.dbsp.view.SideTables;
import dev.turso.dbsp.view.TableDefaults;
import dev.turso.dbsp.view.ViewQuery;
import dev.turso.error.DatabaseException;
import dev.turso.format.RecordWriter;
import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Select;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A live query's SELECT, bound and compiled under one version of the schema: for all queries that
 * differ from it in {@linkplain #varying varying} parameters only.
 *
 * <p>There is one circuit for the commits; it belongs to whoever holds the database's write lock, and is
 * given the parameters and the state of one query after another. Queries that are filled beside the
 * commits borrow circuits compiled from the same plan, which agree with it on the form of the state.
 * A circuit that failed amid a step is not used again.
 */
final class LiveSelect {

  private static final int MOST_IDLE = 2;

  private final long cookie;
  private final List<String> columns;
  private final Set<String> bases;
  private final List<Table> views;
  private final LogicalPlan plan;
  private final TextEncoding encoding;
  private final TableDefaults defaults;
  private final List<Value> parameters;
  private final BitSet varying;
  private final boolean incremental;
  private final boolean identified;
  private final boolean shareable;
  private final boolean stateless;
  private final boolean changesOnly;

  /** The tables that the plan names once. */
  private final Set<String> readOnce;

  /** Circuits that nobody borrows. Under the monitor. */
  private final List<Circuit> idle = new ArrayList<>();

  /** The commits' circuit. Under the write lock. */
  private @Nullable Circuit running;

  private long rowsTouched;

  /** How many queries hold this one. Under the monitor of who shares it. */
  int users;

  private LiveSelect(
      BoundQuery query,
      List<Value> parameters,
      TransactionView transaction,
      boolean readsViewAsQuery) {
    this.cookie = transaction.schema().cookie();
    this.columns = query.names();
    this.plan = query.plan();
    this.bases = ViewQuery.bases(plan);
    this.views = views(transaction);
    this.encoding = SideTables.encoding(transaction.store());
    this.defaults = new TableDefaults(transaction.schema());
    this.parameters = parameters;
    this.varying = VaryingParameters.of(plan);
    this.readOnce = readOnce();
    Circuit first = firstCircuit();
    this.incremental = first != null;
    this.shareable = first != null && views.isEmpty() && !readsViewAsQuery;
    this.identified = first != null && first.hasIdentity();
    this.changesOnly = first != null && views.isEmpty() && first.readsChangesOnly();
    this.stateless = first != null && first.keepsNothing();
    if (first != null) {
      idle.add(first);
    }
  }

  static LiveSelect compile(Select select, List<Value> parameters, TransactionView transaction) {
    boolean[] asQuery = {false};
    BoundQuery query =
        ViewQuery.bind(
            transaction,
            select,
            view -> {
              boolean stale = !transaction.isCurrent(view);
              asQuery[0] |= stale;
              return stale;
            });
    ViewQuery.checkDeterministic(query.plan());
    return new LiveSelect(query, parameters, transaction, asQuery[0]);
  }

  private List<Table> views(TransactionView transaction) {
    List<Table> found = new ArrayList<>();
    for (String each : bases) {
      Table table = transaction.schema().table(each);
      if (table != null && table.materializedView()) {
        found.add(table);
      }
    }
    return found;
  }

  private Set<String> readOnce() {
    Map<String, Integer> reads = new HashMap<>();
    new TreeWalker() {
      @Override
      public Boolean scan(LogicalPlan.Scan node) {
        reads.merge(Names.fold(node.table().name()), 1, Integer::sum);
        return super.scan(node);
      }
    }.walk(plan);
    reads.values().removeIf(times -> times > 1);
    return Set.copyOf(reads.keySet());
  }

  private @Nullable Circuit firstCircuit() {
    try {
      return newCircuit();
    } catch (NoIncrementalForm e) {
      return null;
    }
  }

  private Circuit newCircuit() {
    return PlanCompiler.compile(plan, encoding, parameters, defaults);
  }

  /** The schema's version. */
  long cookie() {
    return cookie;
  }

  List<String> columns() {
    return columns;
  }

  /** The tables it reads, by folded name. */
  Set<String> bases() {
    return bases;
  }

  /** Those of them that are materialized views. */
  List<Table> views() {
    return views;
  }

  /** Whether there is a circuit; otherwise the query is evaluated anew. */
  boolean incremental() {
    return incremental;
  }

  /** Whether what commits change in the result can be told from them and the tables alone. */
  boolean stateless() {
    return stateless;
  }

  /** Whether what a commit changes in the result can be told from its changes, at any later time. */
  boolean readsChangesOnly() {
    return changesOnly;
  }

  /** Whether rows of the result carry the identity of a source's row. */
  boolean identified() {
    return identified;
  }

  /** Whether other queries may run it: not where it depends on whether some view is current. */
  boolean shareable() {
    return shareable;
  }

  /** The parameters that it was compiled with. */
  List<Value> parameters() {
    return parameters;
  }

  /** The parameters, from 0, that a query may have other values of. */
  BitSet varying() {
    return varying;
  }

  /** Whether the stored rows of the materialized views among the bases are still what to read. */
  boolean viewsAreCurrent(TransactionView transaction) {
    for (Table each : views) {
      if (!transaction.isCurrent(each)) {
        return false;
      }
    }
    return true;
  }

  // ---- circuits

  /** The columns of bases, by table, whose rows mean nothing to a query where they hold others. */
  Map<String, FixedColumn> fixed(List<Value> values) {
    if (!incremental) {
      return Map.of();
    }
    Circuit circuit = borrow();
    circuit.setParameters(values);
    Map<String, FixedColumn> fixed = new HashMap<>();
    for (FixedColumn each : FixedColumn.of(circuit)) {
      String name = Names.fold(each.table().name());
      if (readOnce.contains(name)) {
        fixed.put(name, each);
      }
    }
    giveBack(circuit);
    return Map.copyOf(fixed);
  }

  /** A circuit for work beside the commits; it comes back by {@link #giveBack} unless it failed. */
  Circuit borrow() {
    synchronized (this) {
      if (!idle.isEmpty()) {
        return idle.removeLast();
      }
    }
    return newCircuit();
  }

  synchronized void giveBack(Circuit circuit) {
    if (idle.size() < MOST_IDLE) {
      idle.add(circuit);
    }
  }

  /** A step over the changes of a commit, for the query of some parameters and its state. */
  ZSet step(PageStore store, List<Value> values, Trace trace, Map<Long, TableChanges> changes) {
    Circuit known = running;
    Circuit circuit = known == null ? borrow() : known;
    running = null;
    circuit.setParameters(values);
    ZSet delta = circuit.step(store, trace, changes, false);
    rowsTouched = circuit.rowsTouched();
    running = circuit;
    return delta;
  }

  /** The rows of a query, evaluated by the engine, as a circuit would give them. */
  static ZSet evaluate(TransactionView transaction, String sql, List<Value> values) {
    ZSet all = new ZSet();
    RecordWriter writer = new RecordWriter();
    transaction.query(
        sql,
        values,
        row -> {
          writer.reset();
          for (Value each : row) {
            writer.add(each.tag(), each.bits(), each.ref());
          }
          writer.finish();
          byte[] record = writer.toByteArray();
          all.add(0, record, 0, record.length, 1);
          return true;
        });
    all.consolidate();
    return all;
  }

  /**
   * What some commits, of which the last left what is in the store, changed in the result of a query
   * that keeps nothing; null if that cannot be computed.
   */
  @Nullable ZSet difference(PageStore store, List<Value> values, List<CommittedChanges> commits) {
    PendingChanges changes = new PendingChanges(encoding);
    commits.forEach(each -> changes.addAll(each.changes()));
    Circuit circuit = borrow();
    circuit.setParameters(values);
    try {
      ZSet delta = circuit.step(store, new MemoryTrace(), changes.byTable(), false);
      giveBack(circuit);
      return delta;
    } catch (DatabaseException | ArithmeticException | IllegalStateException e) {
      // What there was may fail where what there is does not.
      return null;
    }
  }

  /** Rows that the newest step of a commit touched. Under the write lock. */
  long rowsTouched() {
    return rowsTouched;
  }
}
