package dev.turso.dbsp.compile;

import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.operator.KeyColumn;
import dev.turso.dbsp.operator.PartitionOperator;
import dev.turso.dbsp.operator.WindowReach;
import dev.turso.exec.expression.Node;
import dev.turso.exec.operator.Executable;
import dev.turso.exec.operator.ExecutableBuilder;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.logical.WindowCall;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes window functions follow changes: of a partition that changed, the rows whose results may be
 * others are evaluated by the engine.
 */
final class WindowCompiler {

  private final CircuitContext context;
  private final ColumnPlaces places;

  WindowCompiler(CircuitContext context, ColumnPlaces places) {
    this.context = context;
    this.places = places;
  }

  /** @param bound up to which place rows are wanted, where the window tells places */
  CircuitOperator compile(LogicalPlan.Window node, CircuitOperator input, int number, long bound) {
    checkSubqueries(node);
    List<PartitionOperator.Key> keys = new ArrayList<>();
    for (SortKey each : node.partitionBy()) {
      if (!Keys.supports(each.collation())) {
        throw new NoIncrementalForm("a window under the collation " + each.collation().name());
      }
      keys.add(
          new PartitionOperator.Key(
              places.compile(each.expression()), each.collation(), false, true));
    }
    List<BoundColumn> columns = node.columns();
    int inputs = node.input().columns().size();
    Evaluation evaluation = evaluation(node);
    int[] slots = new int[columns.size()];
    System.arraycopy(input.slots(), 0, slots, 0, inputs);
    for (int i = inputs; i < slots.length; i++) {
      slots[i] = places.place(columns.get(i));
    }
    List<KeyColumn> seekable = new ArrayList<>();
    for (int i = 0; i < slots.length; i++) {
      BoundColumn each = columns.get(i);
      seekable.add(new KeyColumn(slots[i], each.affinity(), each.collationOrBinary(), each.name()));
    }
    boolean ordered = node.orderBy().stream().allMatch(each -> Keys.supports(each.collation()));
    WindowReach reach = ordered ? Reaches.of(node, bound) : new WindowReach.Whole();
    boolean sums = !(reach instanceof WindowReach.Whole);
    PartitionOperator.Shape shape =
        new PartitionOperator.Shape(
            keys,
            ordered ? order(node) : List.of(),
            sums ? places.compileAll(Reaches.summed(node)) : new Node[0],
            reach,
            text(node));
    return new PartitionOperator(context, number, input, shape, slots, seekable, evaluation);
  }

  private List<PartitionOperator.Key> order(LogicalPlan.Window node) {
    List<PartitionOperator.Key> order = new ArrayList<>();
    for (SortKey each : node.orderBy()) {
      order.add(
          new PartitionOperator.Key(
              places.compile(each.expression()),
              each.collation(),
              each.descending(),
              each.nullsFirst()));
    }
    return order;
  }

  private static String text(LogicalPlan.Window node) {
    StringBuilder text = new StringBuilder("window of ");
    for (WindowCall each : node.calls()) {
      text.append(each.function().signature().name()).append("(), ");
    }
    text.append(node.partitionBy().isEmpty() ? "over all rows" : "by ");
    String comma = "";
    for (SortKey each : node.partitionBy()) {
      text.append(comma).append(Texts.of(each.expression()));
      comma = ", ";
    }
    comma = " in order of ";
    for (SortKey each : node.orderBy()) {
      text.append(comma).append(Texts.of(each.expression()));
      text.append(each.descending() ? " DESC" : "");
      comma = ", ";
    }
    return text.toString();
  }

  private static void checkSubqueries(LogicalPlan.Window node) {
    List<BoundExpression> all = new ArrayList<>();
    for (SortKey each : node.partitionBy()) {
      all.add(each.expression());
    }
    for (SortKey each : node.orderBy()) {
      all.add(each.expression());
    }
    for (WindowCall each : node.calls()) {
      all.addAll(each.arguments());
      if (each.filter() != null) {
        all.add(each.filter());
      }
    }
    for (BoundExpression each : all) {
      if (Conditions.hasSubquery(each)) {
        throw new NoIncrementalForm("a subquery in a window");
      }
    }
  }

  private Evaluation evaluation(LogicalPlan.Window node) {
    List<BoundColumn> given = new ArrayList<>(node.input().columns());
    BoundColumn number = places.invent("row number");
    given.add(number);
    GivenRows rows = new GivenRows(given);
    LogicalPlan leaf = new LogicalPlan.TableFunction(rows, List.of(), given, "given");
    LogicalPlan plan =
        new LogicalPlan.Window(leaf, node.partitionBy(), node.orderBy(), node.calls());
    PhysicalPlanner planner =
        new PhysicalPlanner(table -> {
          throw new IllegalStateException(table.name());
        });
    Executable executable = new ExecutableBuilder(planner).executable(plan);
    executable.frame().environment = FixedEnvironment.INSTANCE;
    executable.frame().parameters = places.frame().parameters;
    return new Evaluation(rows, executable, given.size() - 1);
  }

  /** The engine's own evaluation of the window over given rows. */
  private record Evaluation(GivenRows rows, Executable executable, int numberColumn)
      implements PartitionOperator.Evaluation {

    @Override
    public void evaluate(List<Register[]> partition, PartitionOperator.Results results) {
      rows.give(partition);
      executable.open();
      try {
        while (executable.next()) {
          int row = (int) executable.column(numberColumn).bits;
          Register[] values = new Register[executable.columnCount() - numberColumn - 1];
          for (int i = 0; i < values.length; i++) {
            values[i] = executable.column(numberColumn + 1 + i);
          }
          results.result(row, values);
        }
      } finally {
        executable.close();
        rows.give(List.of());
      }
    }
  }
}
