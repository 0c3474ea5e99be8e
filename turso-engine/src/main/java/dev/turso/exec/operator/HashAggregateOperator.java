package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.exec.expression.RowVector;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * Groups of the input in the order of their keys, gathered in a hash table. If they are too many for
 * memory, the input is run again, sorted.
 */
final class HashAggregateOperator extends Operator {

  /** What a group and each of its aggregates need, more or less. */
  private static final long PER_GROUP = 48;

  private final Frame frame;
  private final Operator input;
  private final Node[] keys;
  private final Register[] keyValues;
  private final KeyTable table;
  private final AggregateStep[] steps;
  private final @Nullable BareRows bare;
  private final RowSource keyRow;
  private final SortedGroups sortedGroups;

  /** Gives the groups where the table would have been too large; else null. */
  private @Nullable Operator instead;

  private int[] order = {};
  private int at;
  private long[] integers = {};
  private boolean filled;
  private long limit;

  HashAggregateOperator(
      Frame frame,
      Operator input,
      Node[] keys,
      Collation[] collations,
      AggregateStep[] steps,
      @Nullable BareRows bare,
      int keySource,
      SortedGroups sortedGroups) {
    this.frame = frame;
    this.input = input;
    this.keys = keys;
    this.keyValues = Registers.create(keys.length);
    this.table = new KeyTable(collations);
    this.steps = steps;
    this.bare = bare;
    this.keyRow = frame.rows[keySource];
    this.sortedGroups = sortedGroups;
  }

  @Override
  public void open() {
    clear();
    instead = null;
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
    if (instead != null) {
      return instead.next();
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
    at = 0;
    filled = true;
    limit = frame.temporary().bytesInMemory();
    boolean fits = bare == null ? fillByRows() : fillWithBareRows(bare);
    input.close();
    if (!fits) {
      clear();
      Operator sorted = sortedGroups.operator();
      sorted.open();
      instead = sorted;
      return;
    }
    for (AggregateStep each : steps) {
      each.finish();
    }
    order = table.sorted();
  }

  private boolean isTooMuch() {
    return table.bytes() + table.size() * PER_GROUP * (1 + steps.length) > limit;
  }

  /** First finds the groups of many rows, then steps one aggregate after the other over them. */
  private boolean fillByRows() {
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
      if (isTooMuch()) {
        return false;
      }
    }
    return true;
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

  private boolean fillWithBareRows(BareRows bareRows) {
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
      if (isNew && isTooMuch()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    input.close();
    if (instead != null) {
      instead.close();
      instead = null;
    }
    clear();
    order = new int[0];
    at = 0;
  }
}
