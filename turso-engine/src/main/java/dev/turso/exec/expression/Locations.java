package dev.turso.exec.expression;

import dev.turso.plan.logical.BoundColumn;
import dev.turso.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a statement's columns are while it runs: for each column the node that gets it.
 *
 * <p>Filled while an executable is built, from the sources upwards. Not thread-safe.
 */
public final class Locations {

  private @Nullable Node[] byId = new Node[32];

  /** The column is a register of the frame. */
  public void placeSlot(BoundColumn column, int slot) {
    place(column, new SlotNode(slot, true));
  }

  /** The column is a register that a subquery filled: whether it is JSON is not known any more. */
  public void placeSlotOfSubquery(BoundColumn column, int slot) {
    place(column, new SlotNode(slot, false));
  }

  /** The column of a subquery is what a node computes, of which it hides whether it is JSON. */
  public void placeOfSubquery(BoundColumn column, Node node) {
    place(column, node instanceof SlotNode slot ? slot.ofSubquery() : node);
  }

  /** The column is a field of the current row of a source. */
  public void placeField(BoundColumn column, int source, int field) {
    place(column, new ColumnNode(source, field));
  }

  /** The column is a field of REAL affinity as tables and indexes store it. */
  public void placeRealField(BoundColumn column, int source, int field) {
    place(column, new RealColumnNode(source, field));
  }

  /** The column is a field that rows older than it lack. */
  public void placeField(
      BoundColumn column, int source, int field, boolean real, Value defaultValue) {
    place(column, new DefaultedColumnNode(source, field, real, defaultValue));
  }

  /** The column is the rowid of a source. */
  public void placeRowid(BoundColumn column, int source) {
    place(column, new RowidNode(source));
  }

  /** The column is NULL where the source is absent, and as before where it is there. */
  public void guard(BoundColumn column, int source) {
    place(column, new PresentNode(source, get(column)));
  }

  /** The column is what a node computes. */
  public void place(BoundColumn column, Node node) {
    int id = column.id();
    if (id >= byId.length) {
      byId = Arrays.copyOf(byId, Math.max(id + 1, byId.length * 2));
    }
    byId[id] = node;
  }

  public boolean has(BoundColumn column) {
    return column.id() < byId.length && byId[column.id()] != null;
  }

  /** The node that gets the column's value. */
  public Node get(BoundColumn column) {
    Node node = column.id() < byId.length ? byId[column.id()] : null;
    if (node == null) {
      throw new IllegalStateException("no place for column " + column);
    }
    return node;
  }
}
