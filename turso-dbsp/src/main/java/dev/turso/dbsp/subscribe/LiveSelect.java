package dev.turso.dbsp.subscribe;

import dev.turso.bind.BoundQuery;
import dev.turso.change.TransactionView;
import dev.turso.dbsp.circuit.Circuit;
import dev.turso.dbsp.compile.NoIncrementalForm;
import dev.turso.dbsp.compile.PlanCompiler;
import dev.turso.dbsp.operator.FixedColumn;
import dev.turso.dbsp.view.SideTables;
import dev.turso.dbsp.view.TableDefaults;
import dev.turso.dbsp.view.ViewQuery;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.parse.ParsedStatement;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A live query's SELECT, bound and compiled under one version of the schema.
 *
 * @param cookie the schema's version
 * @param bases the tables it reads, by folded name
 * @param views those of them that are materialized views
 * @param fixed the columns of bases, by table, whose rows mean nothing where they hold other values
 * @param circuit absent where there is no incremental form: then the query is evaluated anew
 */
record LiveSelect(
    long cookie,
    List<String> columns,
    Set<String> bases,
    List<Table> views,
    Map<String, FixedColumn> fixed,
    @Nullable Circuit circuit) {

  /** Checks that a text is one SELECT with so many parameters. */
  static Select parse(String sql, List<Value> parameters) {
    ParsedStatement parsed = Parser.parse(sql, 0);
    if (parsed == null || !(parsed.statement() instanceof SelectStatement select)) {
      throw new SqlException("a live query is a SELECT");
    }
    if (Parser.parse(sql, parsed.end()) != null) {
      throw new SqlException("a live query is one SELECT, and more follows");
    }
    if (parsed.parameterCount() != parameters.size()) {
      throw new SqlException(
          "the live query has "
              + parsed.parameterCount()
              + " parameters, and "
              + parameters.size()
              + " values came");
    }
    return select.select();
  }

  static LiveSelect compile(Select select, List<Value> parameters, TransactionView transaction) {
    BoundQuery query =
        ViewQuery.bind(transaction.schema(), select, view -> !transaction.isCurrent(view));
    ViewQuery.checkDeterministic(query.plan());
    Set<String> bases = ViewQuery.bases(query.plan());
    Circuit circuit;
    try {
      circuit =
          PlanCompiler.compile(
              query.plan(),
              SideTables.encoding(transaction.store()),
              parameters,
              new TableDefaults(transaction.schema()));
    } catch (NoIncrementalForm e) {
      circuit = null;
    }
    List<Table> views = new ArrayList<>();
    for (String each : bases) {
      Table table = transaction.schema().table(each);
      if (table != null && table.materializedView()) {
        views.add(table);
      }
    }
    return new LiveSelect(
        transaction.schema().cookie(),
        query.names(),
        bases,
        views,
        circuit == null ? Map.of() : fixed(query.plan(), circuit),
        circuit);
  }

  private static Map<String, FixedColumn> fixed(LogicalPlan plan, Circuit circuit) {
    Map<String, Integer> reads = new HashMap<>();
    new TreeWalker() {
      @Override
      public Boolean scan(LogicalPlan.Scan node) {
        reads.merge(Names.fold(node.table().name()), 1, Integer::sum);
        return super.scan(node);
      }
    }.walk(plan);
    Map<String, FixedColumn> fixed = new HashMap<>();
    for (FixedColumn each : FixedColumn.of(circuit)) {
      String name = Names.fold(each.table().name());
      if (reads.getOrDefault(name, 0) == 1) {
        fixed.put(name, each);
      }
    }
    return Map.copyOf(fixed);
  }

  /** Whether the stored rows of the materialized views among the bases are still what to read. */
  boolean viewsAreCurrent(TransactionView transaction) {
    for (Table each : views) {
      if (!transaction.isCurrent(each)) {
        return false;
      }
    }
    return true;
  }
}
