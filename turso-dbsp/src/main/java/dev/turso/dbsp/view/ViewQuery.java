package dev.turso.dbsp.view;

import dev.turso.bind.Binder;
import dev.turso.bind.BinderSettings;
import dev.turso.bind.BoundQuery;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.function.FunctionTrait;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TableValuedFunction;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Select;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import dev.turso.vtab.TableFunctions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A view's query bound under fixed settings: only its own database, only the functions that all sessions have. */
public final class ViewQuery {

  private ViewQuery() {}

  public static BoundQuery bind(TransactionView transaction, Select select) {
    return bind(transaction, select, view -> false);
  }

  /** Binds a query that reads some materialized views as their defining queries. */
  public static BoundQuery bind(
      TransactionView transaction, Select select, Predicate<Table> readAsQuery) {
    BinderSettings settings =
        new BinderSettings() {
          @Override
          public @Nullable TableValuedFunction tableFunction(String name) {
            return TableFunctions.builtIn(name);
          }

          @Override
          public boolean readAsQuery(Table materializedView) {
            return readAsQuery.test(materializedView);
          }
        };
    return new Binder(alone(transaction.schema()), transaction.functions(), settings)
        .bindSelect(select);
  }

  /** A catalog in which nothing but one database has a name: {@code main}, wherever it is attached. */
  static Catalog alone(DatabaseSchema schema) {
    List<@Nullable DatabaseSchema> databases = new ArrayList<>();
    databases.add(DatabaseSchema.empty("", 0));
    databases.add(DatabaseSchema.empty("temp", 1));
    while (databases.size() <= schema.index()) {
      databases.add(null);
    }
    boolean isMain = Names.same(schema.name(), "main");
    databases.set(schema.index(), isMain ? schema : schema.named("main"));
    return new Catalog(databases);
  }

  /** The tables that a plan reads, by folded name. */
  public static Set<String> bases(LogicalPlan plan) {
    Set<String> names = new LinkedHashSet<>();
    new TreeWalker() {
      @Override
      public Boolean scan(LogicalPlan.Scan node) {
        names.add(Names.fold(node.table().name()));
        return super.scan(node);
      }
    }.walk(plan);
    return names;
  }

  /** Refuses functions whose value is not fixed by their arguments. */
  public static void checkDeterministic(LogicalPlan plan) {
    new TreeWalker() {
      @Override
      public Boolean functionCall(BoundExpression.FunctionCall node) {
        checkFunction(node);
        return super.functionCall(node);
      }
    }.walk(plan);
  }

  /** Refuses what does not depend on the tables alone. */
  public static void check(LogicalPlan plan) {
    checkDeterministic(plan);
    new TreeWalker() {
      @Override
      public Boolean parameter(BoundExpression.Parameter node) {
        throw new SqlException("parameters prohibited in materialized views");
      }

      @Override
      public Boolean scan(LogicalPlan.Scan node) {
        String name = node.table().name();
        if (Names.startsWith(name, "sqlite_") || Names.startsWith(name, SideTables.PREFIX)) {
          throw new SqlException("a materialized view cannot read " + name);
        }
        return super.scan(node);
      }
    }.walk(plan);
  }

  private static void checkFunction(BoundExpression.FunctionCall call) {
    var signature = call.function().signature();
    if (signature.has(FunctionTrait.DETERMINISTIC)) {
      return;
    }
    boolean fixed =
        signature.has(FunctionTrait.CONSTANT_IN_STATEMENT) && !call.arguments().isEmpty();
    for (BoundExpression each : call.arguments()) {
      if (each instanceof BoundExpression.Constant constant && isNow(constant.value())) {
        fixed = false;
      }
    }
    if (!fixed) {
      throw new SqlException(
          "non-deterministic use of " + signature.name() + "() in a materialized view");
    }
  }

  private static boolean isNow(Value value) {
    return value.tag() == Tag.TEXT && "now".equalsIgnoreCase(value.asString());
  }
}
