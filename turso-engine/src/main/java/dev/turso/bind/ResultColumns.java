package dev.turso.bind;

import dev.turso.bind.Source.SourceColumn;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.schema.Names;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.parse.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds what stands between SELECT and FROM, or after RETURNING. */
final class ResultColumns {

  private final ExpressionBinder expressions;
  private final Scope scope;

  ResultColumns(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.scope = expressions.scope;
  }

  List<ResultItem> bind(List<ResultColumn> columns) {
    List<ResultItem> items = new ArrayList<>();
    Limits.checkColumns(columns.size(), "in result set");
    for (ResultColumn each : columns) {
      switch (each) {
        case ResultColumn.AllColumns all -> addAll(items);
        case ResultColumn.AllColumnsOf of -> addAll(of, items);
        case ResultColumn.Computed computed -> items.add(item(computed));
      }
    }
    Limits.checkColumns(items.size(), "in result set");
    return items;
  }

  private ResultItem item(ResultColumn.Computed computed) {
    BoundExpression bound = expressions.bind(computed.expression());
    if (computed.alias() != null) {
      String alias = computed.alias().text();
      return new ResultItem(bound, alias, alias, alias);
    }
    String column = columnName(computed.expression(), bound);
    Expression bare = computed.expression();
    while (bare instanceof Expression.Collate collate) {
      bare = collate.operand();
    }
    String inner = bare == computed.expression() ? column : columnName(bare, bare(bound));
    String source = computed.source();
    return new ResultItem(
        bound, column == null ? source : column, inner == null ? source : inner, null);
  }

  private static BoundExpression bare(BoundExpression bound) {
    BoundExpression bare = bound;
    while (bare instanceof BoundExpression.Collate collate) {
      bare = collate.operand();
    }
    return bare;
  }

  /** What a plain column is called by itself, or null if this is none. */
  private @Nullable String columnName(Expression expression, BoundExpression bound) {
    if (!(expression instanceof Expression.ColumnName name)) {
      return null;
    }
    if (bound instanceof ColumnReference reference) {
      String under = sourceName(reference.column());
      return under == null ? reference.column().name() : under;
    }
    return bound instanceof BoundExpression.Coalesce merged && merged.merged()
        ? name.name().text()
        : null;
  }

  private @Nullable String sourceName(BoundColumn column) {
    for (Scope each = scope; each != null; each = each.outer) {
      for (Source source : each.sources) {
        for (SourceColumn candidate : source.columns()) {
          if (candidate.column().equals(column)) {
            return candidate.name();
          }
        }
      }
    }
    return null;
  }

  private void addAll(List<ResultItem> items) {
    if (scope.sources.isEmpty()) {
      throw new SqlException("no tables specified");
    }
    for (int i = 0; i < scope.sources.size(); i++) {
      for (SourceColumn each : scope.sources.get(i).columns()) {
        if (!each.hidden() && !isMergedAway(i, each.name())) {
          requireOneMeaning(i, each.name());
          BoundExpression value =
              isMerged(i, each.name()) ? merged(each.name()) : new ColumnReference(each.column());
          items.add(new ResultItem(value, each.name(), each.name(), null));
        }
      }
    }
  }

  /** Two sources of one name make {@code *} ambiguous. */
  private void requireOneMeaning(int at, String column) {
    Source source = scope.sources.get(at);
    for (int i = 0; i < scope.sources.size(); i++) {
      Source other = scope.sources.get(i);
      boolean sameSchema =
          source.schema() == null ? other.schema() == null : source.schema().equals(other.schema());
      if (i != at
          && sameSchema
          && !source.name().isEmpty()
          && Names.same(source.name(), other.name())
          && other.find(column) != null
          && !isMergedBetween(at, i, column)) {
        String schema = source.schema() == null ? "*" : source.schema();
        throw new SqlException(
            "ambiguous column name: " + schema + "." + source.name() + "." + column);
      }
    }
  }

  private boolean isMergedBetween(int one, int other, String column) {
    for (FromJoin each : scope.joins) {
      if (each.joins(one, other) && each.merges(column)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMergedAway(int source, String column) {
    for (FromJoin each : scope.joins) {
      if (each.hasOnRight(source) && each.merges(column)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMerged(int source, String column) {
    for (FromJoin each : scope.joins) {
      if (each.hasOnLeft(source) && each.kind().keepsRight() && each.merges(column)) {
        return true;
      }
    }
    return false;
  }

  private BoundExpression merged(String column) {
    Expression.ColumnName name = new Expression.ColumnName(null, null, Name.of(column), false, -1);
    return Objects.requireNonNull(NameResolver.inSources(scope, name, 0, scope.sources.size()));
  }

  private void addAll(ResultColumn.AllColumnsOf of, List<ResultItem> items) {
    boolean found = false;
    for (Source source : scope.sources) {
      if (Names.same(source.name(), of.table().text())) {
        found = true;
        for (SourceColumn each : source.columns()) {
          if (!each.hidden()) {
            items.add(
                new ResultItem(new ColumnReference(each.column()), each.name(), each.name(), null));
          }
        }
      }
    }
    if (!found) {
      throw new SqlException(
          ResultCode.ERROR, "no such table: " + of.table().text(), of.position());
    }
  }
}
