package dev.turso.dbsp.compile;

import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.operator.ScanOperator;
import dev.turso.exec.expression.Locations;
import dev.turso.exec.expression.Node;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.ColumnOrigin;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Column;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Table;
import dev.turso.schema.TableKind;
import dev.turso.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** Makes scans: decides where each column of a table is read from. */
final class ScanCompiler {

  private final CircuitContext context;
  private final ColumnPlaces places;
  private final ColumnUse use;
  private final ColumnDefaults defaults;

  ScanCompiler(
      CircuitContext context, ColumnPlaces places, ColumnUse use, ColumnDefaults defaults) {
    this.context = context;
    this.places = places;
    this.use = use;
    this.defaults = defaults;
  }

  CircuitOperator scan(LogicalPlan.Scan node) {
    Table table = node.table();
    if (table.kind() != TableKind.ORDINARY) {
      throw new NoIncrementalForm("the table " + table.name());
    }
    if (table.materializedView() && node.indexChoice().forbidden()) {
      throw new NoIncrementalForm("values of any type in " + table.name());
    }
    int source = places.frame().addRow();
    List<Node> loaders = new ArrayList<>();
    List<Integer> loaded = new ArrayList<>();
    int[] slots = new int[node.columns().size()];
    int[] columns = new int[slots.length];
    int[] slotOf = new int[table.columns().size()];
    java.util.Arrays.fill(slotOf, -1);
    int rowidSlot = -1;
    for (int i = 0; i < slots.length; i++) {
      BoundColumn column = node.columns().get(i);
      slots[i] = places.newSlot();
      columns[i] = columnOf(column);
      boolean rowid = columns[i] == ColumnOrigin.ROWID || columns[i] == table.rowidAlias();
      boolean virtual = !rowid && table.columns().get(columns[i]).isVirtual();
      if (rowid) {
        rowidSlot = slots[i];
      }
      if (columns[i] >= 0) {
        slotOf[columns[i]] = slots[i];
      }
      boolean wanted = rowid || use.has(column) || isKey(table, columns[i]);
      if (wanted && !virtual) {
        loaders.add(stored(table, columns[i], source));
        loaded.add(slots[i]);
      }
      places.place(column, slots[i]);
    }
    for (LogicalPlan.Computed each : node.computed()) {
      int slot = places.slots(List.of(each.column()))[0];
      loaders.add(places.compile(each.expression()));
      loaded.add(slot);
    }
    List<OrderPart> order = order(table, slotOf, rowidSlot, source, loaders, loaded);
    return new ScanOperator(
        context,
        table,
        node.alias(),
        source,
        slots,
        columns,
        loaders.toArray(new Node[0]),
        loaded.stream().mapToInt(Integer::intValue).toArray(),
        order);
  }

  private static int columnOf(BoundColumn column) {
    ColumnOrigin origin = column.origin();
    if (origin == null) {
      throw new NoIncrementalForm("the column " + column.name());
    }
    return origin.column();
  }

  private static boolean isKey(Table table, int column) {
    if (table.withoutRowid()) {
      for (KeyPart each : table.primaryKey()) {
        if (each.column() == column) {
          return true;
        }
      }
    }
    return false;
  }

  /** The node that reads a stored column from the row source. */
  private Node stored(Table table, int column, int source) {
    Locations at = new Locations();
    BoundColumn name = places.invent("stored");
    if (column == ColumnOrigin.ROWID || column == table.rowidAlias()) {
      at.placeRowid(name, source);
      return at.get(name);
    }
    Column each = table.columns().get(column);
    int position = table.storedPosition(column);
    boolean real = each.affinity() == Affinity.REAL;
    if (each.defaultExpression() != null) {
      at.placeField(name, source, position, real, defaults.of(table, column));
    } else if (real) {
      at.placeRealField(name, source, position);
    } else {
      at.placeField(name, source, position);
    }
    return at.get(name);
  }

  private List<OrderPart> order(
      Table table,
      int[] slotOf,
      int rowidSlot,
      int source,
      List<Node> loaders,
      List<Integer> loaded) {
    List<OrderPart> order = new ArrayList<>();
    if (table.withoutRowid()) {
      for (KeyPart each : table.primaryKey()) {
        order.add(new OrderPart(slotOf[each.column()], each.collation(), each.descending(), true));
      }
      return order;
    }
    int slot = rowidSlot;
    if (slot < 0) {
      slot = places.newSlot();
      loaders.add(stored(table, ColumnOrigin.ROWID, source));
      loaded.add(slot);
    }
    order.add(OrderPart.of(slot));
    return order;
  }
}
