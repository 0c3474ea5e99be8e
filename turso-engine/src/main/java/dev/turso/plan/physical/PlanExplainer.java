package dev.turso.plan.physical;

import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalJoinKind;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a query runs, in the words of SQLite's EXPLAIN QUERY PLAN where a step has a counterpart
 * there.
 *
 * @see <a href="https://www.sqlite.org/eqp.html">EXPLAIN QUERY PLAN</a>
 */
public final class PlanExplainer {

  /** A line: its number, that of the line it belongs under (0 for none), its text, and its step. */
  public record Line(int id, int parent, String detail, @Nullable PhysicalPlan step) {}

  private final PhysicalPlanner planner;
  private final List<Line> lines = new ArrayList<>();
  private final Map<LogicalPlan, Integer> told = new IdentityHashMap<>();
  private final Set<Integer> materialized = new HashSet<>();
  private int subqueries;

  public PlanExplainer(PhysicalPlanner planner) {
    this.planner = planner;
  }

  public List<Line> explain(PhysicalPlan plan) {
    tell(plan, 0, "");
    return lines;
  }

  private int line(int parent, String detail, @Nullable PhysicalPlan step) {
    int id = lines.size() + 1;
    lines.add(new Line(id, parent, detail, step));
    return id;
  }

  private void tell(PhysicalPlan plan, int parent, String suffix) {
    if (plan instanceof PhysicalPlan.TableAccess node) {
      table(node, parent, suffix);
    } else if (plan instanceof PhysicalPlan.Project node) {
      tell(node.input(), parent, suffix);
      expressions(node.expressions(), parent);
    } else if (plan instanceof PhysicalPlan.Filter node) {
      tell(node.input(), parent, suffix);
      expressions(node.conditions(), parent);
    } else if (plan instanceof PhysicalPlan.Gate node) {
      expressions(node.conditions(), parent);
      tell(node.input(), parent, suffix);
    } else if (plan instanceof PhysicalPlan.NestedLoop node) {
      tell(node.outer(), parent, "");
      boolean left = node.kind() == LogicalJoinKind.LEFT;
      tell(node.inner(), parent, left ? " LEFT-JOIN" : "");
      expressions(node.conditions(), parent);
    } else if (plan instanceof PhysicalPlan.HashJoin node) {
      hashJoin(node, parent);
    } else if (plan instanceof PhysicalPlan.Limit node) {
      tell(node.input(), parent, suffix);
    } else if (plan instanceof PhysicalPlan.Sort node) {
      tell(node.input(), parent, suffix);
      line(parent, "USE TEMP B-TREE FOR ORDER BY", node);
    } else if (plan instanceof PhysicalPlan.Top node) {
      tell(node.sort(), parent, suffix);
    } else if (plan instanceof PhysicalPlan.Aggregate node) {
      aggregate(node, parent);
    } else {
      tellRare(plan, parent, suffix);
    }
  }

  private void tellRare(PhysicalPlan plan, int parent, String suffix) {
    if (plan instanceof PhysicalPlan.CountRows node) {
      Index index = node.index();
      String by = index == null ? "" : " USING COVERING INDEX " + index.name();
      line(parent, "SCAN " + node.scan().alias() + by, node);
    } else if (plan instanceof PhysicalPlan.Distinct node) {
      tell(node.input(), parent, suffix);
      line(parent, "USE TEMP B-TREE FOR DISTINCT", node);
    } else if (plan instanceof PhysicalPlan.SingleRow) {
      line(parent, "SCAN CONSTANT ROW", plan);
    } else if (plan instanceof PhysicalPlan.ValueRows node) {
      int n = node.rows().size();
      line(parent, n == 1 ? "SCAN CONSTANT ROW" : "SCAN " + n + " CONSTANT ROWS", node);
    } else if (plan instanceof PhysicalPlan.FunctionScan node) {
      line(parent, "SCAN " + node.call().alias() + " VIRTUAL TABLE INDEX 0:" + suffix, node);
      expressions(node.filter(), parent);
    } else if (plan instanceof PhysicalPlan.Concatenation node) {
      compound("UNION ALL", node.inputs(), node, parent);
    } else if (plan instanceof PhysicalPlan.SetOperation node) {
      compound(
          node.operator().sql() + " USING TEMP B-TREE",
          List.of(node.left(), node.right()),
          node,
          parent);
    } else if (plan instanceof PhysicalPlan.Window node) {
      int inner = line(parent, "CO-ROUTINE (subquery-" + ++subqueries + ")", node);
      tell(node.input(), inner, "");
      if (!node.partitionBy().isEmpty() || !node.orderBy().isEmpty()) {
        line(inner, "USE TEMP B-TREE FOR ORDER BY", null);
      }
      line(parent, "SCAN (subquery-" + subqueries + ")", null);
    } else if (plan instanceof PhysicalPlan.Recursive node) {
      int setup = line(parent, "SETUP", node);
      tell(node.seed(), setup, "");
      int step = line(parent, "RECURSIVE STEP", null);
      tell(node.step(), step, "");
    } else if (plan instanceof PhysicalPlan.RecursiveReference node) {
      line(parent, "SCAN " + node.reference().name() + suffix, node);
    } else if (plan instanceof PhysicalPlan.Materialize node) {
      materialize(node, parent, suffix);
    }
  }

