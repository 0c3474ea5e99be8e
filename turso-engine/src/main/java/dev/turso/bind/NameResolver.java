package dev.turso.bind;

import dev.turso.bind.Source.SourceColumn;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.BoundExpression.ColumnReference;
import dev.turso.schema.Names;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.value.Affinity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a column name means: level by level outwards, in each level the columns of the sources,
 * then the rowid, then the aliases of result columns where the clause may see them.
 */
final class NameResolver {

  /** What a name turned out to mean: an expression, or the alias of a result column. */
  record Found(
      @Nullable BoundExpression expression,
      ResultColumn.@Nullable Computed alias,
      Scope scope) {}

  private NameResolver() {}

  /** The meaning of a name, or null if it has none. */
  static @Nullable Found resolve(Scope start, Expression.ColumnName name) {
    for (Scope scope = start; scope != null; scope = scope.outer) {
      BoundExpression column = inSources(scope, name, 0, scope.sources.size());
      if (column != null) {
        return new Found(column, null, scope);
      }
      ResultColumn.Computed alias = name.table() == null ? alias(scope, name.name().text()) : null;
      if (alias != null) {
        return new Found(null, alias, scope);
      }
    }
    return null;
  }

  /** What is thrown where {@link #resolve} finds nothing. */
  static SqlException notFound(Expression.ColumnName name) {
    String text = text(name);
    return new SqlException(
        ResultCode.ERROR,
        name.doubleQuoted()
            ? "no such column: \"" + text + "\" - should this be a string literal in single-quotes?"
            : "no such column: " + text,
        name.position());
  }

  private static ResultColumn.@Nullable Computed alias(Scope scope, String name) {
    if (scope.aliasesVisible) {
      for (ResultColumn.Computed each : scope.aliases) {
        if (each.alias() != null && Names.same(each.alias().text(), name)) {
          return each;
        }
      }
    }
    return null;
  }

  /** The column of this name among the sources of one level from {@code from} to {@code to}. */
  static @Nullable BoundExpression inSources(
      Scope scope, Expression.ColumnName name, int from, int to) {
    String table = name.table() == null ? null : name.table().text();
    String schema = name.schema() == null ? null : name.schema().text();
    String column = name.name().text();
    List<BoundColumn> matches = new ArrayList<>(2);
    int last = -1;
    for (int i = from; i < to; i++) {
      Source source = scope.sources.get(i);
      if (table == null ? source.qualifiedOnly() : !source.isNamed(schema, table)) {
        continue;
      }
      SourceColumn found = source.find(column);
      if (found == null) {
        continue;
      }
      if (last >= 0) {
        FromJoin join = meeting(scope, last, i);
        if (join == null || !join.merges(column)) {
          throw ambiguous(name);
        }
        if (!join.kind().keepsRight()) {
          continue;
        }
        if (!join.kind().keepsLeft()) {
          matches.clear();
        }
      }
      matches.add(found.column());
      last = i;
    }
    if (matches.isEmpty()) {
      return isRowid(column) ? rowid(scope, name, from, to) : null;
    }
    return merged(matches);
  }

  private static BoundExpression merged(List<BoundColumn> matches) {
    if (matches.size() == 1) {
      return new ColumnReference(matches.getFirst());
    }
    List<BoundExpression> references = new ArrayList<>();
    for (BoundColumn each : matches) {
      references.add(new ColumnReference(each));
    }
    Affinity affinity = matches.getFirst().affinity();
    return new BoundExpression.AffinityApplied(
        new BoundExpression.Coalesce(references), affinity);
  }

  private static @Nullable FromJoin meeting(Scope scope, int left, int right) {
    for (FromJoin each : scope.joins) {
      if (each.joins(left, right)) {
        return each;
      }
    }
    return null;
  }

  private static @Nullable BoundExpression rowid(
      Scope scope, Expression.ColumnName name, int from, int to) {
    BoundColumn found = null;
    for (int i = from; i < to; i++) {
      Source source = scope.sources.get(i);
      boolean named =
          name.table() == null
              ? !source.qualifiedOnly()
              : source.isNamed(
                  name.schema() == null ? null : name.schema().text(), name.table().text());
      if (named && source.rowid() != null) {
        if (found != null) {
          throw ambiguous(name);
        }
        found = source.rowid();
      }
    }
    return found == null ? null : new ColumnReference(found);
  }

  static boolean isRowid(String name) {
    return Names.same(name, "rowid") || Names.same(name, "oid") || Names.same(name, "_rowid_");
  }

  static SqlException ambiguous(Expression.ColumnName name) {
    return new SqlException(
        ResultCode.ERROR, "ambiguous column name: " + text(name), name.position());
  }

  private static String text(Expression.ColumnName name) {
    StringBuilder text = new StringBuilder();
    if (name.schema() != null) {
      text.append(name.schema().text()).append('.');
    }
    if (name.table() != null) {
      text.append(name.table().text()).append('.');
    }
    return text.append(name.name().text()).toString();
  }
}
