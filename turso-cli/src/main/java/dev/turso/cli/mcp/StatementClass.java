package dev.turso.cli.mcp;

import dev.turso.error.SqlException;
import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateMaterializedView;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.CreateView;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.DropStatement;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.sql.parse.ParsedStatement;
import dev.turso.sql.parse.Parser;

/**
 * What a tool accepts, by the parser's judgement: the text must be exactly one statement of the class.
 * Nothing that opens a file (ATTACH, VACUUM INTO), changes the connection (PRAGMA) or the transaction is
 * of any class.
 */
enum StatementClass {
  SELECT("SELECT"),
  INSERT("INSERT"),
  UPDATE("UPDATE"),
  DELETE("DELETE"),
  SCHEMA("CREATE, ALTER or DROP"),
  EXPLAINABLE("SELECT, INSERT, UPDATE or DELETE");

  private final String words;

  StatementClass(String words) {
    this.words = words;
  }

  /** Checks a text; returns its statement without what surrounds it. */
  String check(String sql) {
    if (sql.indexOf(0) >= 0) {
      throw new ToolFailure("the text has a NUL character, behind which nothing would be read");
    }
    ParsedStatement parsed;
    boolean more;
    try {
      parsed = Parser.parse(sql, 0);
      more = parsed != null && Parser.parse(sql, parsed.next()) != null;
    } catch (SqlException e) {
      throw new ToolFailure(message(e, sql));
    } catch (StackOverflowError e) {
      throw new ToolFailure("the statement is nested too deeply");
    }
    if (parsed == null) {
      throw new ToolFailure("there is no statement in the text");
    }
    if (more) {
      throw new ToolFailure("one statement at a time: something follows the first one");
    }
    if (!holds(parsed.statement())) {
      throw new ToolFailure("only a statement of the kind " + words + " is accepted here");
    }
    return sql.substring(parsed.start(), parsed.end());
  }

  /** An error with the place in the text that it is about. */
  static String message(SqlException e, String sql) {
    String text = e.getMessage() == null ? e.code().toString() : e.getMessage();
    if (e.position() < 0 || e.position() > sql.length()) {
      return text;
    }
    int from = Math.max(0, e.position() - 20);
    int to = Math.min(sql.length(), e.position() + 20);
    return text + " (at offset " + e.position() + ", in: …" + sql.substring(from, to) + "…)";
  }

  private boolean holds(Statement statement) {
    return switch (this) {
      case SELECT -> statement instanceof SelectStatement;
      case INSERT -> statement instanceof InsertStatement;
      case UPDATE -> statement instanceof UpdateStatement;
      case DELETE -> statement instanceof DeleteStatement;
      case SCHEMA -> isSchemaChange(statement);
      case EXPLAINABLE ->
          SELECT.holds(statement)
              || INSERT.holds(statement)
              || UPDATE.holds(statement)
              || DELETE.holds(statement);
    };
  }

  private static boolean isSchemaChange(Statement statement) {
    return statement instanceof CreateTable
        || statement instanceof CreateIndex
        || statement instanceof CreateView
        || statement instanceof CreateTrigger
        || statement instanceof CreateMaterializedView
        || statement instanceof AlterTable
        || statement instanceof DropStatement;
  }
}
