package dev.turso.sql.parse;

import dev.turso.sql.ast.Assignment;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.IndexHint;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TableReference;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.sql.ast.Upsert;
import dev.turso.sql.token.Token;
import java.util.ArrayList;
import java.util.List;

/** CREATE TRIGGER; the statements of its body have less freedom than others. */
final class TriggerParser {

  private final TokenCursor cursor;
  private final SelectParser selects;
  private final DmlParser dml;

  TriggerParser(TokenCursor cursor, SelectParser selects, DmlParser dml) {
    this.cursor = cursor;
    this.selects = selects;
    this.dml = dml;
  }

  /** The rest of the statement; the current token is behind TRIGGER. */
  Statement trigger(boolean temporary, boolean ifNotExists) {
    QualifiedName name = cursor.qualifiedName();
    CreateTrigger.Time time = time();
    CreateTrigger.Event event = event();
    List<Name> updateOf = List.of();
    if (event == CreateTrigger.Event.UPDATE && cursor.accept(Token.OF)) {
      updateOf = columns();
    }
    cursor.expect(Token.ON);
    QualifiedName table = cursor.qualifiedName();
    if (cursor.accept(Token.FOR)) {
      cursor.expect(Token.EACH);
      cursor.expect(Token.ROW);
    }
    Expression when = selects.expressions().expressionAfter(Token.WHEN);
    cursor.expect(Token.BEGIN);
    List<Statement> body = body();
    if (cursor.parameters().count() > 0) {
      cursor.fail("trigger cannot use variables", -1);
    }
    return new CreateTrigger(
        temporary, ifNotExists, name, time, event, updateOf, table, when, body);
  }

  private CreateTrigger.Time time() {
    if (cursor.accept(Token.BEFORE)) {
      return CreateTrigger.Time.BEFORE;
    }
    if (cursor.accept(Token.AFTER)) {
      return CreateTrigger.Time.AFTER;
    }
    if (cursor.accept(Token.INSTEAD)) {
      cursor.expect(Token.OF);
      return CreateTrigger.Time.INSTEAD_OF;
    }
    return CreateTrigger.Time.BEFORE;
  }

  private CreateTrigger.Event event() {
    CreateTrigger.Event event =
        switch (cursor.token()) {
          case INSERT -> CreateTrigger.Event.INSERT;
          case UPDATE -> CreateTrigger.Event.UPDATE;
          case DELETE -> CreateTrigger.Event.DELETE;
          default -> throw cursor.syntaxError();
        };
    cursor.advance();
    return event;
  }

  private List<Name> columns() {
    List<Name> columns = new ArrayList<>();
    do {
      columns.add(cursor.name());
    } while (cursor.accept(Token.COMMA));
    return List.copyOf(columns);
  }

  private List<Statement> body() {
    List<Statement> steps = new ArrayList<>();
    do {
      steps.add(step());
      cursor.expect(Token.SEMICOLON);
    } while (!cursor.accept(Token.END));
    return List.copyOf(steps);
  }

  private Statement step() {
    return switch (cursor.token()) {
      case SELECT, VALUES, WITH -> new SelectStatement(selects.select());
      case INSERT, REPLACE -> insert();
      case UPDATE -> update();
      case DELETE -> delete();
      default -> throw cursor.syntaxError();
    };
  }

  private Statement insert() {
    ConflictAction conflict = dml.insertOrReplace();
    cursor.expect(Token.INTO);
    QualifiedName table = cursor.qualifiedName();
    List<Name> columns = cursor.at(Token.LEFT_PAREN) ? cursor.nameList() : List.of();
    Select source = selects.select();
    List<Upsert> upserts = dml.upserts();
    if (cursor.at(Token.RETURNING)) {
      int position = cursor.start();
      dml.returning();
      cursor.fail("cannot use RETURNING in a trigger", position);
    }
    return new InsertStatement(null, conflict, table, null, columns, source, upserts, List.of());
  }

  private Statement update() {
    cursor.advance();
    ConflictAction conflict = dml.orConflict();
    TableReference.TableName target = targetOfChange();
    cursor.expect(Token.SET);
    List<Assignment> assignments = dml.assignments();
    TableReference from = cursor.accept(Token.FROM) ? selects.from().tables() : null;
    Expression where = selects.expressions().expressionAfter(Token.WHERE);
    return new UpdateStatement(
        null, conflict, target, assignments, from, where, List.of(), List.of(), null, null);
  }

  private Statement delete() {
    cursor.advance();
    cursor.expect(Token.FROM);
    TableReference.TableName target = targetOfChange();
    Expression where = selects.expressions().expressionAfter(Token.WHERE);
    return new DeleteStatement(null, target, where, List.of(), List.of(), null, null);
  }

  private TableReference.TableName targetOfChange() {
    QualifiedName table = cursor.qualifiedName();
    int position = cursor.start();
    IndexHint hint = selects.from().indexHint();
    if (hint != null) {
      String clause = hint.index() == null ? "NOT INDEXED" : "INDEXED BY";
      cursor.fail(
          "the " + clause + " clause is not allowed on UPDATE or DELETE statements within triggers",
          position);
    }
    return new TableReference.TableName(table, null, null);
  }
}
