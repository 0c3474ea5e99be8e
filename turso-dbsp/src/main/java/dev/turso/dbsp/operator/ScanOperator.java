package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.circuit.WantedIndex;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.schema.Table;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, or of another materialized view, which is a table too.
 *
 * <p>Keeps nothing: the table is its own arrangement. Only the columns that something above uses are
 * decoded, and an update that leaves them as they were is no change here.
 */
public final class ScanOperator extends CircuitOperator {

  private final CircuitContext context;
  private final TableReader reader;
  private final Table table;
  private final int source;
  private final int[] slots;
  private final int[] columns;
  private final Node[] loaders;
  private final int[] loaded;
  private final List<OrderPart> order;
  private final Register[] before;
  private final Register[] after;
  private final String alias;
  private final List<WantedIndex> wanted = new ArrayList<>();

  /**
   * @param source the frame's row source that decodes records
   * @param slots the output, and {@code columns} the table column of each ({@code -1} for the rowid)
   * @param loaders compute columns from the row source into the slots {@code loaded}
   */
  public ScanOperator(
      CircuitContext context,
      Table table,
      String alias,
      int source,
      int[] slots,
      int[] columns,
      Node[] loaders,
      int[] loaded,
      List<OrderPart> order) {
    this.context = context;
    this.reader = new TableReader(context, table);
    this.table = table;
    this.alias = alias;
    this.source = source;
    this.slots = slots;
    this.columns = columns;
    this.loaders = loaders;
    this.loaded = loaded;
    this.order = order;
    this.before = registers(loaded.length);
    this.after = registers(loaded.length);
  }

  private static Register[] registers(int count) {
    Register[] made = new Register[count];
    for (int i = 0; i < count; i++) {
      made[i] = new Register();
    }
    return made;
  }

  public Table table() {
    return table;
  }

  @Override
  public int[] slots() {
    return slots;
  }

  @Override
  public List<OrderPart> order() {
    return order;
  }

  @Override
  public int identitySlot() {
    return table.withoutRowid() ? -1 : order.getFirst().slot();
  }

  @Override
  public boolean changed() {
    return context.filling() || !context.changes(table).isEmpty();
  }

  @Override
  public void changes(RowSink sink) {
    if (context.filling()) {
      reader.scanAll(row(), () -> give(sink, 1));
      return;
    }
    for (TableChanges.Entry each : context.changes(table).entries()) {
      if (each.before != null && each.after != null) {
        update(each, sink);
      } else if (loadBefore(each)) {
        sink.row(-1);
      } else if (loadAfter(each)) {
        sink.row(1);
      }
    }
  }

  /** Gives both images, unless all used columns are as they were. */
  private void update(TableChanges.Entry each, RowSink sink) {
    if (Arrays.equals(
        each.before,
        each.beforeOffset,
        each.beforeOffset + each.beforeLength,
        each.after,
        each.afterOffset,
        each.afterOffset + each.afterLength)) {
      return;
    }
    loadBefore(each);
    hold(before);
    loadAfter(each);
    if (!isHeld(before)) {
      hold(after);
      restore(before);
      sink.row(-1);
      restore(after);
      sink.row(1);
    }
  }

  private void hold(Register[] into) {
    Register[] all = context.frame().slots;
    for (int i = 0; i < loaded.length; i++) {
      into[i].copyFrom(all[loaded[i]]);
      into[i].keep();
    }
  }

  private void restore(Register[] held) {
    Register[] all = context.frame().slots;
    for (int i = 0; i < loaded.length; i++) {
      all[loaded[i]].copyFrom(held[i]);
    }
  }

  /** Whether the slots have exactly the values held. */
  private boolean isHeld(Register[] held) {
    Register[] all = context.frame().slots;
    for (int i = 0; i < loaded.length; i++) {
      if (!isExactly(all[loaded[i]], held[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isExactly(Register a, Register b) {
    if (a.tag != b.tag) {
      return false;
    }
    if (a.tag < Tag.TEXT) {
      return a.tag == Tag.NULL || a.bits == b.bits;
    }
    return Arrays.equals(
        a.ref, a.offset(), a.offset() + a.length(), b.ref, b.offset(), b.offset() + b.length());
  }

  /** Fills the slots from the row before; false if there was none. */
  boolean loadBefore(TableChanges.Entry each) {
    byte[] record = each.before;
    if (record != null) {
      load(each.rowid, record, each.beforeOffset, each.beforeLength);
    }
    return record != null;
  }

  private boolean loadAfter(TableChanges.Entry each) {
    byte[] record = each.after;
    if (record != null) {
      load(each.rowid, record, each.afterOffset, each.afterLength);
    }
    return record != null;
  }

  private void load(long rowid, byte[] array, int offset, int length) {
    RowSource row = row();
    row.rowid = rowid;
    row.record.reset(array, offset, length);
    fill();
  }

  /** Fills the slots from the row source. */
  private void fill() {
    context.rowsTouched++;
    Frame frame = context.frame();
    for (int i = 0; i < loaders.length; i++) {
      loaders[i].evalInto(frame, frame.slots[loaded[i]]);
    }
  }

  void give(RowSink sink, long weight) {
    fill();
    sink.row(weight);
  }

  RowSource row() {
    return context.frame().rows[source];
  }

  CircuitContext context() {
    return context;
  }

  /** The table column that a slot holds, -1 for the rowid, or null for none of this table. */
  @Nullable Integer columnOf(int slot) {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == slot) {
        return columns[i] == table.rowidAlias() ? Integer.valueOf(-1) : columns[i];
      }
    }
    return null;
  }

  @Override
  public Access access(List<Equality> equalities) {
    return TableAccess.best(this, equalities);
  }

  void want(WantedIndex index) {
    wanted.add(index);
  }

  @Override
  public List<WantedIndex> missingIndexes() {
    return wanted;
  }

  @Override
  public boolean readsChangesOnly() {
    return true;
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of();
  }

  @Override
  public String describe() {
    String name = table.name();
    return "scan " + name + (alias.equalsIgnoreCase(name) ? "" : " as " + alias);
  }
}
