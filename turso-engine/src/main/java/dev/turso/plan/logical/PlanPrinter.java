package dev.turso.plan.logical;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints a plan as a tree, a node a line, the plans of subqueries below the line that uses them.
 *
 * <pre>
 *   Project [a#0 -&gt; a#3]
 *     Filter EXISTS $1
 *       Scan t [a#0, b#1, rowid#2]
 *     $1:
 *       …
 * </pre>
 */
public final class PlanPrinter implements PlanVisitor<Boolean> {

  private final StringBuilder text = new StringBuilder();
  private final Map<LogicalPlan, String> names = new IdentityHashMap<>();
  private final List<LogicalPlan> pending = new ArrayList<>();
  private final ExpressionPrinter expressions = new ExpressionPrinter(this::subplan);
  private int depth;

  private PlanPrinter() {}

  /** The plan as text, each line ended. */
  public static String print(LogicalPlan plan) {
    PlanPrinter printer = new PlanPrinter();
    printer.node(plan);
    return printer.text.toString();
  }

  /** The expression on one line; subqueries in it as {@code $1, $2 …}. */
  public static String print(BoundExpression expression) {
    return new PlanPrinter().expressions.print(expression);
  }

  private String subplan(LogicalPlan plan) {
    String name = names.get(plan);
    if (name == null) {
      name = "$" + (names.size() + 1);
      names.put(plan, name);
      pending.add(plan);
    }
    return name;
  }

  private void node(LogicalPlan plan) {
    plan.accept(this);
  }

  private boolean line(String content, LogicalPlan... inputs) {
    text.append("  ".repeat(depth)).append(content).append('\n');
    List<LogicalPlan> subqueries = List.copyOf(pending);
    pending.clear();
    depth++;
    for (LogicalPlan each : inputs) {
      node(each);
    }
    for (LogicalPlan each : subqueries) {
      text.append("  ".repeat(depth)).append(names.get(each)).append(":\n");
      depth++;
      node(each);
      depth--;
    }
    depth--;
    return true;
  }

  private static String columns(List<BoundColumn> columns) {
    return columns.toString();
  }

  private String keys(List<SortKey> keys) {
    List<String> parts = new ArrayList<>();
    for (SortKey each : keys) {
      String part = expressions.print(each.expression());
      if (!each.collation().name().equalsIgnoreCase("BINARY")) {
        part += " " + each.collation().name();
      }
      part += each.descending() ? " desc" : "";
      if (each.nullsFirst() == each.descending()) {
        part += each.nullsFirst() ? " nulls first" : " nulls last";
      }
      parts.add(part);
    }
    return String.join(", ", parts);
  }

  private String optional(String prefix, @Nullable BoundExpression expression) {
    return expression == null ? "" : prefix + expressions.print(expression);
  }

  @Override
  public Boolean scan(LogicalPlan.Scan node) {
    String table = node.table().name();
    String alias = node.alias().equals(table) ? "" : " as " + node.alias();
    LogicalPlan.IndexChoice choice = node.indexChoice();
    String hint =
        choice.forbidden()
            ? " not indexed"
            : choice.index() == null ? "" : " indexed by " + choice.index();
    StringBuilder computed = new StringBuilder();
    for (LogicalPlan.Computed each : node.computed()) {
      computed.append(" ").append(each.column()).append(" = ");
      computed.append(expressions.print(each.expression()));
    }
    return line("Scan " + table + alias + hint + " " + columns(node.columns()) + computed);
  }

  @Override
  public Boolean tableFunction(LogicalPlan.TableFunction node) {
    List<String> arguments = new ArrayList<>();
    for (BoundExpression each : node.arguments()) {
      arguments.add(each == null ? "-" : expressions.print(each));
    }
    return line(
        "TableFunction "
            + node.function().name()
            + "("
            + String.join(", ", arguments)
            + ") "
            + columns(node.columns()));
  }

  @Override
  public Boolean values(LogicalPlan.Values node) {
    List<String> rows = new ArrayList<>();
    for (List<BoundExpression> each : node.rows()) {
      rows.add("(" + expressions.printAll(each) + ")");
    }
    return line("Values " + String.join(", ", rows) + " " + columns(node.columns()));
  }

  @Override
  public Boolean singleRow(LogicalPlan.SingleRow node) {
    return line("SingleRow");
  }

  @Override
  public Boolean filter(LogicalPlan.Filter node) {
    return line("Filter " + expressions.print(node.predicate()), node.input());
  }

  @Override
  public Boolean project(LogicalPlan.Project node) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < node.columns().size(); i++) {
      parts.add(expressions.print(node.expressions().get(i)) + " -> " + node.columns().get(i));
    }
    return line("Project [" + String.join(", ", parts) + "]", node.input());
  }

  @Override
  public Boolean join(LogicalPlan.Join node) {
    return line(
        "Join " + node.kind() + optional(" on ", node.condition()), node.left(), node.right());
  }

  @Override
  public Boolean aggregate(LogicalPlan.Aggregate node) {
    List<String> keys = new ArrayList<>();
    for (LogicalPlan.GroupKey each : node.keys()) {
      String collation =
          each.collation().name().equalsIgnoreCase("BINARY") ? "" : " " + each.collation().name();
      keys.add(expressions.print(each.expression()) + collation + " -> " + each.output());
    }
    List<String> calls = new ArrayList<>();
    for (AggregateCall each : node.calls()) {
      calls.add(call(each));
    }
    List<String> bare = new ArrayList<>();
    for (LogicalPlan.BareColumn each : node.bare()) {
      bare.add(each.source() + " -> " + each.output());
    }
    String follows = node.bareFollows() < 0 ? "" : " of " + (node.bareFollows() + 1);
    return line(
        "Aggregate by ["
            + String.join(", ", keys)
            + "] ["
            + String.join(", ", calls)
            + "]"
            + (bare.isEmpty() ? "" : " bare" + follows + " [" + String.join(", ", bare) + "]"),
        node.input());
  }

  private String call(AggregateCall call) {
    String order = call.orderBy().isEmpty() ? "" : " order by " + keys(call.orderBy());
    return call.function().signature().name()
        + "("
        + (call.distinct() ? "distinct " : "")
        + expressions.printAll(call.arguments())
        + order
        + ")"
        + optional(" filter ", call.filter())
        + " -> "
        + call.output();
  }

  @Override
  public Boolean distinct(LogicalPlan.Distinct node) {
    return line("Distinct " + columns(node.on()), node.input());
  }

  @Override
  public Boolean sort(LogicalPlan.Sort node) {
    return line("Sort " + keys(node.keys()), node.input());
  }

  @Override
  public Boolean limit(LogicalPlan.Limit node) {
    return line(
        "Limit " + expressions.print(node.limit()) + optional(" offset ", node.offset()),
        node.input());
  }

  @Override
  public Boolean setOperation(LogicalPlan.SetOperation node) {
    return line(node.operator().sql() + " " + columns(node.columns()), node.left(), node.right());
  }

  @Override
  public Boolean window(LogicalPlan.Window node) {
    List<String> calls = new ArrayList<>();
    for (WindowCall each : node.calls()) {
      calls.add(
          each.function().signature().name()
              + "("
              + expressions.printAll(each.arguments())
              + ")"
              + optional(" filter ", each.filter())
              + frame(each.frame())
              + " -> "
              + each.output());
    }
    return line(
        "Window by ["
            + keys(node.partitionBy())
            + "] order ["
            + keys(node.orderBy())
            + "] ["
            + String.join(", ", calls)
            + "]",
        node.input());
  }

  private String frame(WindowCall.Frame frame) {
    if (frame.equals(WindowCall.Frame.DEFAULT)) {
      return "";
    }
    return " "
        + frame.unit()
        + " "
        + frame.start()
        + optional(" ", frame.startOffset())
        + " to "
        + frame.end()
        + optional(" ", frame.endOffset())
        + " exclude "
        + frame.exclude();
  }

  @Override
  public Boolean recursive(LogicalPlan.Recursive node) {
    String order = node.orderBy().isEmpty() ? "" : " order by " + keys(node.orderBy());
    return line(
        "Recursive "
            + node.id()
            + (node.distinct() ? " distinct" : "")
            + order
            + optional(" limit ", node.limit())
            + optional(" offset ", node.offset())
            + " "
            + columns(node.columns()),
        node.seed(),
        node.step());
  }

  @Override
  public Boolean recursiveReference(LogicalPlan.RecursiveReference node) {
    return line("RecursiveReference " + node.id() + " " + columns(node.columns()));
  }

  @Override
  public Boolean materialize(LogicalPlan.Materialize node) {
    String head = "Materialize " + node.id() + " " + node.name() + " " + columns(node.columns());
    if (names.put(node.input(), head) != null) {
      return line(head + " shared");
    }
    return line(head, node.input());
  }
}
