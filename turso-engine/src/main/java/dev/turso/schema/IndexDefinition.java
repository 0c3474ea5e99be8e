package dev.turso.schema;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.parse.Limits;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a CREATE INDEX statement defines on a table. */
final class IndexDefinition {

  private IndexDefinition() {}

  static IndexDraft of(CreateIndex s, TableBuilder table, CollationLookup collations) {
    List<IndexPart> parts = new ArrayList<>();
    Limits.checkColumns(s.columns().size(), "in index");
    for (OrderingTerm each : s.columns()) {
      parts.add(part(each, table, collations));
    }
    return new IndexDraft(
        0,
        s.name().name().text(),
        0,
        List.copyOf(parts),
        s.unique(),
        null,
        s.where(),
        IndexOrigin.CREATE_INDEX,
        "",
        null);
  }

  private static IndexPart part(OrderingTerm term, TableBuilder table, CollationLookup collations) {
    Expression e = term.expression();
    String name = null;
    while (e instanceof Expression.Collate c) {
      if (name == null) {
        name = c.collation().text();
      }
      e = c.operand();
    }
    int column = columnOf(e, table);
    if (column == IndexPart.EXPRESSION) {
      return IndexPart.ofExpression(
          e, named(name, Collation.BINARY, collations), term.descending());
    }
    Collation own = table.columns.get(column).collation();
    return IndexPart.ofColumn(column, named(name, own, collations), term.descending());
  }

  private static int columnOf(Expression e, TableBuilder table) {
    if (e instanceof Expression.ColumnName c && c.table() == null) {
      int column = table.columnIndex(c.name().text());
      if (column >= 0) {
        return column;
      }
      if (c.doubleQuoted()) {
        return IndexPart.EXPRESSION;
      }
      throw new SqlException(ResultCode.ERROR, "no such column: " + c.name().text(), c.position());
    }
    if (e instanceof Expression.Literal l && l.kind() == Expression.LiteralKind.STRING) {
      int column = table.columnIndex(l.text());
      if (column >= 0) {
        return column;
      }
    }
    return IndexPart.EXPRESSION;
  }

  private static Collation named(@Nullable String name, Collation own, CollationLookup collations) {
    if (name == null) {
      return own;
    }
    Collation found = collations.collation(name);
    return found == null ? new MissingCollation(name) : found;
  }
}
