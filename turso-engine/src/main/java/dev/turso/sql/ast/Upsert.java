package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code ON CONFLICT [(target) [WHERE targetWhere]] DO NOTHING | DO UPDATE SET … [WHERE …]}.
 *
 * @param target empty for a clause that catches every conflict
 * @param assignments empty for DO NOTHING
 */
public record Upsert(
    List<OrderingTerm> target,
    @Nullable Expression targetWhere,
    List<Assignment> assignments,
    @Nullable Expression where) {

  /** Whether the conflicting row is just left out. */
  public boolean doNothing() {
    return assignments.isEmpty();
  }
}
