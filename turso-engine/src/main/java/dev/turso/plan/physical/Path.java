package dev.turso.plan.physical;

import dev.turso.plan.logical.SortKey;
import java.util.List;

/**
 * An access path that may be taken, with what is thought of it.
 *
 * @param cost of running it once
 * @param rows it gives each time
 * @param used the conjuncts it implies
 */
record Path(
    AccessPath access,
    double cost,
    double rows,
    List<SortKey> order,
    boolean orderIsUnique,
    List<Conjunct> used) {

  boolean seeks() {
    if (access instanceof AccessPath.IndexScan scan) {
      return !scan.equal().isEmpty() || scan.lower() != null || scan.upper() != null;
    }
    return !(access instanceof AccessPath.FullScan);
  }
}
