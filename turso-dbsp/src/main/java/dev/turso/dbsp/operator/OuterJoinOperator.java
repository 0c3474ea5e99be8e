package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.OrderPart;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A LEFT, RIGHT or FULL join: the inner join and the {@link Unmatched} rows, padded with NULL. */
public final class OuterJoinOperator extends CircuitOperator {

  private final CircuitContext context;
  private final CircuitOperator left;
  private final CircuitOperator right;
  private final JoinOperator inner;
  private final @Nullable Unmatched lonelyLeft;
  private final @Nullable Unmatched lonelyRight;
  private final int identitySlot;
  private final RowCodec leftColumns;
  private final RowCodec rightColumns;
  private final String text;

  /** @param keepLeft whether left rows without partner come out, {@code keepRight} likewise */
  public OuterJoinOperator(
      CircuitContext context,
      CircuitOperator left,
      CircuitOperator right,
      List<Condition> conditions,
      boolean keepLeft,
      boolean keepRight) {
    this.context = context;
    this.left = left;
    this.right = right;
    this.inner = new JoinOperator(context, List.of(left, right), conditions);
    this.lonelyLeft = keepLeft ? new Unmatched(context, left, right, conditions) : null;
    this.lonelyRight = keepRight ? new Unmatched(context, right, left, conditions) : null;
    boolean oneRight = !keepRight && OneToOne.decides(left, List.of(left, right), conditions);
    this.identitySlot = oneRight ? left.identitySlot() : -1;
    this.leftColumns = RowCodec.of(left);
    this.rightColumns = RowCodec.of(right);
    this.text = (keepLeft ? keepRight ? "full " : "left " : "right ") + inner.describe();
  }

  @Override
  public int[] slots() {
    return inner.slots();
  }

  @Override
  public List<OrderPart> order() {
    return inner.order();
  }

  @Override
  public int identitySlot() {
    return identitySlot;
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public boolean changed() {
    return inner.changed();
  }

  @Override
  public void changes(RowSink sink) {
    inner.changes(sink);
    if (lonelyLeft != null) {
      lonelyLeft.changes(padded(rightColumns, sink));
    }
    if (lonelyRight != null) {
      lonelyRight.changes(padded(leftColumns, sink));
    }
  }

  private RowSink padded(RowCodec missing, RowSink sink) {
    return weight -> {
      missing.clear(context.frame());
      sink.row(weight);
    };
  }

  @Override
  public Access access(List<Equality> equalities) {
    Slots ofLeft = Slots.of(left);
    List<Equality> onLeft = equalities.stream().filter(e -> ofLeft.has(e.slot())).toList();
    Slots ofRight = Slots.of(right);
    List<Equality> onRight = equalities.stream().filter(e -> ofRight.has(e.slot())).toList();
    Access inside = inner.access(equalities);
    Access lefts = lonelyLeft == null ? null : left.access(onLeft);
    Access rights = lonelyRight == null ? null : right.access(onRight);
    double cost = inside.cost() + costOf(lefts) + costOf(rights);
    return new Access(cost) {
      @Override
      public void chosen() {
        inside.chosen();
        if (lefts != null) {
          lefts.chosen();
        }
        if (rights != null) {
          rights.chosen();
        }
      }

      @Override
      public void rows(Version version, RowSink sink) {
        inside.rows(version, sink);
        alone(version, lefts, lonelyLeft, padded(rightColumns, sink));
        alone(version, rights, lonelyRight, padded(leftColumns, sink));
      }

      @Override
      public String describe() {
        return inside.describe();
      }
    };
  }

  private static double costOf(@Nullable Access access) {
    return access == null ? 0 : access.cost();
  }

  private static void alone(
      Version version, @Nullable Access side, @Nullable Unmatched unmatched, RowSink sink) {
    if (side != null && unmatched != null) {
      side.rows(
          version,
          weight -> {
            if (unmatched.partners(version) == 0) {
              sink.row(weight);
            }
          });
    }
  }

  @Override
  public List<CircuitOperator> inputs() {
    return List.of(left, right);
  }

  @Override
  public String describe() {
    Unmatched one = lonelyLeft != null ? lonelyLeft : lonelyRight;
    assert one != null;
    return text + "; " + one.describe();
  }
}
