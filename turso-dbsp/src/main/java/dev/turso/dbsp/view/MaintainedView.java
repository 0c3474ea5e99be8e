package dev.turso.dbsp.view;

import dev.turso.bind.BoundQuery;
import dev.turso.btree.BTrees;
import dev.turso.btree.TableCursor;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.circuit.Circuit;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.circuit.Visible;
import dev.turso.dbsp.circuit.WantedIndex;
import dev.turso.dbsp.compile.NoIncrementalForm;
import dev.turso.dbsp.compile.PlanCompiler;
import dev.turso.dbsp.trace.Trace;
import dev.turso.dbsp.trace.TreeTrace;
import dev.turso.error.SqlException;
import dev.turso.format.RecordWriter;
import dev.turso.pager.PageStore;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Select;
import dev.turso.value.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A view ready to be maintained under one version of the schema.
 *
 * <p>Holds no rows between steps, only cursors in the storage of the newest one; used under the database's
 * write lock.
 */
final class MaintainedView {

  private final ViewDefinition definition;
  private final Select select;
  private final @Nullable Circuit circuit;
  private final String whyRecomputed;
  private final List<WantedIndex> indexes;
  private final String shape;

  /** The state, as the newest step had it. */
  private @Nullable TreeTrace known;

  /** In the view's rows, with the storage and the root that it is in. */
  private @Nullable TableCursor cursor;

  private @Nullable PageStore cursorStore;
  private int cursorRoot;

  private MaintainedView(
      ViewDefinition definition,
      Select select,
      @Nullable Circuit circuit,
      String whyRecomputed,
      List<WantedIndex> indexes) {
    this.definition = definition;
    this.select = select;
    this.circuit = circuit;
    this.whyRecomputed = whyRecomputed;
    this.indexes = indexes;
    this.shape = circuit == null ? "recomputed" : circuit.shape();
  }

  /** Compiles a view's query. */
  static MaintainedView compile(ViewDefinition definition, TransactionView transaction) {
    Select select = definition.select();
    BoundQuery query = ViewQuery.bind(transaction, select);
    Table stored = transaction.schema().table(definition.name());
    if (stored != null && stored.columns().size() != query.columns().size()) {
      throw new SqlException(
          "its query has "
              + query.columns().size()
              + " columns now, and "
              + stored.columns().size()
              + " are stored: drop and create it anew");
    }
    TableDefaults defaults = new TableDefaults(transaction.schema());
    try {
      Circuit circuit =
          PlanCompiler.compile(
                  query.plan(), SideTables.encoding(transaction.store()), List.of(), defaults)
              .withIdentityOfJoins();
      return new MaintainedView(definition, select, circuit, "", circuit.missingIndexes());
    } catch (NoIncrementalForm e) {
      return new MaintainedView(
          definition, select, null, String.valueOf(e.getMessage()), List.of());
    }
  }

  ViewDefinition definition() {
    return definition;
  }

  /** The indexes that joins would seek by and that do not exist. */
  List<WantedIndex> missingIndexes() {
    return indexes;
  }

  String shape() {
    return shape;
  }

  private Trace trace(TransactionView transaction) {
    Table state = transaction.schema().table(definition.stateTable());
    if (state == null) {
      throw new SqlException(
          "the state of the materialized view " + definition.name() + " is lost");
    }
    TreeTrace before = known;
    if (before == null || !before.isOf(transaction.store(), state.rootPage())) {
      before = new TreeTrace(transaction.store(), state.rootPage());
      known = before;
    }
    return before;
  }

  private TableCursor cursor(TransactionView transaction, Table table) {
    PageStore store = transaction.store();
    int root = table.rootPage();
    TableCursor before = cursor;
    if (before == null || cursorStore != store || cursorRoot != root) {
      before = new TableCursor(store, root);
      cursor = before;
      cursorStore = store;
      cursorRoot = root;
    }
    return before;
  }

  private Table table(DatabaseSchema schema) {
    Table table = schema.table(definition.name());
    if (table == null) {
      throw new SqlException(
          "the table of the materialized view " + definition.name() + " is lost");
    }
    return table;
  }

  private ViewRows rows(
      TransactionView transaction, Trace trace, PendingChanges pending, Predicate<Table> recorded) {
    Table table = table(transaction.schema());
    boolean identity = circuit != null && circuit.hasIdentity();
    RowStore store =
        recorded.test(table) || !table.indexes().isEmpty()
            ? RowStore.of(transaction.writer(table))
            : RowStore.of(cursor(transaction, table));
    return new ViewRows(transaction, table, trace, identity, store, pending.of(table));
  }

  /**
   * Brings the view up to date; its own changes join the pending ones.
   *
   * @param recorded whether the changes of a table are to be recorded
   * @return rows written
   */
  long maintain(TransactionView transaction, PendingChanges pending, Predicate<Table> recorded) {
    Trace trace = trace(transaction);
    ViewRows rows = rows(transaction, trace, pending, recorded);
    if (circuit != null) {
      return rows.apply(circuit.step(transaction.store(), trace, pending.byTable(), false));
    }
    ZSet delta = recomputed(transaction);
    rows.stored(delta, -1);
    delta.consolidate();
    return rows.apply(delta);
  }

  /** How many operators the circuit has; 0 where there is none. */
  int operators() {
    return circuit == null ? 0 : circuit.explain().size();
  }

