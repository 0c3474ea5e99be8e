package dev.turso.dbsp.operator;

import dev.turso.dbsp.algebra.OrderedKey;
import dev.turso.dbsp.circuit.Circuit;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.error.DatabaseException;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column that a circuit compares with one value right where it reads the table: changes of rows in
 * which the column is another one mean nothing to it. Immutable.
 *
 * @param table the table, which the circuit reads in one place only
 * @param position the field of the stored record, or -1 for the rowid
 * @param collation how texts are compared
 * @param key the value as {@link Keys} writes it under that collation
 */
public record FixedColumn(Table table, int position, Collation collation, byte[] key) {

  /** Those of a circuit, at most one of each table. */
  public static List<FixedColumn> of(Circuit circuit) {
    List<FixedColumn> found = new ArrayList<>();
    if (circuit.recomputes()) {
      return found;
    }
    Map<ScanOperator, List<CircuitOperator>> readers = new IdentityHashMap<>();
    collect(circuit.root(), readers, new IdentityHashMap<>());
    readers.forEach((scan, above) -> {
      FixedColumn each = above.size() == 1 && isOnly(scan, readers) ? of(scan, above.get(0)) : null;
      if (each != null) {
        found.add(each);
      }
    });
    return found;
  }

  private static void collect(
      CircuitOperator operator,
      Map<ScanOperator, List<CircuitOperator>> readers,
      Map<CircuitOperator, Boolean> seen) {
    if (seen.put(operator, true) != null) {
      return;
    }
    for (CircuitOperator each : operator.inputs()) {
      if (each instanceof ScanOperator scan) {
        readers.computeIfAbsent(scan, key -> new ArrayList<>()).add(operator);
      }
      collect(each, readers, seen);
    }
  }

  private static boolean isOnly(ScanOperator scan, Map<ScanOperator, ?> all) {
    for (ScanOperator each : all.keySet()) {
      if (each != scan && each.table().id() == scan.table().id()) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable FixedColumn of(ScanOperator scan, CircuitOperator above) {
    List<Condition> conditions =
        above instanceof FilterOperator filter
            ? filter.conditions()
            : above instanceof JoinOperator join ? join.conditions() : List.of();
    for (Condition condition : conditions) {
      for (Condition.Side side : condition.sides()) {
        Equality equality = side.equality();
        Integer column = side.valueSlots().isEmpty() ? scan.columnOf(equality.slot()) : null;
        FixedColumn found = column == null ? null : of(scan, column, equality);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable FixedColumn of(ScanOperator scan, int column, Equality equality) {
    Table table = scan.table();
    boolean rowid = column < 0;
    if (!rowid && table.columns().get(column).isVirtual()) {
      return null;
    }
    Affinity affinity = rowid ? Affinity.INTEGER : table.columns().get(column).affinity();
    if (equality.nullEqual()
        || !Keys.supports(equality.collation())
        || !TableAccess.seekable(affinity, equality.affinity())) {
      return null;
    }
    Register value = new Register();
    try {
      if (!TableAccess.wanted(equality, scan.context().frame(), value)) {
        return null;
      }
    } catch (DatabaseException e) {
      // What cannot be computed now says so when the circuit runs.
      return null;
    }
    OrderedKey key = new OrderedKey();
    Keys.append(key, value, equality.collation());
    int position = rowid ? -1 : table.storedPosition(column);
    return new FixedColumn(table, position, equality.collation(), key.toBytes());
  }
}
