package dev.turso.sql.parse;

import dev.turso.sql.ast.Analyze;
import dev.turso.sql.ast.Attach;
import dev.turso.sql.ast.Detach;
import dev.turso.sql.ast.DropStatement;
import dev.turso.sql.ast.Explain;
import dev.turso.sql.ast.ExplainMaterializedView;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.Expression.LiteralKind;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Pragma;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.RefreshMaterializedView;
import dev.turso.sql.ast.Reindex;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.Vacuum;
import dev.turso.sql.token.Token;
import org.jspecify.annotations.Nullable;

/** One statement of any kind: the first word says who reads it. */
final class StatementParser {

  private final TokenCursor cursor;
  private final SelectParser selects;
  private final DmlParser dml;
  private final TableParser tables;
  private final TransactionParser transactions;

  StatementParser(TokenCursor cursor) {
    this.cursor = cursor;
    this.selects = new SelectParser(cursor);
    this.dml = new DmlParser(cursor, selects);
    this.tables = new TableParser(cursor, selects, dml);
    this.transactions = new TransactionParser(cursor);
  }

  ExpressionParser expressions() {
    return selects.expressions();
  }

  ColumnParser columns() {
    return tables.columns();
  }

  /** A statement that may begin with EXPLAIN. */
  Statement statement() {
    return cursor.at(Token.EXPLAIN) ? explain() : plainStatement();
  }

  private Statement plainStatement() {
    return switch (cursor.token()) {
      case SELECT, VALUES, WITH, INSERT, REPLACE, UPDATE, DELETE -> dml.statement();
      case CREATE -> new CreateParser(cursor, selects, dml, tables).create();
      case DROP -> drop();
      case ALTER -> new AlterParser(cursor, dml, tables).alter();
      case BEGIN, COMMIT, END, ROLLBACK, SAVEPOINT, RELEASE -> transactions.statement();
      case PRAGMA -> pragma();
      case ATTACH -> attach();
      case DETACH -> detach();
      case VACUUM -> vacuum();
      case ANALYZE -> {
        cursor.advance();
        yield new Analyze(optionalTarget());
      }
      case REINDEX -> {
        cursor.advance();
        yield new Reindex(optionalTarget());
      }
      default -> {
        if (cursor.atWord("refresh") && cursor.peek() == Token.MATERIALIZED) {
          yield refresh();
        }
        throw cursor.syntaxError();
      }
    };
  }

  private Statement explain() {
    cursor.advance();
    if (cursor.accept(Token.QUERY)) {
      cursor.expect(Token.PLAN);
      return new Explain(Explain.Kind.QUERY_PLAN, plainStatement());
    }
    if (cursor.at(Token.MATERIALIZED)) {
      cursor.advance();
      cursor.expect(Token.VIEW);
      return new ExplainMaterializedView(cursor.qualifiedName());
    }
    if (cursor.at(Token.ANALYZE) && aStatementFollowsAnalyze()) {
      cursor.advance();
      return new Explain(Explain.Kind.ANALYZE, plainStatement());
    }
    return new Explain(Explain.Kind.EXECUTABLE, plainStatement());
  }

  /** SQLite has EXPLAIN of ANALYZE too; a word that can be no name tells them apart. */
  private boolean aStatementFollowsAnalyze() {
    return switch (cursor.peek()) {
      case SELECT, VALUES, INSERT, UPDATE, DELETE -> true;
      case WITH, REPLACE -> cursor.twoFollow();
      default -> false;
    };
  }

  private Statement drop() {
    cursor.advance();
    DropStatement.Kind kind =
        switch (cursor.token()) {
          case TABLE -> DropStatement.Kind.TABLE;
          case INDEX -> DropStatement.Kind.INDEX;
          case VIEW -> DropStatement.Kind.VIEW;
          case TRIGGER -> DropStatement.Kind.TRIGGER;
          case MATERIALIZED -> {
            if (cursor.peek() != Token.VIEW) {
              throw cursor.syntaxError();
            }
            cursor.advance();
            yield DropStatement.Kind.MATERIALIZED_VIEW;
          }
          default -> throw cursor.syntaxError();
        };
    cursor.advance();
    boolean ifExists = cursor.accept(Token.IF);
    if (ifExists) {
      cursor.expect(Token.EXISTS);
    }
    return new DropStatement(kind, ifExists, cursor.qualifiedName());
  }

  private Statement refresh() {
    cursor.advance();
    cursor.advance();
    cursor.expect(Token.VIEW);
    QualifiedName name = cursor.qualifiedName();
    return new RefreshMaterializedView(name, cursor.acceptWord("online"));
  }

  private @Nullable QualifiedName optionalTarget() {
    return cursor.token().isName() ? cursor.qualifiedName() : null;
  }

  private Statement vacuum() {
    cursor.advance();
    Name schema = cursor.token().isName() ? cursor.takeName() : null;
    Expression into = expressions().expressionAfter(Token.INTO);
    return new Vacuum(schema, into);
  }

  private Statement attach() {
    cursor.advance();
    cursor.accept(Token.DATABASE);
    Expression file = wordAsString(expressions().expression());
    cursor.expect(Token.AS);
    Expression schema = wordAsString(expressions().expression());
    Expression key = null;
    if (cursor.accept(Token.KEY)) {
      key = wordAsString(expressions().expression());
    }
    return new Attach(file, schema, key);
  }

  private Statement detach() {
    cursor.advance();
    cursor.accept(Token.DATABASE);
    return new Detach(wordAsString(expressions().expression()));
  }

  private static Expression wordAsString(Expression expression) {
    if (expression instanceof Expression.ColumnName column && column.table() == null) {
      return new Expression.Literal(LiteralKind.STRING, column.name().text(), column.position());
    }
    return expression;
  }

  private Statement pragma() {
    cursor.advance();
    QualifiedName name = cursor.qualifiedName();
    if (cursor.accept(Token.EQUAL)) {
      return new Pragma(name, pragmaValue());
    }
    if (cursor.accept(Token.LEFT_PAREN)) {
      String value = pragmaValue();
      cursor.expect(Token.RIGHT_PAREN);
      return new Pragma(name, value);
    }
    return new Pragma(name, null);
  }

  private String pragmaValue() {
    if (cursor.accept(Token.PLUS)) {
      return number("");
    }
    if (cursor.accept(Token.MINUS)) {
      return number("-");
    }
    return switch (cursor.token()) {
      case INTEGER, REAL -> number("");
      case ON, DELETE, DEFAULT -> cursor.takeName().text();
      default -> cursor.name().text();
    };
  }

  private String number(String sign) {
    if (!cursor.at(Token.INTEGER) && !cursor.at(Token.REAL)) {
      throw cursor.syntaxError();
    }
    String value = sign + cursor.tokenText();
    cursor.advance();
    return value;
  }
}
