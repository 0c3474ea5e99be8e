package dev.turso.cdc.flink;

import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import dev.turso.sql.ast.CommonTable;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.JoinConstraint;
import dev.turso.sql.ast.JoinKind;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.NullsOrder;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.ast.TableReference;
import dev.turso.sql.ast.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a query as Flink has it. For one thread. */
final class FlinkQuery {

  private final FlinkExport export;
  private final FlinkNames names;

  /** Folded names of common tables in sight. */
  private final Set<String> common = new HashSet<>();

  /** Folded names of common tables whose queries are being written. */
  private final Set<String> beingDefined = new HashSet<>();

  FlinkQuery(FlinkExport export, FlinkNames names) {
    this.export = export;
    this.names = names;
  }

  static SqlException refused(String what) {
    return SqlException.unsupported("exporting to Flink " + what);
  }

  String print(Select select) {
    StringBuilder out = new StringBuilder();
    With with = select.with();
    if (with != null) {
      out.append(with(with));
    }
    for (int i = 0; i < select.cores().size(); i++) {
      if (i > 0) {
        out.append(' ').append(select.operators().get(i - 1).sql()).append(' ');
      }
      out.append(core(select.cores().get(i)));
    }
    if (select.offset() != null) {
      throw refused("OFFSET");
    }
    Expression limit = select.limit();
    if (limit != null) {
      out.append(orderAndLimit(select, limit));
    }
    return out.toString();
  }

  private String with(With with) {
    List<String> tables = new ArrayList<>();
    for (CommonTable each : with.tables()) {
      String key = Names.fold(each.name().text());
      beingDefined.add(key);
      String body = "(" + print(each.select()) + ")";
      beingDefined.remove(key);
      common.add(key);
      String columns = each.columns().isEmpty() ? "" : " (" + list(each.columns()) + ")";
      tables.add(names.quoted(each.name().text()) + columns + " AS " + body);
    }
    return "WITH " + String.join(", ", tables) + " ";
  }

  private String list(List<Name> columns) {
    return String.join(", ", columns.stream().map(each -> names.quoted(each.text())).toList());
  }

  private String orderAndLimit(Select select, Expression limit) {
    if (!(limit instanceof Expression.Literal literal)
        || literal.kind() != Expression.LiteralKind.INTEGER) {
      throw refused("a LIMIT that is not a number");
    }
    FlinkExpressions expressions = expressions(select.cores().getFirst());
    List<String> terms = new ArrayList<>();
    for (OrderingTerm each : select.orderBy()) {
      NullsOrder nulls = each.nulls();
      boolean first = nulls == null ? !each.descending() : nulls == NullsOrder.FIRST;
      terms.add(
          expressions.outputOrValue(each.expression())
              + (each.descending() ? " DESC" : " ASC")
              + (first ? " NULLS FIRST" : " NULLS LAST"));
    }
    return (terms.isEmpty() ? "" : " ORDER BY " + String.join(", ", terms))
        + " LIMIT "
        + literal.text();
  }

  private FlinkExpressions expressions(SelectCore core) {
    return new FlinkExpressions(
        this,
        names,
        core instanceof SelectCore.QuerySpecification query ? query.resultColumns() : List.of());
  }

  private String core(SelectCore core) {
    if (!(core instanceof SelectCore.QuerySpecification query)) {
      throw refused("VALUES");
    }
    TableReference source = query.from();
    if (source == null) {
      throw refused("a SELECT without FROM");
    }
    // First, so that the columns that it declares are known.
    String from = from(source);
    FlinkExpressions expressions = expressions(core);
    StringBuilder out = new StringBuilder(query.distinct() ? "SELECT DISTINCT " : "SELECT ");
    List<String> columns = new ArrayList<>();
    for (ResultColumn each : query.resultColumns()) {
      columns.add(result(each, expressions));
    }
    out.append(String.join(", ", columns)).append(" FROM ").append(from);
    Expression where = query.where();
    if (where != null) {
      out.append(" WHERE ").append(expressions.condition(where));
    }
    if (!query.groupBy().isEmpty()) {
      List<String> keys = new ArrayList<>();
      for (Expression each : query.groupBy()) {
        keys.add(expressions.groupKey(each));
      }
      out.append(" GROUP BY ").append(String.join(", ", keys));
    }
    Expression having = query.having();
    if (having != null) {
      out.append(" HAVING ").append(expressions.condition(having));
    }
    return out.toString();
  }

  private String result(ResultColumn column, FlinkExpressions expressions) {
    return switch (column) {
      case ResultColumn.AllColumns all -> "*";
      case ResultColumn.AllColumnsOf of -> names.quoted(of.table().text()) + ".*";
      case ResultColumn.Computed computed -> {
        Name alias = computed.alias();
        String value = expressions.value(computed.expression());
        if (alias != null) {
          yield value + " AS " + names.quoted(alias.text());
        }
        yield computed.expression() instanceof Expression.ColumnName
            ? value
            : value + " AS " + names.quoted(computed.source());
      }
    };
  }

  private String from(TableReference from) {
    return switch (from) {
      case TableReference.TableName table -> {
        Name schema = table.name().schema();
        if (schema != null && !Names.same(schema.text(), "main")) {
          throw refused("tables of other databases: " + table.name());
        }
        String name = table.name().name().text();
        if (beingDefined.contains(Names.fold(name))) {
          throw refused("WITH RECURSIVE");
        }
        String written = common.contains(Names.fold(name)) ? names.quoted(name) : export.add(name);
        Name alias = table.alias();
        yield written + " AS " + names.quoted(alias == null ? name : alias.text());
      }
      case TableReference.DerivedTable derived ->
          "(" + print(derived.select()) + ")" + alias(derived.alias(), derived.position());
      case TableReference.Parenthesized inner -> {
        if (inner.alias() != null) {
          throw refused("a name for a join in parentheses");
        }
        yield "(" + from(inner.content()) + ")";
      }
      case TableReference.Join join -> join(join);
      case TableReference.TableFunction function ->
          throw refused("the table function " + function.name());
    };
  }

  private String alias(@Nullable Name alias, int position) {
    return " AS " + names.quoted(alias == null ? "subquery_" + position : alias.text());
  }

  private String join(TableReference.Join join) {
    if (join.natural()) {
      throw refused("NATURAL JOIN");
    }
    String left = from(join.left());
    String right = from(join.right());
    JoinConstraint constraint = join.constraint();
    String kind =
        join.kind() == JoinKind.COMMA || join.kind() == JoinKind.INNER && constraint == null
            ? "CROSS JOIN"
            : join.kind().sql();
    if (constraint instanceof JoinConstraint.On && kind.equals("CROSS JOIN")) {
      kind = "JOIN";
    }
    String on =
        switch (constraint) {
          case null -> "";
          case JoinConstraint.On condition ->
              " ON "
                  + new FlinkExpressions(this, names, List.of()).condition(condition.condition());
          case JoinConstraint.Using using -> throw refused("USING");
        };
    return left + " " + kind + " " + right + on;
  }
}
