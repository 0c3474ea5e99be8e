package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.exec.expression.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * INTERSECT and EXCEPT: for each row, how often it occurs on the left and on the right.
 *
 * <p>Where equal rows may look different, the left ones are kept in source order and the first is shown.
 */
public final class SetOperator extends StatefulOperator {

  private static final int FIRST = 1;

  private final UnionOperator input;
  private final List<KeyColumn> columns;
  private final boolean inBoth;
  private final @Nullable OrderedBag firsts;
  private final RowCodec row;
  private final OrderedKey key = new OrderedKey();
  private final Map<ByteBuffer, Counted> touchedRows = new TreeMap<>(SetOperator::compare);

  /** One row's state: counts, and how it looks. */
  private static final class Counted {
    final byte[] key;
    long left;
    long right;
    byte[] shown;
    byte @Nullable [] before;

    Counted(byte[] key, byte[] shown) {
      this.key = key;
      this.shown = shown;
    }
  }

  /**
   * @param keys the columns, as DISTINCT would take them
   * @param inBoth INTERSECT; otherwise EXCEPT
   */
  public SetOperator(
      CircuitContext context,
      int number,
      UnionOperator input,
      AggregateOperator.Shape keys,
      boolean inBoth) {
    super(context, number, keys.keyColumns(), -1);
    this.input = input;
    this.columns = keys.keyColumns();
    this.inBoth = inBoth;
    this.firsts = keys.exactKeys() ? null : new OrderedBag(true);
    this.row = new RowCodec(input.slots());
  }

  private static int compare(ByteBuffer a, ByteBuffer b) {
    return Arrays.compareUnsigned(a.array(), b.array());
  }

  @Override
  public int[] slots() {
    return input.slots();
  }

  @Override
  public List<OrderPart> order() {
    List<OrderPart> order = new ArrayList<>();
    for (KeyColumn each : columns) {
      order.add(new OrderPart(each.slot(), each.collation(), false, true));
    }
    return order;
  }

  @Override
  List<KeyColumn> seekable() {
    return columns;
  }

  @Override
  void update() {
    touchedRows.clear();
    if (!input.changed()) {
      return;
    }
    input.changes(this::take);
    if (firsts != null) {
      firsts.flush(trace(), null);
    }
    for (Counted each : touchedRows.values()) {
      finish(each);
    }
  }

  private void take(long weight) {
    context.rowsTouched++;
    Frame frame = context.frame();
    key(key, ROWS);
    for (KeyColumn each : columns) {
      Keys.append(key, frame.slots[each.slot()], each.collation());
    }
    byte[] rowKey = key.toBytes();
    byte[] looks = row.encode(frame);
    Counted counted = touchedRows.get(ByteBuffer.wrap(rowKey));
    if (counted == null) {
      counted = load(rowKey, looks);
      touchedRows.put(ByteBuffer.wrap(rowKey), counted);
    }
    if (input.arm(frame) == 0) {
      counted.left += weight;
      if (firsts != null) {
        key(key, FIRST).addRaw(rowKey, PREFIX, rowKey.length - PREFIX);
        Keys.append(key, frame, input.order());
        firsts.add(key.toBytes(), looks, weight);
      }
    } else {
      counted.right += weight;
    }
  }

  private Counted load(byte[] rowKey, byte[] looks) {
    Counted counted = new Counted(rowKey, looks);
    byte[] state = trace().get(rowKey);
    if (state != null) {
      ByteBuffer buffer = ByteBuffer.wrap(state);
      counted.left = buffer.getLong();
      counted.right = buffer.getLong();
      counted.shown = Arrays.copyOfRange(state, 16, state.length);
      counted.before = isIn(counted) ? counted.shown : null;
    }
    return counted;
  }

  private boolean isIn(Counted each) {
    return each.left > 0 && each.right > 0 == inBoth;
  }

  private void finish(Counted each) {
    if (each.left < 0 || each.right < 0) {
      throw new IllegalStateException("a row was taken out that was not in");
    }
    if (each.left == 0 && each.right == 0) {
      trace().remove(each.key);
    } else {
      if (firsts != null && each.left > 0) {
        key(key, FIRST).addRaw(each.key, PREFIX, each.key.length - PREFIX);
        byte[] first = firsts.first(trace(), key.toBytes());
        assert first != null;
        each.shown = first;
      }
      trace()
          .put(
              each.key,
              ByteBuffer.allocate(16 + each.shown.length)
                  .putLong(each.left)
                  .putLong(each.right)
                  .put(each.shown)
                  .array());
    }
    byte[] after = isIn(each) ? each.shown : null;
    if (!Arrays.equals(each.before, after)) {
      record(new Change(each.key, each.before, 1, after, 1));
    }
  }

  @Override
  byte @Nullable [] row(byte[] state) {
    ByteBuffer buffer = ByteBuffer.wrap(state);
    boolean in = buffer.getLong(0) > 0 && buffer.getLong(8) > 0 == inBoth;
    return in ? Arrays.copyOfRange(state, 16, state.length) : null;
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return (inBoth ? "intersect" : "except") + " (rows counted)" + secondaryText();
  }
}
