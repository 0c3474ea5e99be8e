package dev.turso.plan.physical;

import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.ComparisonOperator;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the access paths to one table under the terms that can be used. */
final class PathFinder {

  private final LogicalPlan.Scan scan;
  private final Table table;
  private final List<Term> terms;
  private final List<Conjunct> conjuncts;
  private final TableColumns columns;
  private final double tableRows;
  private final boolean ordered;
  private final Costs costs;
  private final List<Path> paths = new ArrayList<>();

  /**
   * @param conjuncts all that are known to hold of the table's rows: what partial indexes ask for
   * @param ordered whether paths are wanted for the sake of their order alone
   * @param costs what they are weighed by
   */
  PathFinder(
      LogicalPlan.Scan scan,
      List<Term> terms,
      List<Conjunct> conjuncts,
      TableColumns columns,
      boolean ordered,
      Costs costs) {
    this.scan = scan;
    this.table = scan.table();
    this.terms = terms;
    this.conjuncts = conjuncts;
    this.columns = columns;
    this.tableRows = Estimates.rows(table);
    this.ordered = ordered;
    this.costs = costs;
  }

  List<Path> find() {
    if (table.withoutRowid()) {
      fullScan(columns.keyOrder());
    } else {
      rowidPaths();
    }
    List<Index> indexes = table.indexes();
    for (int i = 0; i < indexes.size(); i++) {
      if (isAllowed(indexes.get(i))) {
        indexPaths(indexes.get(i), i);
      }
    }
    String forced = scan.indexChoice().index();
    if (forced != null) {
      paths.removeIf(p -> !uses(p, forced));
      if (paths.isEmpty()) {
        throw new SqlException("no query solution");
      }
    }
    return paths;
  }

  private static boolean uses(Path path, String index) {
    return path.access() instanceof AccessPath.IndexScan scan
        && scan.index().name().equalsIgnoreCase(index);
  }

  private boolean isAllowed(Index index) {
    if (scan.indexChoice().forbidden()) {
      return index.isTableKey();
    }
    String forced = scan.indexChoice().index();
    return forced == null || index.name().equalsIgnoreCase(forced);
  }

  private void fullScan(List<SortKey> order) {
    double cost = tableRows * Costs.ROW;
    double rows = left(tableRows, List.of());
    boolean unique = !order.isEmpty();
    paths.add(new Path(new AccessPath.FullScan(false), cost, rows, order, unique, List.of()));
    if (ordered && unique) {
      paths.add(
          new Path(new AccessPath.FullScan(true), cost, rows, reversed(order), true, List.of()));
    }
  }

  /** What the other conditions leave of the rows. */
  private double left(double rows, List<Conjunct> used) {
    return costs.left(rows, tableRows, conjuncts, used);
  }

  private void rowidPaths() {
    BoundColumn rowid = columns.rowid();
    List<SortKey> order = columns.rowidOrder();
    fullScan(order);
    if (rowid == null) {
      return;
    }
    Term equal = null;
    Term in = null;
    Term lower = null;
    Term upper = null;
    for (Term each : terms) {
      if (!isColumn(each.side(), rowid) || !each.fits(Affinity.INTEGER) || each.isNullTest()) {
        continue;
      }
      if (each.in() != null) {
        in = in == null ? each : in;
      } else if (each.isEquality()) {
        equal = equal == null ? each : equal;
      } else if (each.isLower()) {
        lower = lower == null ? each : lower;
      } else if (each.isUpper()) {
        upper = upper == null ? each : upper;
      }
    }
    double seek = Estimates.log(tableRows);
    if (equal != null) {
      BoundExpression value = requireValue(equal);
      paths.add(
          new Path(
              new AccessPath.RowidEqual(value),
              seek + 1,
              costs.leftOfOne(tableRows, conjuncts, equal.conjunct()),
              List.of(),
              true,
              List.of(equal.conjunct())));
    } else if (in != null) {
      double n = inCount(in);
      both(
          new AccessPath.RowidIn(Objects.requireNonNull(in.in()), false),
          n * (seek + 1),
          n,
          order,
          List.of(in.conjunct()));
    } else if (lower != null || upper != null) {
      rowidRange(lower, upper, seek, order);
    }
  }

  private void rowidRange(
      @Nullable Term lower, @Nullable Term upper, double seek, List<SortKey> order) {
    double rows = costs.range(tableRows, lower, upper);
    List<Conjunct> used = new ArrayList<>();
    if (lower != null) {
      used.add(lower.conjunct());
    }
    if (upper != null) {
      used.add(upper.conjunct());
    }
    both(
        new AccessPath.RowidRange(bound(lower), bound(upper), false),
        seek + rows * costs.rowOfRange(),
        left(rows, used),
        order,
        used);
  }

  /** Adds a path and, where its order may matter, the same path backward. */
  private void both(
      AccessPath path, double cost, double rows, List<SortKey> order, List<Conjunct> used) {
    both(path, cost, rows, order, !order.isEmpty(), used);
  }

  private void both(
      AccessPath path,
      double cost,
      double rows,
      List<SortKey> order,
      boolean unique,
      List<Conjunct> used) {
    paths.add(new Path(path, cost, rows, order, unique, used));
    if (ordered && !order.isEmpty()) {
      paths.add(new Path(backward(path), cost, rows, reversed(order), unique, used));
    }
  }

  private static AccessPath backward(AccessPath path) {
    if (path instanceof AccessPath.IndexScan scan) {
      return new AccessPath.IndexScan(
          scan.index(), scan.equal(), scan.lower(), scan.upper(), true, scan.covering());
    }
    if (path instanceof AccessPath.RowidRange range) {
      return new AccessPath.RowidRange(range.lower(), range.upper(), true);
    }
    if (path instanceof AccessPath.RowidIn in) {
      return new AccessPath.RowidIn(in.values(), true);
    }
    return path;
  }