  /** Which part of the tables is in, from 0 to 1, by their rowids. */
  double filled(TransactionView transaction) {
    FillState state = new FillState(trace(transaction));
    double sum = 0;
    for (String each : definition.bases()) {
      Long last = state.last(each);
      Table table = transaction.schema().table(each);
      if (last != null && last == Long.MAX_VALUE || table == null) {
        sum += 1;
      } else if (last != null && !table.withoutRowid()) {
        TableCursor cursor = new TableCursor(transaction.store(), table.rootPage());
        double first = cursor.first() ? cursor.rowid() : 0;
        double end = cursor.last() ? cursor.rowid() : 0;
        sum += end > first ? (last - first) / (end - first) : 1;
      }
    }
    return definition.bases().isEmpty() ? 1 : sum / definition.bases().size();
  }

  /** Whether the view can be filled in slices; one without a circuit is evaluated whole. */
  boolean canBeSliced() {
    return circuit != null;
  }

  /** Empties the view: to its circuit, no table has a row yet. */
  void beginFill(TransactionView transaction, PendingChanges pending, Predicate<Table> recorded) {
    Circuit running = circuit;
    assert running != null;
    BTrees trees = new BTrees(transaction.store());
    Table table = table(transaction.schema());
    trees.clear(table.rootPage());
    for (Index each : table.indexes()) {
      trees.clear(each.rootPage());
    }
    Table state = transaction.schema().table(definition.stateTable());
    if (state != null) {
      trees.clear(state.rootPage());
    }
    Trace trace = trace(transaction);
    Visible nothing = Visible.upTo(Map.of());
    rows(transaction, trace, pending, recorded)
        .apply(running.step(transaction.store(), trace, Map.of(), true, nothing));
  }

  /** Has a view that is being filled follow changes of the rows that are in. */
  long maintainFilling(
      TransactionView transaction, PendingChanges pending, Predicate<Table> recorded) {
    Trace trace = trace(transaction);
    FillState state = new FillState(trace);
    DatabaseSchema schema = transaction.schema();
    return stepFilling(
        transaction,
        trace,
        state.changes(schema, definition.bases(), pending.byTable()),
        pending,
        recorded);
  }

  private long stepFilling(
      TransactionView transaction,
      Trace trace,
      Map<Long, TableChanges> changes,
      PendingChanges pending,
      Predicate<Table> recorded) {
    Circuit running = circuit;
    assert running != null;
    Visible visible = new FillState(trace).visible(transaction.schema(), definition.bases());
    ViewRows rows = rows(transaction, trace, pending, recorded);
    return rows.apply(running.step(transaction.store(), trace, changes, false, visible));
  }

  /** Takes the next rows of the first table that is not in yet; false if all are. */
  boolean fillSlice(
      TransactionView transaction, PendingChanges pending, Predicate<Table> recorded, int most) {
    Trace trace = trace(transaction);
    FillState state = new FillState(trace);
    for (String each : definition.bases()) {
      Table table = transaction.schema().table(each);
      Long last = state.last(each);
      if (table == null || last != null && last == Long.MAX_VALUE) {
        continue;
      }
      Slice slice = Slice.after(transaction.store(), table, last, most);
      state.set(each, slice.last());
      stepFilling(transaction, trace, Map.of(table.id(), slice.rows()), pending, recorded);
      return true;
    }
    state.forget(definition.bases());
    return false;
  }

  /** Builds the view anew; what differs from the stored rows is written and joins the pending. */
  long build(TransactionView transaction, PendingChanges pending, Predicate<Table> recorded) {
    Table state = transaction.schema().table(definition.stateTable());
    if (state != null) {
      new BTrees(transaction.store()).clear(state.rootPage());
    }
    Trace trace = trace(transaction);
    ViewRows rows = rows(transaction, trace, pending, recorded);
    ZSet delta =
        circuit == null
            ? recomputed(transaction)
            : circuit.step(transaction.store(), trace, Map.of(), true);
    rows.enterStored();
    rows.stored(delta, -1);
    delta.consolidate();
    return rows.apply(delta);
  }

  /** The rows of the query, evaluated by the engine, as a circuit would give them. */
  ZSet recomputed(TransactionView transaction) {
    ZSet rows = new ZSet();
    RecordWriter writer = new RecordWriter();
    transaction.query(
        select,
        values -> {
          writer.reset();
          for (Value each : values) {
            if (each.isNull()) {
              writer.addNull();
            } else {
              writer.add(each.tag(), each.bits(), each.ref());
            }
          }
          writer.finish();
          byte[] record = writer.toByteArray();
          rows.add(
              ByteBuffer.allocate(Circuit.IDENTITY + record.length).putLong(0).put(record).array(),
              1);
          return true;
        });
    return rows;
  }

  /** Compares the stored rows with the query; null if they are the same. */
  @Nullable String check(TransactionView transaction) {
    ZSet difference = recomputed(transaction);
    new ViewRows(
            transaction,
            table(transaction.schema()),
            trace(transaction),
            false,
            RowStore.of(cursor(transaction, table(transaction.schema()))),
            new TableChanges())
        .stored(difference, -1);
    difference.consolidate();
    if (difference.isEmpty()) {
      return null;
    }
    long missing = 0;
    long extra = 0;
    for (int i = 0; i < difference.size(); i++) {
      missing += Math.max(difference.weight(i), 0);
      extra -= Math.min(difference.weight(i), 0);
    }
    return missing + " rows missing, " + extra + " rows too many";
  }

  /** Rows that the circuit's operators touched in the last step; -1 if the query was evaluated. */
  long rowsTouched() {
    return circuit == null ? -1 : circuit.rowsTouched();
  }

  boolean recomputes() {
    return circuit == null || circuit.recomputes();
  }

  /** The circuit as lines. */
  List<String> explain() {
    if (circuit == null) {
      return List.of("recompute: evaluates the query anew (" + whyRecomputed + ")");
    }
    List<String> lines = new ArrayList<>();
    lines.add("materialized view " + definition.name());
    for (String each : circuit.explain()) {
      lines.add("  " + each);
    }
    return lines;
  }
}