  private void materialize(PhysicalPlan.Materialize node, int parent, String suffix) {
    String name = node.query().name();
    if (materialized.add(node.query().id())) {
      int inner = line(parent, "MATERIALIZE " + name, node);
      tell(node.input(), inner, "");
    }
    line(parent, "SCAN " + name + suffix, null);
  }

  private void compound(String operator, List<PhysicalPlan> inputs, PhysicalPlan step, int parent) {
    boolean nested =
        inputs.get(0) instanceof PhysicalPlan.SetOperation
            || inputs.get(0) instanceof PhysicalPlan.Concatenation;
    int whole = parent;
    if (!nested) {
      whole = line(parent, "COMPOUND QUERY", step);
      int first = line(whole, "LEFT-MOST SUBQUERY", null);
      tell(inputs.get(0), first, "");
    } else {
      tell(inputs.get(0), parent, "");
      whole = lastCompound(parent);
    }
    for (int i = 1; i < inputs.size(); i++) {
      int branch = line(whole, operator, null);
      tell(inputs.get(i), branch, "");
    }
  }

  private int lastCompound(int parent) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).parent() == parent && lines.get(i).detail().equals("COMPOUND QUERY")) {
        return lines.get(i).id();
      }
    }
    return parent;
  }

  private void aggregate(PhysicalPlan.Aggregate node, int parent) {
    if (node.enough() >= 0 && node.input() instanceof PhysicalPlan.TableAccess access) {
      table(access, parent, "", true);
    } else {
      tell(node.input(), parent, "");
    }
    if (!node.keys().isEmpty() && !node.grouped()) {
      line(parent, "USE TEMP B-TREE FOR GROUP BY", node);
    }
    List<BoundExpression> all = new ArrayList<>();
    for (LogicalPlan.GroupKey each : node.keys()) {
      all.add(each.expression());
    }
    for (AggregateCall each : node.calls()) {
      if (each.distinct()) {
        String name = each.function().signature().name();
        line(parent, "USE TEMP B-TREE FOR " + name + "(DISTINCT)", null);
      }
      if (!each.orderBy().isEmpty()) {
        String name = each.function().signature().name();
        line(parent, "USE TEMP B-TREE FOR " + name + "(ORDER BY)", null);
      }
      all.addAll(each.arguments());
      if (each.filter() != null) {
        all.add(each.filter());
      }
    }
    expressions(all, parent);
  }

  private void hashJoin(PhysicalPlan.HashJoin node, int parent) {
    tell(node.outer(), parent, "");
    boolean left = node.kind() == LogicalJoinKind.LEFT || node.kind() == LogicalJoinKind.FULL;
    String suffix = left ? " LEFT-JOIN" : "";
    if (node.kind().padsLeft()) {
      line(parent, "RIGHT-JOIN", node);
    }
    if (node.inner() instanceof PhysicalPlan.TableAccess access && !node.keys().isEmpty()) {
      StringBuilder keys = new StringBuilder();
      for (PhysicalPlan.HashJoin.Key key : node.keys()) {
        keys.append(keys.isEmpty() ? "" : " AND ").append(name(key.inner())).append("=?");
      }
      String alias = access.scan().alias();
      line(
          parent,
          "SEARCH " + alias + " USING AUTOMATIC COVERING INDEX (" + keys + ")" + suffix,
          access);
      expressions(access.filter(), parent);
    } else {
      tell(node.inner(), parent, suffix);
    }
    expressions(node.conditions(), parent);
  }

  private static String name(BoundExpression expression) {
    if (expression instanceof BoundExpression.ColumnReference reference) {
      return reference.column().name();
    }
    return "<expr>";
  }

  private void table(PhysicalPlan.TableAccess node, int parent, String suffix) {
    table(node, parent, suffix, false);
  }

  private void table(PhysicalPlan.TableAccess node, int parent, String suffix, boolean extreme) {
    String alias = node.scan().alias();
    if (node.path() instanceof AccessPath.Union union) {
      int or = line(parent, "MULTI-INDEX OR", node);
      for (int i = 0; i < union.branches().size(); i++) {
        int branch = line(or, "INDEX " + (i + 1), null);
        line(branch, path(alias, union.branches().get(i), false, node) + suffix, null);
      }
    } else {
      line(parent, path(alias, node.path(), extreme, node) + suffix, node);
    }
    inValues(node.path(), parent);
    expressions(node.filter(), parent);
  }

  private void inValues(AccessPath path, int parent) {
    if (path instanceof AccessPath.RowidIn in) {
      inQuery(in.values(), parent);
    } else if (path instanceof AccessPath.IndexScan scan) {
      for (AccessPath.Equal each : scan.equal()) {
        if (each.in() != null) {
          inQuery(each.in(), parent);
        } else if (each.value() != null) {
          expressions(List.of(each.value()), parent);
        }
      }
      bound(scan.lower(), parent);
      bound(scan.upper(), parent);
    } else if (path instanceof AccessPath.RowidEqual equal) {
      expressions(List.of(equal.value()), parent);
    } else if (path instanceof AccessPath.RowidRange range) {
      bound(range.lower(), parent);
      bound(range.upper(), parent);
    }
  }

  private void bound(AccessPath.@Nullable Bound bound, int parent) {
    if (bound != null) {
      expressions(List.of(bound.value()), parent);
    }
  }

  private void inQuery(AccessPath.InValues values, int parent) {
    if (values.query() != null) {
      subquery(values.query(), "LIST SUBQUERY ", parent);
    } else if (values.list() != null) {
      expressions(values.list(), parent);
    }
  }

  private static String path(
      String alias, AccessPath path, boolean extreme, PhysicalPlan.TableAccess node) {
    if (path instanceof AccessPath.RowidEqual || path instanceof AccessPath.RowidIn) {
      return "SEARCH " + alias + " USING INTEGER PRIMARY KEY (rowid=?)";
    }
    if (path instanceof AccessPath.RowidRange range) {
      String bounds = bounds("rowid", range.lower() != null, range.upper() != null);
      return "SEARCH " + alias + " USING INTEGER PRIMARY KEY (" + bounds + ")";
    }
    if (path instanceof AccessPath.IndexScan scan) {
      return (scans(scan) && !extreme ? "SCAN " : "SEARCH ") + alias + index(scan);
    }
    return (extreme ? "SEARCH " : "SCAN ") + alias;
  }

  private static boolean scans(AccessPath.IndexScan scan) {
    return scan.equal().isEmpty() && scan.lower() == null && scan.upper() == null;
  }

  private static String index(AccessPath.IndexScan scan) {
    Index index = scan.index();
    StringBuilder text = new StringBuilder(" USING ");
    if (index.isTableKey()) {
      text.append("PRIMARY KEY");
    } else {
      text.append(scan.covering() ? "COVERING INDEX " : "INDEX ").append(index.name());
    }
    if (scans(scan)) {
      return text.toString();
    }
    text.append(" (");
    for (int i = 0; i < scan.equal().size(); i++) {
      text.append(i == 0 ? "" : " AND ").append(partName(index, i)).append("=?");
    }
    if (scan.lower() != null || scan.upper() != null) {
      text.append(scan.equal().isEmpty() ? "" : " AND ");
      String part = partName(index, scan.equal().size());
      text.append(bounds(part, scan.lower() != null, scan.upper() != null));
    }
    return text.append(')').toString();
  }

  private static String bounds(String name, boolean lower, boolean upper) {
    String low = lower ? name + ">?" : "";
    return low + (lower && upper ? " AND " : "") + (upper ? name + "<?" : "");
  }

  private static String partName(Index index, int part) {
    IndexPart stored = index.storedParts().get(part);
    if (stored.isRowid()) {
      return "rowid";
    }
    return stored.isExpression() ? "<expr>" : index.table().columns().get(stored.column()).name();
  }

  private void expressions(List<? extends BoundExpression> list, int parent) {
    Subqueries walker = new Subqueries(parent);
    for (BoundExpression each : list) {
      walker.walk(each);
    }
  }

  private void subquery(LogicalPlan query, String kind, int parent) {
    Integer number = told.get(query);
    if (number != null) {
      line(parent, "REUSE " + kind + number, null);
      return;
    }
    int n = ++subqueries;
    told.put(query, n);
    String correlated = planner.isConstant(query) ? "" : "CORRELATED ";
    int inner = line(parent, correlated + kind + n, null);
    tell(planner.subquery(query), inner, "");
  }

  private final class Subqueries extends TreeWalker {
    private final int parent;

    Subqueries(int parent) {
      this.parent = parent;
    }

    @Override
    protected void subplan(LogicalPlan plan) {}

    @Override
    public Boolean scalarSubquery(BoundExpression.ScalarSubquery node) {
      if (!told.containsKey(node.plan())) {
        subquery(node.plan(), "SCALAR SUBQUERY ", parent);
      }
      return true;
    }

    @Override
    public Boolean exists(BoundExpression.Exists node) {
      subquery(node.plan(), "SCALAR SUBQUERY ", parent);
      return true;
    }

    @Override
    public Boolean inSubquery(BoundExpression.InSubquery node) {
      walkAll(node.operands());
      subquery(node.plan(), "LIST SUBQUERY ", parent);
      return true;
    }
  }
}
