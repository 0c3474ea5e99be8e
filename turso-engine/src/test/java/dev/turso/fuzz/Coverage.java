package dev.turso.fuzz;

import dev.turso.Session;
import dev.turso.bind.Binder;
import dev.turso.bind.BinderSettings;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.plan.physical.AccessPath;
import dev.turso.plan.physical.PhysicalPlan;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.BinaryOperator;
import dev.turso.sql.ast.ColumnConstraint;
import dev.turso.sql.ast.CompoundOperator;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.JoinConstraint;
import dev.turso.sql.ast.JoinKind;
import dev.turso.sql.ast.Over;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TableConstraint;
import dev.turso.sql.ast.TableReference;
import dev.turso.sql.ast.TransactionStatement;
import dev.turso.sql.ast.UnaryOperator;
import dev.turso.sql.ast.WindowFrame;
import dev.turso.sql.parse.Parser;
import dev.turso.vtab.TableFunctions;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts what programs have exercised: rules of the grammar, as kinds of nodes and values of
 * enumerations in syntax trees; steps and access paths of plans; and functions.
 */
final class Coverage {

  /** Statements that SQLite does not have or that answer about the engine itself. */
  private static final Set<String> NOT_SQLITE =
      Set.of(
          "CreateMaterializedView",
          "RefreshMaterializedView",
          "ExplainMaterializedView",
          "CreateVirtualTable",
          "AlterColumn",
          "Explain",
          "Attach",
          "Detach",
          "BinaryOperator.REGEXP");

  private static final Class<?>[] GRAMMAR = {
    Statement.class, Expression.class, TableReference.class, SelectCore.class,
        ColumnConstraint.class,
    TableConstraint.class, ResultColumn.class, JoinConstraint.class, Over.class,
        AlterTable.Action.class,
    TransactionStatement.class, UnaryOperator.class, BinaryOperator.class, CompoundOperator.class,
        JoinKind.class,
    ConflictAction.class, WindowFrame.Unit.class, WindowFrame.BoundKind.class,
        WindowFrame.Exclude.class
  };

  private static final BinderSettings SETTINGS =
      new BinderSettings() {
        @Override
        public @Nullable TableValuedFunction tableFunction(String name) {
          return TableFunctions.builtIn(name);
        }
      };

  private final Map<String, Integer> rules = new TreeMap<>();
  private final Map<String, Integer> steps = new TreeMap<>();
  private final Map<String, Integer> functions = new TreeMap<>();

  Coverage() {
    for (Class<?> each : GRAMMAR) {
      list(each, rules);
    }
    rules.keySet().removeAll(NOT_SQLITE);
    list(PhysicalPlan.class, steps);
    list(AccessPath.class, steps);
  }

  /** Notes the names of functions that should be called. */
  void expect(Iterable<String> names) {
    names.forEach(each -> functions.putIfAbsent(each, 0));
  }

  private static void list(Class<?> type, Map<String, Integer> into) {
    if (type.isEnum()) {
      for (Object each : type.getEnumConstants()) {
        into.putIfAbsent(name(each), 0);
      }
    } else if (type.isSealed()) {
      for (Class<?> each : type.getPermittedSubclasses()) {
        list(each, into);
      }
    } else if (type.isRecord()) {
      into.putIfAbsent(type.getSimpleName(), 0);
    }
  }

  private static String name(Object node) {
    return node instanceof Enum<?> value
        ? value.getDeclaringClass().getSimpleName() + "." + value.name()
        : node.getClass().getSimpleName();
  }

  /** Counts a statement that both engines have run, or refused. */
  void add(String sql, boolean failed, Engine ours) {
    if (failed) {
      return;
    }
    Statement statement = Parser.parseStatement(sql);
    count(statement, rules);
    if (!sql.contains("pragma_")
        && statement instanceof SelectStatement select
        && ours instanceof TursoEngine engine) {
      countPlan(engine.session(), select);
    }
  }

  private void countPlan(Session session, SelectStatement select) {
    Binder binder = new Binder(session.catalog(), session.functions(), SETTINGS);
    count(
        new PhysicalPlanner(binder::tableExpressions)
            .plan(binder.bindSelect(select.select()).plan()),
        steps);
  }

  private void count(@Nullable Object node, Map<String, Integer> into) {
    if (node instanceof Iterable<?> list) {
      for (Object each : list) {
        count(each, into);
      }
      return;
    }
    if (node instanceof Expression.FunctionCall call) {
      functions.computeIfPresent(call.name().text().toLowerCase(Locale.ROOT), (name, n) -> n + 1);
    }
    if (node instanceof Record || node instanceof Enum<?>) {
      into.computeIfPresent(name(node), (name, n) -> n + 1);
    }
    if (node instanceof Record) {
      for (RecordComponent each : node.getClass().getRecordComponents()) {
        if (isWalked(each.getType())) {
          count(value(node, each), into);
        }
      }
    }
  }

  private static boolean isWalked(Class<?> type) {
    return Iterable.class.isAssignableFrom(type)
        || type.isEnum()
        || type.getName().startsWith("dev.turso.sql.ast.")
        || type.getName().startsWith("dev.turso.plan.physical.");
  }

  private static @Nullable Object value(Object node, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The share, in percent, of rules, steps and functions that were met. */
  double percent() {
    int met = met(rules) + met(steps) + met(functions);
    return 100.0 * met / (rules.size() + steps.size() + functions.size());
  }

  private static int met(Map<String, Integer> counts) {
    return (int) counts.values().stream().filter(n -> n > 0).count();
  }

  /** All counts. */
  String report() {
    return line("grammar", rules) + line("steps of plans", steps) + line("functions", functions);
  }

  /** The three shares, and what was not met. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "covered: grammar %d of %d, steps of plans %d of %d, functions %d of %d: %.1f %%; not met: %s",
        met(rules),
        rules.size(),
        met(steps),
        steps.size(),
        met(functions),
        functions.size(),
        percent(),
        missing());
  }

  private Set<String> missing() {
    Set<String> names = new TreeSet<>();
    for (Map<String, Integer> each : java.util.List.of(rules, steps, functions)) {
      each.forEach((name, n) -> {
        if (n == 0) {
          names.add(name);
        }
      });
    }
    return names;
  }

  private static String line(String what, Map<String, Integer> counts) {
    return what + ": " + counts + "\n";
  }
}
