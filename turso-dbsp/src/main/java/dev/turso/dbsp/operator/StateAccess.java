package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Access;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ways to the rows that a stateful operator keeps. */
abstract class StateAccess extends Access {

  final StatefulOperator owner;
  private final Register value = new Register();
  private final OldImages<StatefulOperator.Change> images = new OldImages<>();

  StateAccess(StatefulOperator owner, double cost) {
    super(cost);
    this.owner = owner;
  }

  @Override
  public void rows(Version version, RowSink sink) {
    boolean old = version == Version.OLD;
    if (old && owner.context.filling()) {
      return;
    }
    byte[] sought = sought();
    if (sought == null) {
      return;
    }
    current(
        sought,
        (rowKey, record, times) -> {
          if (!old || !owner.touched(rowKey)) {
            give(record, times, sink);
          }
          return true;
        });
    if (old) {
      for (StatefulOperator.Change each :
          images.of(owner.context.step(), owner.pending(), sought, this::keyOf)) {
        byte[] before = each.before();
        if (before != null) {
          give(before, each.timesBefore(), sink);
        }
      }
    }
  }

  private void give(byte[] record, long times, RowSink sink) {
    owner.context.rowsTouched++;
    owner.codec().decode(owner.context.frame(), record);
    sink.row(times);
  }

  /** The beginning of the keys that are sought; null if no row can equal what is wanted. */
  abstract byte @Nullable [] sought();

  abstract void current(byte[] sought, StatefulOperator.RowVisitor visitor);

  /** A key to put wanted columns after. */
  abstract OrderedKey begun();

  abstract List<Equality> equalities();

  private byte @Nullable [] keyOf(StatefulOperator.Change change) {
    byte[] before = change.before();
    if (before == null) {
      return null;
    }
    owner.codec().decode(owner.context.frame(), before);
    OrderedKey key = begun();
    for (Equality each : equalities()) {
      Keys.append(key, owner.context.frame().slots[each.slot()], each.collation());
    }
    return key.toBytes();
  }

  /** A key prefix with the wanted values, or null if no row can equal them. */
  final byte @Nullable [] prefix(OrderedKey begun, List<Equality> equalities) {
    for (Equality each : equalities) {
      if (!TableAccess.wanted(each, owner.context.frame(), value)) {
        return null;
      }
      Keys.append(begun, value, each.collation());
    }
    return begun.toBytes();
  }

  /** By the first columns of the key, or all rows. */
  static final class ByKey extends StateAccess {

    private final List<KeyColumn> columns;
    private final List<Equality> equalities;
    private final OrderedKey key = new OrderedKey();

    ByKey(StatefulOperator owner, List<KeyColumn> columns, List<Equality> equalities, double cost) {
      super(owner, cost);
      this.columns = columns;
      this.equalities = equalities;
    }

    @Override
    byte @Nullable [] sought() {
      return prefix(begun(), equalities);
    }

    @Override
    void current(byte[] sought, StatefulOperator.RowVisitor visitor) {
      owner.currentRows(sought, visitor);
    }

    @Override
    OrderedKey begun() {
      return owner.key(key, StatefulOperator.ROWS);
    }

    @Override
    List<Equality> equalities() {
      return equalities;
    }

    @Override
    public String describe() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < equalities.size(); i++) {
        text.append(i == 0 ? "state by " : ", ").append(columns.get(i).name());
      }
      return text.isEmpty() ? "all state" : text.toString();
    }
  }

  /** By a secondary order. */
  static final class BySecondary extends StateAccess {

    private final List<KeyColumn> columns;
    private final List<Equality> equalities = new ArrayList<>();
    private final OrderedKey key = new OrderedKey();
    private @Nullable SecondaryOrder order;

    BySecondary(StatefulOperator owner, List<KeyColumn> columns, List<Equality> wanted) {
      super(owner, 40.0 / columns.size());
      this.columns = columns;
      for (KeyColumn column : columns) {
        for (Equality each : wanted) {
          if (column.equals(column.as(each))) {
            equalities.add(each);
            break;
          }
        }
      }
    }

    @Override
    public void chosen() {
      order = owner.secondary(columns);
    }

    @Override
    byte @Nullable [] sought() {
      return prefix(begun(), equalities);
    }

    @Override
    void current(byte[] sought, StatefulOperator.RowVisitor visitor) {
      owner
          .trace()
          .scan(
              sought,
              (entry, rowKey) -> {
                owner.currentRow(rowKey, visitor);
                return true;
              });
    }

    @Override
    OrderedKey begun() {
      SecondaryOrder by = order;
      assert by != null;
      return by.begin(key);
    }

    @Override
    List<Equality> equalities() {
      return equalities;
    }

    @Override
    public String describe() {
      StringBuilder text = new StringBuilder("state by ");
      for (int i = 0; i < columns.size(); i++) {
        text.append(i == 0 ? "" : ", ").append(columns.get(i).name());
      }
      return text.toString();
    }
  }
}
