package dev.turso.sql.parse;

import dev.turso.sql.ast.Assignment;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TableReference;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.sql.ast.Upsert;
import dev.turso.sql.ast.With;
import dev.turso.sql.token.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT, INSERT, UPDATE and DELETE as statements. */
final class DmlParser {

  private final TokenCursor cursor;
  private final SelectParser selects;
  private final ExpressionParser expressions;

  DmlParser(TokenCursor cursor, SelectParser selects) {
    this.cursor = cursor;
    this.selects = selects;
    this.expressions = selects.expressions();
  }

  /** A query or change with the WITH clause before it. */
  Statement statement() {
    int position = cursor.start();
    With with = selects.with();
    return switch (cursor.token()) {
      case SELECT, VALUES -> new SelectStatement(selects.select(with, position));
      case INSERT, REPLACE -> insert(with);
      case UPDATE -> update(with);
      case DELETE -> delete(with);
      default -> throw cursor.syntaxError();
    };
  }

  private Statement insert(@Nullable With with) {
    ConflictAction conflict = insertOrReplace();
    cursor.expect(Token.INTO);
    QualifiedName table = cursor.qualifiedName();
    Name alias = cursor.accept(Token.AS) ? cursor.name() : null;
    List<Name> columns = cursor.at(Token.LEFT_PAREN) ? cursor.nameList() : List.of();
    if (cursor.accept(Token.DEFAULT)) {
      cursor.expect(Token.VALUES);
      return new InsertStatement(
          with, conflict, table, alias, columns, null, List.of(), returning());
    }
    Select source = selects.select();
    List<Upsert> upserts = upserts();
    return new InsertStatement(with, conflict, table, alias, columns, source, upserts, returning());
  }

  /** {@code INSERT [OR action]} or {@code REPLACE}. */
  @Nullable ConflictAction insertOrReplace() {
    if (cursor.accept(Token.INSERT)) {
      return orConflict();
    }
    cursor.expect(Token.REPLACE);
    return ConflictAction.REPLACE;
  }

  private Statement update(@Nullable With with) {
    cursor.expect(Token.UPDATE);
    ConflictAction conflict = orConflict();
    TableReference.TableName target = target();
    cursor.expect(Token.SET);
    List<Assignment> assignments = assignments();
    TableReference from = cursor.accept(Token.FROM) ? selects.from().tables() : null;
    Expression where = expressions.expressionAfter(Token.WHERE);
    List<ResultColumn> returning = returning();
    List<OrderingTerm> orderBy = selects.orderBy();
    SelectParser.Limit limit = selects.limit();
    checkOrderHasLimit(orderBy, limit, "UPDATE");
    return new UpdateStatement(
        with,
        conflict,
        target,
        assignments,
        from,
        where,
        returning,
        orderBy,
        limit.count(),
        limit.offset());
  }

  private Statement delete(@Nullable With with) {
    cursor.expect(Token.DELETE);
    cursor.expect(Token.FROM);
    TableReference.TableName target = target();
    Expression where = expressions.expressionAfter(Token.WHERE);
    List<ResultColumn> returning = returning();
    List<OrderingTerm> orderBy = selects.orderBy();
    SelectParser.Limit limit = selects.limit();
    checkOrderHasLimit(orderBy, limit, "DELETE");
    return new DeleteStatement(
        with, target, where, returning, orderBy, limit.count(), limit.offset());
  }

  private void checkOrderHasLimit(
      List<OrderingTerm> orderBy, SelectParser.Limit limit, String statement) {
    if (!orderBy.isEmpty() && limit.count() == null) {
      cursor.fail("ORDER BY without LIMIT on " + statement, orderBy.get(0).expression().position());
    }
  }

  private TableReference.TableName target() {
    QualifiedName table = cursor.qualifiedName();
    Name alias = cursor.accept(Token.AS) ? cursor.name() : null;
    return new TableReference.TableName(table, alias, selects.from().indexHint());
  }

  @Nullable ConflictAction orConflict() {
    return cursor.accept(Token.OR) ? conflictAction() : null;
  }

  /** {@code [ON CONFLICT action]} after a constraint. */
  @Nullable ConflictAction onConflict() {
    if (!cursor.accept(Token.ON)) {
      return null;
    }
    cursor.expect(Token.CONFLICT);
    return conflictAction();
  }

  private ConflictAction conflictAction() {
    ConflictAction action =
        switch (cursor.token()) {
          case ROLLBACK -> ConflictAction.ROLLBACK;
          case ABORT -> ConflictAction.ABORT;
          case FAIL -> ConflictAction.FAIL;
          case IGNORE -> ConflictAction.IGNORE;
          case REPLACE -> ConflictAction.REPLACE;
          default -> throw cursor.syntaxError();
        };
    cursor.advance();
    return action;
  }

  List<ResultColumn> returning() {
    return cursor.accept(Token.RETURNING) ? selects.resultColumns() : List.of();
  }

  List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>(1);
    do {
      List<Name> columns = cursor.at(Token.LEFT_PAREN) ? cursor.nameList() : List.of(cursor.name());
      cursor.expect(Token.EQUAL);
      Expression value = expressions.expression();
      checkFits(columns, value);
      assignments.add(new Assignment(columns, value));
    } while (cursor.accept(Token.COMMA));
    return List.copyOf(assignments);
  }

  private void checkFits(List<Name> columns, Expression value) {
    if (columns.size() == 1 || value instanceof Expression.ScalarSubquery) {
      return;
    }
    int values = value instanceof Expression.RowValue row ? row.values().size() : 1;
    if (values != columns.size()) {
      cursor.fail(columns.size() + " columns assigned " + values + " values", value.position());
    }
  }

  /** {@code ON CONFLICT …} as often as written; only the last may be without a target. */
  List<Upsert> upserts() {
    if (!cursor.at(Token.ON)) {
      return List.of();
    }
    List<Upsert> upserts = new ArrayList<>(1);
    boolean targeted = true;
    while (targeted && cursor.accept(Token.ON)) {
      cursor.expect(Token.CONFLICT);
      Upsert upsert = upsert();
      upserts.add(upsert);
      targeted = !upsert.target().isEmpty();
    }
    return List.copyOf(upserts);
  }

  private Upsert upsert() {
    List<OrderingTerm> target = List.of();
    Expression targetWhere = null;
    if (cursor.accept(Token.LEFT_PAREN)) {
      target = selects.indexedColumns();
      cursor.expect(Token.RIGHT_PAREN);
      targetWhere = expressions.expressionAfter(Token.WHERE);
    }
    cursor.expect(Token.DO);
    if (cursor.accept(Token.NOTHING)) {
      return new Upsert(target, targetWhere, List.of(), null);
    }
    cursor.expect(Token.UPDATE);
    cursor.expect(Token.SET);
    List<Assignment> assignments = assignments();
    Expression where = expressions.expressionAfter(Token.WHERE);
    return new Upsert(target, targetWhere, assignments, where);
  }
}
