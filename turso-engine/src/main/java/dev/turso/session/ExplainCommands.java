package dev.turso.session;

import dev.turso.bind.Binder;
import dev.turso.bind.BoundDelete;
import dev.turso.bind.BoundInsert;
import dev.turso.bind.BoundUpdate;
import dev.turso.bind.BoundVirtualWrite;
import dev.turso.bind.BoundWrite;
import dev.turso.exec.operator.Executable;
import dev.turso.exec.operator.ExecutableBuilder;
import dev.turso.exec.operator.PlanMeasure;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.physical.PhysicalPlan;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.plan.physical.PlanExplainer;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.Explain;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** EXPLAIN in its three forms. */
final class ExplainCommands {

  private ExplainCommands() {}

  static Program program(Explain explain, Connection connection) {
    Binder binder = connection.preparation().binder();
    LogicalPlan source = source(explain.statement(), binder);
    PhysicalPlanner planner = new PhysicalPlanner(binder::tableExpressions);
    PhysicalPlan plan = source == null ? null : planner.plan(source);
    List<PlanExplainer.Line> lines =
        plan == null ? List.of() : new PlanExplainer(planner).explain(plan);
    List<String> columns =
        switch (explain.kind()) {
          case EXECUTABLE -> List.of("addr", "opcode", "p1", "p2", "p3", "p4", "p5", "comment");
          case QUERY_PLAN -> List.of("id", "parent", "notused", "detail");
          case ANALYZE -> List.of("id", "parent", "notused", "detail", "rows", "micros");
        };
    CommandProgram program =
        new CommandProgram(
            CommandProgram.Needs.SNAPSHOT,
            (c, parameters) ->
                switch (explain.kind()) {
                  case EXECUTABLE -> executable(lines);
                  case QUERY_PLAN -> queryPlan(lines);
                  case ANALYZE -> analyze(c, binder, source, parameters);
                });
    if (source != null) {
      program.uses = TablesRead.of(source).databases();
    }
    List<Program.ResultColumn> named = new ArrayList<>();
    for (String each : columns) {
      named.add(Program.ResultColumn.named(each));
    }
    program.columns = named;
    return program;
  }

  private static @Nullable LogicalPlan source(Statement statement, Binder binder) {
    return switch (statement) {
      case SelectStatement s -> binder.bindSelect(s.select()).plan();
      case InsertStatement s -> source(binder.bindInsert(s));
      case UpdateStatement s -> source(binder.bindUpdate(s));
      case DeleteStatement s -> source(binder.bindDelete(s));
      default -> null;
    };
  }

  private static LogicalPlan source(BoundWrite write) {
    return switch (write) {
      case BoundInsert s -> s.source();
      case BoundUpdate s -> s.withValues();
      case BoundDelete s -> s.source();
      case BoundVirtualWrite s -> s.source();
    };
  }

  private static List<List<Value>> executable(List<PlanExplainer.Line> lines) {
    List<List<Value>> rows = new ArrayList<>();
    rows.add(PragmaValues.row(0, "Init", 0, 1, 0, null, 0, null));
    for (PlanExplainer.Line each : lines) {
      rows.add(PragmaValues.row(rows.size(), "Step", each.parent(), 0, 0, each.detail(), 0, null));
    }
    rows.add(PragmaValues.row(rows.size(), "Halt", 0, 0, 0, null, 0, null));
    return rows;
  }

  private static List<List<Value>> queryPlan(List<PlanExplainer.Line> lines) {
    List<List<Value>> rows = new ArrayList<>();
    for (PlanExplainer.Line each : lines) {
      rows.add(PragmaValues.row(each.id(), each.parent(), 0, each.detail()));
    }
    return rows;
  }

  private static List<List<Value>> analyze(
      Connection connection, Binder binder, @Nullable LogicalPlan source, Value[] parameters) {
    List<List<Value>> rows = new ArrayList<>();
    if (source == null) {
      return rows;
    }
    PhysicalPlanner planner = new PhysicalPlanner(binder::tableExpressions);
    PhysicalPlan plan = planner.plan(source);
    ExecutableBuilder builder = new ExecutableBuilder(planner);
    builder.measure();
    Executable executable = builder.executable(plan, source.columns());
    Nested.fill(connection, executable.frame(), List.of(parameters));
    executable.open();
    while (executable.next()) {
      executable.frame().tick();
    }
    executable.close();
    Map<PhysicalPlan, PlanMeasure> measures = executable.measures();
    for (PlanExplainer.Line each : new PlanExplainer(planner).explain(plan)) {
      PlanMeasure measure = each.step() == null ? null : measures.get(each.step());
      rows.add(
          PragmaValues.row(
              each.id(),
              each.parent(),
              0,
              each.detail(),
              measure == null ? null : measure.rows(),
              measure == null ? null : measure.nanos() / 1000));
    }
    return rows;
  }
}
