package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
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
      if (bare != null) {
        bare.step(steps, group, isNew);
      } else {
        for (AggregateStep each : steps) {
          each.step(group);
        }
      }
    }
    input.close();
    for (AggregateStep each : steps) {
      each.finish();
    }
    order = table.sorted();
    at = 0;
    filled = true;
  }

  @Override
  public void close() {
    input.close();
    clear();
    order = new int[0];
    at = 0;
  }
}
