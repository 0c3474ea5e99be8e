package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.exec.expression.RowVector;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/** Groups of the input in the order of their keys, gathered in a hash table. */
final class HashAggregateOperator extends Operator {

  private final Frame frame;
  private final Operator input;
  private final Node[] keys;
  private final Register[] keyValues;
  private final KeyTable table;
  private final AggregateStep[] steps;
  private final @Nullable BareRows bare;
  private final RowSource keyRow;
  private int[] order = {};
  private int at;
  private long[] integers = {};
  private boolean filled;

  HashAggregateOperator(
      Frame frame,
      Operator input,
      Node[] keys,
      Collation[] collations,
      AggregateStep[] steps,
      @Nullable BareRows bare,
      int keySource) {
    this.frame = frame;
    this.input = input;
    this.keys = keys;
    this.keyValues = Registers.create(keys.length);
    this.table = new KeyTable(collations);
    this.steps = steps;
    this.bare = bare;
    this.keyRow = frame.rows[keySource];
  }

  @Override
  public void open() {
    clear();
    filled = false;
    input.open();
  }

  private void clear() {
    table.clear();
    for (AggregateStep each : steps) {
      each.clear();
    }
    if (bare != null) {
      bare.clear();
    }
  }

  @Override
  public boolean next() {
    if (!filled) {
      fill();
    }
    if (at == order.length) {
      return false;
    }
    int group = order[at++];
    table.read(group, keyRow.record);
    for (AggregateStep each : steps) {
      each.result(group);
    }
    if (bare != null) {
      bare.show(group);
    }
    return true;
  }

  private void fill() {
    if (bare == null) {
      fillByRows();
    } else {
      fillWithBareRows(bare);
    }
    input.close();
    for (AggregateStep each : steps) {
      each.finish();
    }
    order = table.sorted();
    at = 0;
    filled = true;
  }

  /** First finds the groups of many rows, then steps one aggregate after the other over them. */
  private void fillByRows() {
    int[] groups = new int[128];
    int count;
    while ((count = input.nextRows()) > 0) {
      if (groups.length < count) {
        groups = new int[2 * count];
      }
      findGroups(count, groups);
      for (AggregateStep each : steps) {
        each.stepRows(input, count, groups);
      }
    }
  }

  private void findGroups(int count, int[] groups) {
    RowVector rows = input.vector();
    if (rows != null && keys.length == 1) {
      if (integers.length < count) {
        integers = new long[2 * count];
      }
      if (keys[0].integers(frame, rows, integers)) {
        for (int i = 0; i < count; i++) {
          keyValues[0].setInteger(integers[i]);
          groups[i] = group();
        }
        return;
      }
    }
    for (int i = 0; i < count; i++) {
      input.show(i);
      for (int k = 0; k < keys.length; k++) {
        keys[k].evalInto(frame, keyValues[k]);
      }
      groups[i] = group();
    }
  }

  /** The group of the key in hand, begun if it is new. */
  private int group() {
    int group = table.findOrAdd(keyValues);
    if (group < 0) {
      group = ~group;
      for (AggregateStep each : steps) {
        each.begin(group);
      }
    }
    return group;
  }

  private void fillWithBareRows(BareRows bareRows) {
    while (input.next()) {
      for (int i = 0; i < keys.length; i++) {
        keys[i].evalInto(frame, keyValues[i]);
      }
      int group = table.findOrAdd(keyValues);
      boolean isNew = group < 0;
      if (isNew) {
        group = ~group;
        for (AggregateStep each : steps) {
          each.begin(group);
        }
      }
      bareRows.step(steps, group, isNew);
    }
  }

  @Override
  public void close() {
    input.close();
    clear();
    order = new int[0];
    at = 0;
  }
}
