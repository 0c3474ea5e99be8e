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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a column name means: level by level outwards, in each level the columns of the sources,
 * then the rowid, then the aliases of result columns where the clause may see them.
 */
final class NameResolver {

  /** What a name turned out to mean: an expression, or the alias of a result column. */
  record Found(
      @Nullable BoundExpression expression, ResultColumn.@Nullable Computed alias, Scope scope) {}

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
    BoundExpression column = inRange(scope, name, from, to);
    return column == null && isRowid(name.name().text()) ? rowid(scope, name, from, to) : column;
  }

  private static @Nullable BoundExpression inRange(
      Scope scope, Expression.ColumnName name, int from, int to) {
    FromJoin whole = joinOver(scope, from, to, true);
    if (whole != null) {
      return merged(
          name,
          whole,
          inRange(scope, name, whole.start(), whole.middle()),
          inRange(scope, name, whole.middle(), whole.end()));
    }
    BoundExpression found = null;
    for (int i = from; i < to; ) {
      FromJoin part = joinOver(scope, i, to, false);
      int end = part == null ? i + 1 : part.end();
      boolean pseudoTable = part == null && scope.sources.get(i).qualifiedOnly();
      if (found != null && pseudoTable) {
        // a table that is really called "excluded" goes first
        break;
      }
      BoundExpression next =
          part == null ? inSource(scope, scope.sources.get(i), name) : inRange(scope, name, i, end);
      if (found != null && next != null) {
        throw ambiguous(name);
      }
      found = found == null ? next : found;
      i = end;
    }
    return found;
  }

  /** The join of exactly these sources, or else the widest of them that begins there; or null. */
  private static @Nullable FromJoin joinOver(Scope scope, int from, int to, boolean exactly) {
    FromJoin widest = null;
    for (FromJoin each : scope.joins) {
      boolean fits = exactly ? each.end() == to : each.end() <= to;
      if (each.start() == from && fits && (widest == null || each.end() > widest.end())) {
        widest = each;
      }
    }
    return widest;
  }

  /** The schema that a name gives; in CHECK and partial indexes it is not looked at. */
  private static @Nullable String schema(Scope scope, Expression.ColumnName name) {
    boolean ignored =
        scope.schemaExpression == SchemaExpression.CHECK
            || scope.schemaExpression == SchemaExpression.PARTIAL_INDEX;
    return name.schema() == null || ignored ? null : name.schema().text();
  }

  private static @Nullable BoundExpression inSource(
      Scope scope, Source source, Expression.ColumnName name) {
    if (name.table() == null) {
      if (source.qualifiedOnly()) {
        return null;
      }
    } else {
      if (!source.isNamed(schema(scope, name), name.table().text())) {
        return null;
      }
    }
    SourceColumn found = source.find(name.name().text());
    return found == null ? null : new ColumnReference(found.column());
  }

  /** What a name means over a join that both sides have it in. */
  private static @Nullable BoundExpression merged(
      Expression.ColumnName name,
      FromJoin join,
      @Nullable BoundExpression left,
      @Nullable BoundExpression right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    if (!join.merges(name.name().text())) {
      throw ambiguous(name);
    }
    if (!join.kind().keepsRight()) {
      return left;
    }
    if (!join.kind().keepsLeft()) {
      return right;
    }
    return new BoundExpression.Coalesce(List.of(left, right), true);
  }

  private static @Nullable BoundExpression rowid(
      Scope scope, Expression.ColumnName name, int from, int to) {
    BoundColumn found = null;
    for (int i = from; i < to; i++) {
      Source source = scope.sources.get(i);
      boolean named =
          name.table() == null
              ? !source.qualifiedOnly()
              : source.isNamed(schema(scope, name), name.table().text());
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
