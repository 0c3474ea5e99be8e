package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.Keys;
import java.util.ArrayList;
import java.util.List;

/** The keys of an operator's rows, ordered by other columns: an index on state. */
final class SecondaryOrder {

  private final StatefulOperator owner;
  private final int kind;
  private final List<KeyColumn> columns;
  private final OrderedKey key = new OrderedKey();

  SecondaryOrder(StatefulOperator owner, int kind, List<KeyColumn> columns) {
    this.owner = owner;
    this.kind = kind;
    this.columns = columns;
  }

  /** The columns of an operator that equalities want, as they compare them. */
  static List<KeyColumn> columns(StatefulOperator owner, List<Equality> equalities) {
    List<KeyColumn> found = new ArrayList<>();
    for (KeyColumn column : owner.seekable()) {
      for (Equality each : equalities) {
        KeyColumn as = column.as(each);
        if (as != null) {
          found.add(as);
          break;
        }
      }
    }
    return found;
  }

  boolean isBy(List<KeyColumn> others) {
    return columns.equals(others);
  }

  /** The beginning of the entries for the wanted columns, filled by the caller. */
  OrderedKey begin(OrderedKey into) {
    return owner.key(into, kind);
  }

  /** Follows the changes of a step. */
  void apply(List<StatefulOperator.Change> changes) {
    for (StatefulOperator.Change each : changes) {
      byte[] before = each.before();
      if (before != null) {
        owner.trace().remove(entry(before, each.key()));
      }
    }
    for (StatefulOperator.Change each : changes) {
      byte[] after = each.after();
      if (after != null) {
        owner.trace().put(entry(after, each.key()), each.key());
      }
    }
  }

  private byte[] entry(byte[] record, byte[] rowKey) {
    owner.codec().decode(owner.context.frame(), record);
    begin(key);
    for (KeyColumn each : columns) {
      Keys.append(key, owner.context.frame().slots[each.slot()], each.collation());
    }
    return key.addRaw(rowKey, 0, rowKey.length).toBytes();
  }

  String describe() {
    StringBuilder text = new StringBuilder();
    for (KeyColumn each : columns) {
      text.append(text.isEmpty() ? "" : ", ").append(each.name());
    }
    return text.toString();
  }
}