  private static List<SortKey> reversed(List<SortKey> order) {
    List<SortKey> all = new ArrayList<>(order.size());
    for (SortKey each : order) {
      all.add(
          new SortKey(each.expression(), !each.descending(), !each.nullsFirst(), each.collation()));
    }
    return all;
  }

  private static BoundExpression requireValue(Term term) {
    return Objects.requireNonNull(term.value());
  }

  private static AccessPath.@Nullable Bound bound(@Nullable Term term) {
    return term == null
        ? null
        : new AccessPath.Bound(requireValue(term), term.isExclusive(), term.affinity());
  }

  private static boolean isColumn(BoundExpression side, BoundColumn column) {
    return side instanceof BoundExpression.ColumnReference reference
        && reference.column().equals(column);
  }

  private static double inCount(Term in) {
    AccessPath.InValues values = Objects.requireNonNull(in.in());
    return values.list() == null ? 25 : Math.max(1, values.list().size());
  }

  private void indexPaths(Index index, int position) {
    BoundExpression predicate = columns.predicate(position);
    if (predicate != null && !Implication.implied(predicate, conjuncts)) {
      return;
    }
    List<AccessPath.Equal> equal = new ArrayList<>();
    List<Conjunct> used = new ArrayList<>();
    double repeats = 1;
    boolean sortedByIn = true;
    List<BoundExpression> parts = columns.parts(position);
    int usable = Math.min(parts.size(), columnsOf(index));
    int n = 0;
    boolean[] singles = new boolean[parts.size()];
    while (n < usable) {
      Term term = equality(parts.get(n), index.storedParts().get(n));
      if (term == null) {
        break;
      }
      equal.add(equal(term, index.storedParts().get(n).collation()));
      if (term.exact()) {
        used.add(term.conjunct());
      }
      singles[n] = term.in() == null;
      if (term.in() != null) {
        repeats *= inCount(term);
        sortedByIn &= !index.storedParts().get(n).descending();
      }
      n++;
    }
    Term lower = null;
    Term upper = null;
    if (n < usable) {
      lower = bound(parts.get(n), index.storedParts().get(n), true);
      upper = bound(parts.get(n), index.storedParts().get(n), false);
    }
    boolean seeks = n > 0 || lower != null || upper != null;
    if (index.isTableKey() && !seeks) {
      return;
    }
    boolean covering = index.isTableKey() || columns.covered(index);
    boolean partial = predicate != null;
    boolean walks = covering && !scan.indexChoice().rows();
    if (!seeks && !walks && !ordered && !partial && scan.indexChoice().index() == null) {
      return;
    }
    addUsed(used, lower);
    addUsed(used, upper);
    double entries = partial ? tableRows / 2 : tableRows;
    double rows = n == 0 ? entries : Estimates.equalRows(index, n, tableRows) * repeats;
    if (lower != null || upper != null) {
      rows = costs.range(rows, lower, upper);
    }
    rows = Math.min(rows, entries);
    double cost = rows * Estimates.entryCost(index);
    cost += seeks ? repeats * Estimates.log(entries) : 0;
    cost += covering ? 0 : rows * costs.rowOfEntry();
    List<SortKey> order = sortedByIn ? order(index, parts, singles, n) : List.of();
    boolean single =
        repeats == 1 && index.unique() && n >= index.parts().size() && !matchesNull(equal);
    boolean complete = usable == columnsOf(index) && !order.isEmpty();
    both(
        new AccessPath.IndexScan(index, equal, bound(lower), bound(upper), false, covering),
        cost,
        left(rows, used),
        order,
        single || complete,
        used);
  }

  private static void addUsed(List<Conjunct> used, @Nullable Term term) {
    if (term != null && term.exact()) {
      used.add(term.conjunct());
    }
  }

  private static boolean matchesNull(List<AccessPath.Equal> equal) {
    for (AccessPath.Equal each : equal) {
      if (each.nullMatches()) {
        return true;
      }
    }
    return false;
  }

  /** How many columns make an entry unique. */
  private static int columnsOf(Index index) {
    return index.isTableKey() ? index.parts().size() : index.storedParts().size();
  }

  private AccessPath.Equal equal(Term term, Collation collation) {
    return new AccessPath.Equal(
        term.value(),
        term.in(),
        term.affinity(),
        collation,
        term.operator() == ComparisonOperator.IS);
  }

  private @Nullable Term equality(BoundExpression part, IndexPart stored) {
    Term found = null;
    for (Term each : terms) {
      if (each.isEquality()
          && each.side().equals(part)
          && each.fits(part.affinity(), stored.collation())
          && (found == null || found.in() != null && each.in() == null)) {
        found = each;
      }
    }
    return found;
  }

  private @Nullable Term bound(BoundExpression part, IndexPart stored, boolean lower) {
    for (Term each : terms) {
      if ((lower ? each.isLower() : each.isUpper())
          && each.side().equals(part)
          && each.fits(part.affinity(), stored.collation())) {
        return each;
      }
    }
    return null;
  }

  /** The order of entries: columns held equal to one value say nothing. */
  private static List<SortKey> order(
      Index index, List<BoundExpression> parts, boolean[] single, int equal) {
    List<SortKey> order = new ArrayList<>();
    int last = index.isTableKey() ? index.parts().size() : parts.size();
    for (int i = 0; i < last; i++) {
      if (i < equal && single[i]) {
        continue;
      }
      IndexPart stored = index.storedParts().get(i);
      order.add(
          new SortKey(parts.get(i), stored.descending(), !stored.descending(), stored.collation()));
    }
    return order;
  }
}
