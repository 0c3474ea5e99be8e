package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.exec.expression.RowVector;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.value.Register;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A join over equal keys: the inner input is kept in a hash table, the outer one streams by; without
 * keys, every kept row is tried.
 *
 * <p>Rows come in the order of the outer input, partners in the order of the inner one; inner rows
 * without a partner (RIGHT, FULL) come last.
 */
final class HashJoinOperator extends Operator implements Resettable {

  private static final int ENOUGH_PAIRS = 1 << 10;

  private final Frame frame;
  private final Operator outer;
  private final Operator inner;
  private final LogicalJoinKind kind;
  private final JoinKeys keys;
  private final @Nullable Node condition;
  private final StoredColumns stored;
  private final RowSource innerRow;

  /** The source that is absent while inner rows without a partner are given, or null. */
  private final @Nullable RowSource outerGuard;

  /** Whether the inner rows are the same at every opening within an execution. */
  private final boolean reusable;

  private final RowBuffer rows;
  private final KeyTable table;
  private int[] first = new int[16];
  private int[] last = new int[16];
  private int[] following = new int[16];
  private boolean[] partnered = {};
  private boolean built;

  /** Whether no two kept rows have equal keys, so that a key's number is its row's. */
  private boolean unique;

  private final JoinedRows pairs = new JoinedRows();

  /** How many outer rows were taken together, and how many of them have been looked up. */
  private int taken;

  private int looked;

  /** The keys of the outer rows taken together, if {@link #known}. */
  private long[] integers = {};

  private boolean known;
  private boolean onOuter;
  private boolean matched;
  private boolean givingRest;
  private int candidate;

  HashJoinOperator(
      Frame frame,
      Operator outer,
      Operator inner,
      LogicalJoinKind kind,
      JoinKeys keys,
      @Nullable Node condition,
      StoredColumns stored,
      @Nullable RowSource outerGuard,
      boolean reusable) {
    this.frame = frame;
    this.outer = outer;
    this.inner = inner;
    this.kind = kind;
    this.keys = keys;
    this.condition = condition;
    this.stored = stored;
    this.innerRow = frame.rows[stored.source];
    this.outerGuard = outerGuard;
    this.reusable = reusable;
    this.rows = new RowBuffer(frame);
    this.table = new KeyTable(keys.collations(), frame);
  }

  @Override
  public void reset() {
    built = false;
  }

  @Override
  public void open() {
    if (!built || !reusable) {
      build();
    }
    if (kind.padsLeft()) {
      partnered = new boolean[rows.size()];
    }
    onOuter = false;
    taken = 0;
    looked = 0;
    givingRest = false;
    innerRow.absent = false;
    if (outerGuard != null) {
      outerGuard.absent = false;
    }
    outer.open();
  }

  private void build() {
    rows.clear();
    table.clear();
    unique = true;
    innerRow.absent = false;
    inner.open();
    Register[] none = new Register[0];
    while (inner.next()) {
      boolean joins = keys.inner(frame);
      if (!joins && !kind.padsLeft()) {
        continue;
      }
      int row = rows.add(stored.pack(frame, none));
      if (row == following.length) {
        following = Arrays.copyOf(following, row * 2);
      }
      following[row] = -1;
      if (joins) {
        link(row);
      }
    }
    inner.close();
    built = true;
  }

  private void link(int row) {
    int key = table.findOrAdd(keys.values());
    unique &= key == ~row;
    if (key < 0) {
      key = ~key;
      if (key == first.length) {
        first = Arrays.copyOf(first, key * 2);
        last = Arrays.copyOf(last, key * 2);
      }
      first[key] = row;
    } else {
      following[last[key]] = row;
    }
    last[key] = row;
  }

  @Override
  public boolean next() {
    while (true) {
      if (givingRest) {
        return nextOfRest();
      }
      if (!onOuter) {
        innerRow.absent = false;
        if (!outer.next()) {
          if (!kind.padsLeft()) {
            return false;
          }
          beginRest();
          continue;
        }
        onOuter = true;
        matched = false;
        int key = keys.outer(frame) ? table.find(keys.values()) : -1;
        candidate = key < 0 || unique ? key : first[key];
      }
      if (nextPartner()) {
        return true;
      }
      onOuter = false;
      if (!matched && kind == LogicalJoinKind.ANTI) {
        return true;
      }
      if (!matched && kind.padsRight()) {
        innerRow.absent = true;
        return true;
      }
    }
  }

  /** Looks many outer rows up before the first pair is looked at. */
  @Override
  public int nextRows() {
    if (kind != LogicalJoinKind.INNER || condition != null) {
      return super.nextRows();
    }
    pairs.begin();
    while (pairs.count() == 0) {
      if (looked == taken && !takeOuter()) {
        return 0;
      }
      findPairs();
    }
    return pairs.count();
  }

  private boolean takeOuter() {
    looked = 0;
    taken = outer.nextRows();
    RowVector together = outer.vector();
    if (integers.length < taken) {
      integers = new long[2 * taken];
    }
    known = together != null && keys.outerIntegers(frame, together, integers);
    return taken > 0;
  }

  private void findPairs() {
    while (looked < taken && pairs.count() < ENOUGH_PAIRS) {
      frame.tick();
      int i = looked++;
      int key;
      if (known) {
        keys.values()[0].setInteger(integers[i]);
        key = table.find(keys.values());
      } else {
        outer.show(i);
        key = keys.outer(frame) ? table.find(keys.values()) : -1;
      }
      int row = key < 0 || unique ? key : first[key];
      while (row >= 0) {
        pairs.add(i, row);
        row = unique ? -1 : following[row];
      }
    }
  }

  @Override
  public void show(int i) {
    if (kind == LogicalJoinKind.INNER && condition == null) {
      outer.show(pairs.outer(i));
      rows.read(pairs.inner(i), innerRow.record);
    }
  }

  @Override
  public @Nullable RowVector vector() {
    return kind == LogicalJoinKind.INNER && condition == null ? pairs.vector(outer.vector()) : null;
  }

  private boolean nextPartner() {
    while (candidate >= 0) {
      frame.tick();
      int row = candidate;
      candidate = unique ? -1 : following[row];
      rows.read(row, innerRow.record);
      if (condition == null || condition.truth(frame) == 1) {
        matched = true;
        if (kind.padsLeft()) {
          partnered[row] = true;
        }
        if (!kind.isFilter()) {
          return true;
        }
        onOuter = false;
        candidate = -1;
        return kind == LogicalJoinKind.SEMI;
      }
    }
    return false;
  }

  private void beginRest() {
    givingRest = true;
    candidate = 0;
    innerRow.absent = false;
    if (outerGuard != null) {
      outerGuard.absent = true;
    }
  }

  private boolean nextOfRest() {
    while (candidate < rows.size()) {
      int row = candidate++;
      if (!partnered[row]) {
        rows.read(row, innerRow.record);
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    outer.close();
    inner.close();
    if (!reusable) {
      rows.clear();
      table.clear();
      built = false;
    }
  }
}
