package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.format.RecordReader;
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
 * The groups for which a hash table has no room: their rows are sorted by the keys and then taken group
 * by group. Gives its groups where the hash table gives its own. It is put together when it is needed,
 * from where the columns were when the hash table was built. What a row's keys are was computed when
 * the hash table was asked for them and is not computed again.
 */
final class SortedGroups {

  private final ExecutableBuilder builder;
  private final AggregateBuilder aggregates;
  private final PhysicalPlan.Aggregate plan;
  private final int[] results;
  private final int bareSource;
  private final List<BoundColumn> columns = new ArrayList<>();
  private final List<Node> places = new ArrayList<>();
  private int keySource;
  private @Nullable Rest rest;

  /**
   * @param results the slots of the aggregates' values
   * @param bareSource the source of the bare columns, or -1
   */
  SortedGroups(
      ExecutableBuilder builder,
      AggregateBuilder aggregates,
      PhysicalPlan.Aggregate plan,
      int[] results,
      int bareSource) {
    this.builder = builder;
    this.aggregates = aggregates;
    this.plan = plan;
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

  /** Where rows go whose groups are not in the table; empty. */
  Rest begin() {
    Rest known = rest;
    if (known == null) {
      known = build();
      rest = known;
    }
    known.open();
    return known;
  }

  private Rest build() {
    Frame frame = builder.frame();
    int n = plan.keys().size();
    for (int i = 0; i < columns.size(); i++) {
      builder.locations().place(columns.get(i), places.get(i));
    }
    Collation[] collations = new Collation[n];
    for (int i = 0; i < n; i++) {
      collations[i] = plan.keys().get(i).collation();
    }
    RowOrder order = RowOrder.ascending(collations);
    StoredColumns stored = builder.store(columns, n);
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
    AddedRows rows = new AddedRows(new SortedRows(frame, order, stored));
    StreamAggregateOperator groups =
        new StreamAggregateOperator(frame, rows, keys, collations, slots, steps, bare, -1);
    return new Rest(frame, rows, groups, order, slots, frame.rows[keySource]);
  }

  /** Rows that the grouping adds one by one, as an input. */
  private static final class AddedRows extends Operator {
    final SortedRows rows;
    private boolean finished;

    AddedRows(SortedRows rows) {
      this.rows = rows;
    }

    @Override
    public void open() {
      rows.clear();
      finished = false;
    }

    @Override
    public boolean next() {
      if (!finished) {
        finished = true;
        rows.finish();
      }
      return rows.next();
    }

    @Override
    public void close() {
      rows.clear();
    }
  }

  /** The rows without a place in the table, and then their groups in order. */
  static final class Rest {
    private final Frame frame;
    private final AddedRows rows;
    private final StreamAggregateOperator groups;
    private final RowOrder order;
    private final int[] keySlots;
    private final RowSource keyRow;
    private final RecordWriter writer = new RecordWriter();
    private final RecordReader reader = new RecordReader();
    private final Register[] tableKey;

    Rest(
        Frame frame,
        AddedRows rows,
        StreamAggregateOperator groups,
        RowOrder order,
        int[] keySlots,
        RowSource keyRow) {
      this.frame = frame;
      this.rows = rows;
      this.groups = groups;
      this.order = order;
      this.keySlots = keySlots;
      this.keyRow = keyRow;
      this.tableKey = Registers.create(keySlots.length);
    }

    void open() {
      groups.open();
    }

    /** Takes the current row, whose keys are these. */
    void add(Register[] keys) {
      rows.rows.add(keys);
    }

    boolean isAtEnd() {
      return groups.peekKeys() == null;
    }

    /** Whether the next group comes before one of the table's. */
    boolean comesBefore(KeyTable table, int group) {
      Register[] mine = groups.peekKeys();
      if (mine == null) {
        return false;
      }
      table.read(group, reader);
      for (int i = 0; i < tableKey.length; i++) {
        tableKey[i].tag = reader.load(i);
        tableKey[i].bits = reader.bits();
        tableKey[i].ref = reader.ref();
      }
      return order.compare(mine, tableKey) < 0;
    }

    /** Gives the next group: its keys as a record, as the table has them. */
    void give() {
      groups.next();
      writer.reset();
      for (int slot : keySlots) {
        Register key = frame.slots[slot];
        writer.add(key.tag, key.bits, key.ref);
      }
      writer.finish();
      keyRow.record.reset(writer.array(), writer.offset(), writer.length());
    }

    void close() {
      groups.close();
    }
  }
}
