package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/**
 * Groups of an input whose rows come group by group; without keys, the one group of all rows, which
 * exists even if there are none.
 */
final class StreamAggregateOperator extends Operator {

  private final Frame frame;
  private final Operator input;
  private final Node[] keys;
  private final Collation[] collations;
  private final int[] keySlots;
  private final AggregateStep[] steps;
  private final @Nullable BareRows bare;

  /** Index of the aggregate that needs no more rows once it has a value, or -1. */
  private final int enough;

  private final Register[] current;
  private final Register[] incoming;
  private final Register peeked = new Register();
  private boolean started;
  private boolean exhausted;

  /**
   * @param enough index of a min or max over input in the order of its argument, or -1
   */
  StreamAggregateOperator(
      Frame frame,
      Operator input,
      Node[] keys,
      Collation[] collations,
      int[] keySlots,
      AggregateStep[] steps,
      @Nullable BareRows bare,
      int enough) {
    this.frame = frame;
    this.input = input;
    this.keys = keys;
    this.collations = collations;
    this.keySlots = keySlots;
    this.steps = steps;
    this.bare = bare;
    this.enough = enough;
    this.current = Registers.create(keys.length);
    this.incoming = Registers.create(keys.length);
  }

  @Override
  public void open() {
    started = false;
    exhausted = false;
    clear();
    input.open();
  }

  private void clear() {
    for (AggregateStep each : steps) {
      each.clear();
    }
    if (bare != null) {
      bare.clear();
    }
  }

  @Override
  public boolean next() {
    if (exhausted) {
      return false;
    }
    if (!started) {
      if (keys.length == 0 && bare == null && enough < 0) {
        started = true;
        return stepAll();
      }
      if (!start()) {
        return keys.length == 0 && giveEmpty();
      }
    }
    while (!satisfied() && input.next()) {
      evaluateKeys();
      if (!sameGroup()) {
        giveWithRow();
        begin();
        return true;
      }
      step(false);
    }
    exhausted = true;
    input.close();
    giveWithRow();
    return true;
  }

  /** Begins the first group; false if there is no row. */
  private boolean start() {
    started = true;
    if (!input.next()) {
      exhausted = true;
      input.close();
      return false;
    }
    evaluateKeys();
    begin();
    return true;
  }

  /** The keys of the group that {@link #next} would give, or null if there is none. */
  Register @Nullable [] peekKeys() {
    boolean isThere = started ? !exhausted : start();
    return isThere ? current : null;
  }

  /** All rows are one group. */
  private boolean stepAll() {
    createAll();
    int count;
    while ((count = input.nextRows()) > 0) {
      for (AggregateStep each : steps) {
        each.stepRows(input, count, null);
      }
    }
    exhausted = true;
    input.close();
    give();
    return true;
  }

  private boolean satisfied() {
    if (enough < 0) {
      return false;
    }
    steps[enough].value(0, peeked);
    return !peeked.isNull();
  }

  private boolean giveEmpty() {
    createAll();
    give();
    if (bare != null) {
      bare.show(-1);
    }
    return true;
  }

  private void evaluateKeys() {
    for (int i = 0; i < keys.length; i++) {
      keys[i].evalInto(frame, incoming[i]);
    }
  }

  private boolean sameGroup() {
    for (int i = 0; i < keys.length; i++) {
      if (!Comparison.same(current[i], incoming[i], collations[i])) {
        return false;
      }
    }
    return true;
  }

  /** Starts a group with the current row. */
  private void begin() {
    if (bare != null) {
      bare.clear();
    }
    for (int i = 0; i < keys.length; i++) {
      current[i].copyFrom(incoming[i]);
      current[i].keep();
    }
    createAll();
    step(true);
  }

  private void createAll() {
    for (AggregateStep each : steps) {
      each.begin(0);
    }
  }

  private void step(boolean first) {
    if (bare != null) {
      bare.step(steps, 0, first);
      return;
    }
    for (AggregateStep each : steps) {
      each.step(0);
    }
  }

  private void giveWithRow() {
    give();
    if (bare != null) {
      bare.show(0);
    }
  }

  /** Puts the group that is complete into its slots. */
  private void give() {
    for (int i = 0; i < keys.length; i++) {
      frame.slots[keySlots[i]].copyFrom(current[i]);
    }
    for (AggregateStep each : steps) {
      each.finish();
      each.result(0);
    }
  }

  @Override
  public void close() {
    input.close();
    clear();
  }
}
