package dev.turso.bind;

import dev.turso.bind.WriteTargetBinder.Target;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Column;
import dev.turso.schema.Table;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Name;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds INSERT. */
final class InsertBinder {

  private final BindContext context;
  private final @Nullable Scope outer;
  private final Environment environment;

  /**
   * @param outer the rows of a trigger around the statement, or null
   */
  InsertBinder(BindContext context, @Nullable Scope outer, Environment environment) {
    this.context = context;
    this.outer = outer;
    this.environment = environment;
  }

  BoundWrite bind(InsertStatement statement) {
    Environment inner =
        statement.with() == null
            ? environment
            : environment.with(
                new CommonTables(statement.with(), environment.commonTables(), outer));
    Target target =
        new WriteTargetBinder(context, inner).find(statement.table(), CreateTrigger.Event.INSERT);
    Table table = target.table();
    int[] sources = new int[table.columns().size()];
    Arrays.fill(sources, -1);
    LogicalPlan source = new LogicalPlan.SingleRow();
    int rowidSource = -1;
    if (statement.source() != null) {
      rowidSource = mapColumns(statement, target, sources);
      source = new SelectBinder(context, outer, inner, false).bindSource(statement.source()).plan();
      if (!context.settings.checksSchema()) {
        requireWidth(statement, target, source.columns().size());
      }
    }
    VirtualWrites virtual = VirtualWrites.of(context, target);
    if (virtual != null) {
      return virtual
          .plain(statement.conflict(), statement.returning(), statement.upserts())
          .insert(source, sources, rowidSource);
    }
    if (table.rowidAlias() >= 0) {
      rowidSource = Math.max(rowidSource, sources[table.rowidAlias()]);
      sources[table.rowidAlias()] = rowidSource;
    }
    TableExpressions expressions = new TableExpressionBinder(context, context.row(table)).bind();
    UpsertBinder upserts = new UpsertBinder(context, outer, inner, target, statement.alias());
    return new BoundInsert(
        table,
        target.isView(),
        expressions,
        statement.conflict(),
        source,
        sources,
        rowidSource,
        upserts.bind(statement.upserts()),
        ReturningBinder.bind(context, target, inner, statement.returning()));
  }

  /** Fills in which source column each column gets, and returns the one for the rowid, or -1. */
  private int mapColumns(InsertStatement statement, Target target, int[] sources) {
    Table table = target.table();
    if (statement.columns().isEmpty()) {
      int next = 0;
      for (int i = 0; i < sources.length; i++) {
        if (WriteTargetBinder.isOrdinary(table.columns().get(i))) {
          sources[i] = next++;
        }
      }
      return -1;
    }
    int rowid = -1;
    List<Name> names = statement.columns();
    for (int i = 0; i < names.size(); i++) {
      int column = WriteTargetBinder.column(table, target.isView(), names.get(i).text());
      if (column == WriteTargetBinder.NONE && context.settings.checksSchema()) {
        continue;
      }
      if (column == WriteTargetBinder.NONE) {
        throw new SqlException(
            ResultCode.ERROR,
            "table " + statement.table() + " has no column named " + names.get(i).text(),
            names.get(i).position());
      }
      if (column == WriteTargetBinder.ROWID || column == table.rowidAlias()) {
        rowid = i;
      } else {
        requireNotGenerated(table.columns().get(column), names.get(i));
        if (sources[column] < 0) {
          sources[column] = i;
        }
      }
    }
    return rowid;
  }

  private static void requireNotGenerated(Column column, Name name) {
    if (column.isGenerated()) {
      throw new SqlException(
          ResultCode.ERROR,
          "cannot INSERT into generated column \"" + column.name() + "\"",
          name.position());
    }
  }

  private static void requireWidth(InsertStatement statement, Target target, int values) {
    if (!statement.columns().isEmpty()) {
      if (values != statement.columns().size()) {
        throw new SqlException(values + " values for " + statement.columns().size() + " columns");
      }
      return;
    }
    int columns = 0;
    for (Column each : target.table().columns()) {
      columns += WriteTargetBinder.isOrdinary(each) ? 1 : 0;
    }
    if (values != columns) {
      throw new SqlException(
          "table "
              + statement.table()
              + " has "
              + columns
              + " columns but "
              + values
              + " values were supplied");
    }
  }
}
