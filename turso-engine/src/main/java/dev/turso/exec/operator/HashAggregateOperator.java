package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.exec.expression.RowVector;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * Groups of the input in the order of their keys, gathered in a hash table. When the table is full, rows
 * of groups that are not in it are put aside and sorted; the groups of both then come in one order.
 * Every row of the input is computed once.
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

  /** Has the rows whose groups found no place in the table; null while all did. */
  private SortedGroups.@Nullable Rest rest;

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
    closeRest();
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
    if (rest != null && !rest.isAtEnd()) {
      if (at == order.length || rest.comesBefore(table, order[at])) {
        rest.give();
        return true;
      }
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
  }

  private boolean isTooMuch() {
    return table.bytes() + table.size() * PER_GROUP * (1 + steps.length) > limit;
  }

  /** First finds the groups of many rows, then steps one aggregate after the other over them. */
  private void fillByRows() {
    int[] groups = new int[128];
    int count;
    while ((count = input.nextRows()) > 0) {
      if (rest != null) {
        for (int i = 0; i < count; i++) {
          input.show(i);
          stepOrPutAside(rest);
        }
        continue;
      }
      if (groups.length < count) {
        groups = new int[2 * count];
      }
      findGroups(count, groups);
      for (AggregateStep each : steps) {
        each.stepRows(input, count, groups);
      }
      if (isTooMuch()) {
        rest = sortedGroups.begin();
      }
    }
  }

  /** The table is full: takes the current row into its group, or puts it aside. */
  private void stepOrPutAside(SortedGroups.Rest aside) {
    evaluateKeys();
    int group = table.find(keyValues);
    if (group < 0) {
      aside.add(keyValues);
    } else if (bare != null) {
      bare.step(steps, group, false);
    } else {
      for (AggregateStep each : steps) {
        each.step(group);
      }
    }
  }

  private void evaluateKeys() {
    for (int i = 0; i < keys.length; i++) {
      keys[i].evalInto(frame, keyValues[i]);
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
      evaluateKeys();
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
      if (rest != null) {
        stepOrPutAside(rest);
        continue;
      }
      evaluateKeys();
      int before = table.size();
      int group = group();
      boolean isNew = table.size() > before;
      bareRows.step(steps, group, isNew);
      if (isNew && isTooMuch()) {
        rest = sortedGroups.begin();
      }
    }
  }

  private void closeRest() {
    if (rest != null) {
      rest.close();
      rest = null;
    }
  }

  @Override
  public void close() {
    input.close();
    closeRest();
    clear();
    order = new int[0];
    at = 0;
  }
}
