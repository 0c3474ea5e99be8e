package dev.turso.dbsp.compile;

import dev.turso.exec.expression.ExpressionCompiler;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Locations;
import dev.turso.exec.expression.Node;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.FreeColumns;
import dev.turso.value.Affinity;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The slots of columns, and expressions compiled over them. */
final class ColumnPlaces {

  private final Frame frame;
  private final Locations locations = new Locations();
  private final ExpressionCompiler expressions = new ExpressionCompiler(locations);
  private final Map<Integer, Integer> slots = new HashMap<>();

  /** Slots of columns that have their type from one SELECT of several. */
  private final BitSet mixed = new BitSet();

  private int nextId;

  /** @param nextId an id above those of all columns of the plan */
  ColumnPlaces(Frame frame, int nextId) {
    this.frame = frame;
    this.nextId = nextId;
  }

  Frame frame() {
    return frame;
  }

  Locations locations() {
    return locations;
  }

  /** A column that no plan knows. */
  BoundColumn invent(String name) {
    return new BoundColumn(nextId++, name, Affinity.NONE, null, true, null, null);
  }

  int newSlot() {
    return frame.addSlot();
  }

  /** Gives a column a new slot. */
  int place(BoundColumn column) {
    return place(column, newSlot());
  }

  /** Puts a column into a slot. */
  int place(BoundColumn column, int slot) {
    slots.put(column.id(), slot);
    locations.placeSlot(column, slot);
    return slot;
  }

  /** Tells that a slot holds values that have not all been through the affinity of its column. */
  void mix(int slot) {
    mixed.set(slot);
  }

  /** Whether the type of a column is that of all its values. */
  boolean isTyped(BoundColumn column) {
    Integer slot = slots.get(column.id());
    return column.isStoredAsTyped() && (slot == null || !mixed.get(slot));
  }

  /** The slot of a column, or null for one that is not placed. */
  @Nullable Integer slot(BoundColumn column) {
    return slots.get(column.id());
  }

  int[] slots(List<BoundColumn> columns) {
    int[] result = new int[columns.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = Objects.requireNonNull(slots.get(columns.get(i).id()));
    }
    return result;
  }

  /** An expression over slots; where a subquery has not been taken out there is no such thing. */
  Node compile(BoundExpression expression) {
    if (Conditions.hasSubquery(expression)) {
      throw new NoIncrementalForm("a subquery in this place: " + Texts.of(expression));
    }
    return expressions.compile(expression);
  }

  Node[] compileAll(List<BoundExpression> list) {
    Node[] nodes = new Node[list.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = compile(list.get(i));
    }
    return nodes;
  }

  /** The slots that an expression reads. */
  BitSet reads(BoundExpression expression) {
    BitSet read = new BitSet();
    for (BoundColumn each : FreeColumns.of(expression)) {
      Integer slot = slots.get(each.id());
      if (slot != null) {
        read.set(slot);
      }
    }
    return read;
  }

  /** The slot an expression is nothing but, or null. */
  @Nullable Integer plainSlot(BoundExpression expression) {
    BoundExpression inner = plain(expression);
    return inner instanceof BoundExpression.ColumnReference reference
        ? slots.get(reference.column().id())
        : null;
  }

  /** The expression without COLLATE around it. */
  static BoundExpression plain(BoundExpression expression) {
    BoundExpression inner = expression;
    while (inner instanceof BoundExpression.Collate collate) {
      inner = collate.operand();
    }
    return inner;
  }
}
