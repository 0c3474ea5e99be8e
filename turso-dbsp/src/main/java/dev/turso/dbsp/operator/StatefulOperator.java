package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.trace.Trace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operator that keeps its output in the trace, by key, and remembers for one step what changed.
 *
 * <p>Keys in the trace:
 *
 * <pre>
 *   number(2)  0     key                          the row, and what else the operator knows of it
 *   number(2)  1..n  …                            what the operator collects
 *   number(2)  7F                                 the last identity given to a key
 *   number(2)  80+i  columns wanted, key          secondary order i, for joins that seek by these
 * </pre>
 */
public abstract class StatefulOperator extends CircuitOperator {

  static final int ROWS = 0;

  /** Bytes before the key proper. */
  static final int PREFIX = 3;

  private static final int SECONDARY = 0x80;
  private static final int IDENTITIES = 0x7F;

  final CircuitContext context;
  final int number;
  private final List<KeyColumn> keyColumns;
  private final int identitySlot;
  private final List<SecondaryOrder> secondaries = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  /** The keys of the changes, made when first asked for. */
  private @Nullable Set<ByteBuffer> touched;

  private long step = -1;
  private long lastIdentity;
  private @Nullable RowCodec codec;

  /** The difference at one key; a null record is no row. */
  record Change(
      byte[] key,
      byte @Nullable [] before,
      long timesBefore,
      byte @Nullable [] after,
      long times) {}

  /** Takes rows out of the trace; false ends the walk. */
  @FunctionalInterface
  interface RowVisitor {
    boolean visit(byte[] key, byte[] record, long times);
  }

  /**
   * @param keyColumns the columns that the key of a row begins with
   * @param identitySlot holds a number that this operator gives to each key, or -1
   */
  StatefulOperator(
      CircuitContext context, int number, List<KeyColumn> keyColumns, int identitySlot) {
    this.context = context;
    this.number = number;
    this.keyColumns = keyColumns;
    this.identitySlot = identitySlot;
  }

  @Override
  public final int identitySlot() {
    return identitySlot;
  }

  /** A number that no key of this operator has had. */
  final long nextIdentity() {
    if (lastIdentity == 0) {
      byte[] stored = trace().get(identityKey());
      lastIdentity = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    }
    return ++lastIdentity;
  }

  private byte[] identityKey() {
    return new byte[] {(byte) (number >> 8), (byte) number, (byte) IDENTITIES};
  }

  /** A new key under one of this operator's prefixes. */
  final OrderedKey key(OrderedKey into, int kind) {
    return into.reset().addByte(number >> 8).addByte(number).addByte(kind);
  }

  final RowCodec codec() {
    RowCodec found = codec;
    if (found == null) {
      found = RowCodec.of(this);
      codec = found;
    }
    return found;
  }

  final Trace trace() {
    return context.trace();
  }

  /** The row that an entry under ROWS stands for, or null if it shows none. */
  byte @Nullable [] row(byte[] state) {
    return state;
  }

  /** Walks the current rows whose keys, ROWS prefix included, begin with a prefix. */
  void currentRows(byte[] prefix, RowVisitor visitor) {
    trace()
        .scan(
            prefix,
            (key, state) -> {
              byte[] row = row(state);
              return row == null || visitor.visit(key, row, 1);
            });
  }

  /** Gives the current row of a key. */
  void currentRow(byte[] key, RowVisitor visitor) {
    byte[] state = trace().get(key);
    byte[] row = state == null ? null : row(state);
    if (row != null) {
      visitor.visit(key, row, 1);
    }
  }

  /** Computes the differences of this step; records them by {@link #record}. */
  abstract void update();

  @Override
  public final void advance() {
    changes.clear();
    touched = null;
    step = context.step();
    lastIdentity = 0;
    update();
    if (lastIdentity != 0) {
      trace().put(identityKey(), ByteBuffer.allocate(8).putLong(lastIdentity).array());
    }
    for (SecondaryOrder each : secondaries) {
      each.apply(changes);
    }
  }

  final void record(Change change) {
    changes.add(change);
    touched = null;
  }

  final boolean touched(byte[] key) {
    if (changes.isEmpty()) {
      return false;
    }
    Set<ByteBuffer> known = touched;
    if (known == null) {
      known = new HashSet<>();
      for (Change each : changes) {
        known.add(ByteBuffer.wrap(each.key));
      }
      touched = known;
    }
    return known.contains(ByteBuffer.wrap(key));
  }

  final List<Change> pending() {
    return changes;
  }

  @Override
  public final boolean changed() {
    return step == context.step() ? !changes.isEmpty() : inputsChanged();
  }

  private boolean inputsChanged() {
    for (CircuitOperator each : inputs()) {
      if (each.changed()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public final void changes(RowSink sink) {
    for (Change each : changes) {
      if (each.before != null) {
        codec().decode(context.frame(), each.before);
        sink.row(-each.timesBefore);
      }
      if (each.after != null) {
        codec().decode(context.frame(), each.after);
        sink.row(each.times);
      }
    }
  }

  @Override
  public final Access access(List<Equality> equalities) {
    List<Equality> prefix = new ArrayList<>();
    for (KeyColumn column : keyColumns) {
      Equality match = column.match(equalities);
      if (match == null) {
        break;
      }
      prefix.add(match);
    }
    if (prefix.isEmpty()) {
      List<KeyColumn> columns = SecondaryOrder.columns(this, equalities);
      if (!columns.isEmpty()) {
        return new StateAccess.BySecondary(this, columns, equalities);
      }
    }
    boolean unique = !prefix.isEmpty() && prefix.size() == keyColumns.size();
    double cost = unique ? 1 : prefix.isEmpty() ? Access.WHOLE / 2 : 20;
    return new StateAccess.ByKey(this, keyColumns, prefix, cost);
  }

  /** The secondary order by some columns, made if there is none yet. */
  final SecondaryOrder secondary(List<KeyColumn> columns) {
    for (SecondaryOrder each : secondaries) {
      if (each.isBy(columns)) {
        return each;
      }
    }
    SecondaryOrder made = new SecondaryOrder(this, SECONDARY + secondaries.size(), columns);
    secondaries.add(made);
    return made;
  }

  /** The columns of this operator that can be keys of a secondary order. */
  abstract List<KeyColumn> seekable();

  @Override
  public String stateShape() {
    StringBuilder text = new StringBuilder(describe());
    for (SecondaryOrder each : secondaries) {
      text.append("; also by ").append(each.describe());
    }
    return text.toString();
  }

  final String secondaryText() {
    StringBuilder text = new StringBuilder();
    for (SecondaryOrder each : secondaries) {
      text.append("; also kept by ").append(each.describe());
    }
    return text.toString();
  }
}
