package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.Equality;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An output column by which rows can be found. */
public record KeyColumn(int slot, Affinity affinity, Collation collation, String name) {

  /** An equality that a seek by this column answers, or null. */
  @Nullable Equality match(List<Equality> equalities) {
    for (Equality each : equalities) {
      if (each.slot() == slot
          && each.collation() == collation
          && TableAccess.seekable(affinity, each.affinity())) {
        return each;
      }
    }
    return null;
  }

  /** This column compared as an equality compares it, or null if that cannot be sought. */
  @Nullable KeyColumn as(Equality equality) {
    return equality.slot() == slot
            && Keys.supports(equality.collation())
            && TableAccess.seekable(affinity, equality.affinity())
        ? new KeyColumn(slot, affinity, equality.collation(), name)
        : null;
  }
}
