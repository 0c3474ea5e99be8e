package dev.turso.plan.physical;

import dev.turso.plan.logical.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of a join block and how it is read once others are placed.
 *
 * @param path how a table is read, or null for another relation
 * @param planned the relation that is no table, or null
 * @param hashed the conjuncts that a hash table over this input answers; empty for a nested loop
 * @param setup cost paid once
 * @param cost cost per row of what is placed before
 * @param rows rows per row of what is placed before
 */
record Step(
    BlockInput input,
    @Nullable Path path,
    @Nullable Planned planned,
    List<Conjunct> hashed,
    double setup,
    double cost,
    double rows,
    List<SortKey> order,
    boolean orderIsUnique) {

  boolean isHashed() {
    return !hashed.isEmpty();
  }
}
