package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.RecordWriter;
import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.physical.PhysicalPlan;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to group that a hash table falls back to when it would get too large: sort the input by the
 * keys and take group by group. Gives its groups where the hash table would have given them. It is put
 * together when it is needed, from where the columns were when the hash table was built.
 */
final class SortedGroups {

  private final ExecutableBuilder builder;
  private final AggregateBuilder aggregates;
  private final PhysicalPlan.Aggregate plan;
  private final Operator input;
  private final int[] results;
  private final int bareSource;
  private final List<BoundColumn> columns = new ArrayList<>();
  private final List<Node> places = new ArrayList<>();
  private int keySource;
  private @Nullable Operator built;

  /**
   * @param results the slots of the aggregates' values
   * @param bareSource the source of the bare columns, or -1
   */
  SortedGroups(
      ExecutableBuilder builder,
      AggregateBuilder aggregates,
      PhysicalPlan.Aggregate plan,
      Operator input,
      int[] results,
      int bareSource) {
    this.builder = builder;
    this.aggregates = aggregates;
    this.plan = plan;
    this.input = input;
    this.results = results;
    this.bareSource = bareSource;
    for (LogicalPlan.GroupKey each : plan.keys()) {
      remember(each.expression());
    }
    for (AggregateCall each : plan.calls()) {
      for (BoundExpression argument : each.arguments()) {
        remember(argument);
      }
      if (each.filter() != null) {
        remember(each.filter());
      }
      for (SortKey key : each.orderBy()) {
        remember(key.expression());
      }
    }
    for (LogicalPlan.BareColumn each : plan.bare()) {
      remember(each.source());
    }
  }

  /** The source whose record holds the keys of the group given. */
  void keySource(int source) {
    keySource = source;
  }

  private void remember(BoundExpression expression) {
    if (expression instanceof BoundExpression.ColumnReference reference) {
      remember(reference.column());
      return;
    }
    for (BoundColumn each : FreeColumns.of(expression)) {
      remember(each);
    }
  }

  private void remember(BoundColumn column) {
    if (!columns.contains(column) && builder.locations().has(column)) {
      columns.add(column);
      places.add(builder.locations().get(column));
    }
  }

  Operator operator() {
    Operator known = built;
    if (known == null) {
      known = build();
      built = known;
    }
    return known;
  }

  private Operator build() {
    Frame frame = builder.frame();
    int n = plan.keys().size();
    for (int i = 0; i < columns.size(); i++) {
      builder.locations().place(columns.get(i), places.get(i));
    }
    Node[] sortKeys = new Node[n];
    Collation[] collations = new Collation[n];
    for (int i = 0; i < n; i++) {
      sortKeys[i] = builder.compile(plan.keys().get(i).expression());
      collations[i] = plan.keys().get(i).collation();
    }
    StoredColumns stored = builder.store(columns, n);
    SortOperator sort =
        new SortOperator(frame, input, sortKeys, RowOrder.ascending(collations), stored);
    Node[] keys = new Node[n];
    int[] slots = new int[n];
    for (int i = 0; i < n; i++) {
      BoundColumn key = plan.keys().get(i).output();
      builder.locations().placeField(key, stored.source, i);
      keys[i] = builder.locations().get(key);
      slots[i] = frame.addSlot();
    }
    AggregateStep[] steps = aggregates.steps(plan, results);
    BareRows bare = aggregates.bare(plan, bareSource);
    StreamAggregateOperator groups =
        new StreamAggregateOperator(frame, sort, keys, collations, slots, steps, bare, -1);
    return new WithKeyRow(frame, groups, frame.rows[keySource]);
  }

  /** Groups whose keys are a record, as the hash table has them. */
  private static final class WithKeyRow extends Operator {
    private final Frame frame;
    private final StreamAggregateOperator groups;
    private final RowSource row;
    private final RecordWriter writer = new RecordWriter();

    WithKeyRow(Frame frame, StreamAggregateOperator groups, RowSource row) {
      this.frame = frame;
      this.groups = groups;
      this.row = row;
    }

    @Override
    public void open() {
      groups.open();
    }

    @Override
    public boolean next() {
      if (!groups.next()) {
        return false;
      }
      writer.reset();
      for (int slot : groups.keySlots()) {
        Register key = frame.slots[slot];
        writer.add(key.tag, key.bits, key.ref);
      }
      writer.finish();
      row.record.reset(writer.array(), writer.offset(), writer.length());
      return true;
    }

    @Override
    public void close() {
      groups.close();
    }
  }
}
