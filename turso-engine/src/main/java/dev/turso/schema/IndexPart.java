package dev.turso.schema;

import dev.turso.sql.ast.Expression;
import dev.turso.value.Collation;
import org.jspecify.annotations.Nullable;

/**
 * One field of the records of an index.
 *
 * @param column index of the column in its table, {@link #ROWID} or {@link #EXPRESSION}
 * @param expression the indexed expression where column is EXPRESSION, else null
 */
public record IndexPart(
    int column, @Nullable Expression expression, Collation collation, boolean descending) {

  public static final int ROWID = -1;
  public static final int EXPRESSION = -2;

  public static IndexPart ofColumn(int column, Collation collation, boolean descending) {
    return new IndexPart(column, null, collation, descending);
  }

  public static IndexPart ofExpression(Expression e, Collation collation, boolean descending) {
    return new IndexPart(EXPRESSION, e, collation, descending);
  }

  public static IndexPart rowid() {
    return new IndexPart(ROWID, null, Collation.BINARY, false);
  }

  public boolean isRowid() {
    return column == ROWID;
  }

  public boolean isExpression() {
    return column == EXPRESSION;
  }
}
