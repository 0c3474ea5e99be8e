package dev.turso.sql.print;

import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.Statement;

/** Writes trees as SQL. Safe for use by several threads. */
public final class SqlPrinter {

  private SqlPrinter() {}

  /** A statement without a semicolon. */
  public static String print(Statement statement) {
    SqlWriter out = new SqlWriter();
    new StatementPrinter(out).print(statement);
    return out.toString();
  }

  /** A query. */
  public static String print(Select select) {
    SqlWriter out = new SqlWriter();
    new QueryPrinter(out).print(select);
    return out.toString();
  }

  /** An expression. */
  public static String print(Expression expression) {
    SqlWriter out = new SqlWriter();
    new QueryPrinter(out).expressions().print(expression);
    return out.toString();
  }

  /** A name as it must be written in a statement: in double quotes only if it needs them. */
  public static String quotedIfNeeded(String name) {
    return SqlWriter.quotedIfNeeded(name);
  }
}
