package dev.turso.dbsp.circuit;

import dev.turso.schema.Table;
import java.util.HashMap;
import java.util.Map;

/**
 * How much of each table a circuit takes to exist, while it is filled in slices: rows up to a rowid.
 *
 * <p>To such a circuit a slice is rows that come, and a change of rows further on is none. Immutable.
 */
public final class Visible {

  /** All rows of every table. */
  public static final Visible ALL = new Visible(Map.of(), false);

  private final Map<Long, Long> limits;
  private final boolean otherwiseNothing;

  private Visible(Map<Long, Long> limits, boolean otherwiseNothing) {
    this.limits = limits;
    this.otherwiseNothing = otherwiseNothing;
  }

  /** No row of any table but of those given, by table id: up to a rowid, or {@code Long.MAX_VALUE}. */
  public static Visible upTo(Map<Long, Long> limits) {
    return new Visible(new HashMap<>(limits), true);
  }

  /** Whether some table has rows that do not count yet. */
  public boolean isLimited(Table table) {
    return otherwiseNothing && limits.getOrDefault(table.id(), Long.MIN_VALUE) != Long.MAX_VALUE;
  }

  /** Whether a table is taken to have no row at all. */
  public boolean isEmpty(Table table) {
    return otherwiseNothing && !limits.containsKey(table.id());
  }

  /** The last rowid that counts; in a WITHOUT ROWID table all rows count or none. */
  public long last(Table table) {
    return otherwiseNothing ? limits.getOrDefault(table.id(), Long.MIN_VALUE) : Long.MAX_VALUE;
  }
}
