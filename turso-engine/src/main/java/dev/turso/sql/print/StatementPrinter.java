package dev.turso.sql.print;

import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.Analyze;
import dev.turso.sql.ast.Assignment;
import dev.turso.sql.ast.Attach;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateMaterializedView;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.CreateView;
import dev.turso.sql.ast.CreateVirtualTable;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.Detach;
import dev.turso.sql.ast.DropStatement;
import dev.turso.sql.ast.Explain;
import dev.turso.sql.ast.ExplainMaterializedView;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Pragma;
import dev.turso.sql.ast.QualifiedName;
import dev.turso.sql.ast.RefreshMaterializedView;
import dev.turso.sql.ast.Reindex;
import dev.turso.sql.ast.ResultColumn;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TransactionStatement;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.sql.ast.Upsert;
import dev.turso.sql.ast.Vacuum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements of every kind. */
final class StatementPrinter {

  private final SqlWriter out;
  private final QueryPrinter queries;
  private final ExpressionPrinter expressions;
  private final TablePrinter tables;

  StatementPrinter(SqlWriter out) {
    this.out = out;
    this.queries = new QueryPrinter(out);
    this.expressions = queries.expressions();
    this.tables = new TablePrinter(out, queries);
  }

  void print(Statement statement) {
    switch (statement) {
      case SelectStatement select -> queries.print(select.select());
      case InsertStatement insert -> insert(insert);
      case UpdateStatement update -> update(update);
      case DeleteStatement delete -> delete(delete);
      case CreateTable table -> tables.table(table);
      case CreateIndex index -> index(index);
      case CreateView view -> view(view);
      case CreateMaterializedView view -> materializedView(view);
      case CreateTrigger trigger -> trigger(trigger);
      case CreateVirtualTable table -> virtualTable(table);
      case AlterTable alter -> {
        out.append("ALTER TABLE ").name(alter.table()).append(" ");
        tables.alterAction(alter.action());
      }
      case DropStatement drop ->
          out.append("DROP ")
              .append(drop.kind().sql())
              .appendIf(drop.ifExists(), " IF EXISTS")
              .append(" ")
              .name(drop.name());
      case RefreshMaterializedView refresh ->
          out.append("REFRESH MATERIALIZED VIEW ")
              .name(refresh.name())
              .appendIf(refresh.online(), " ONLINE");
      case TransactionStatement transaction -> transaction(transaction);
      case Pragma pragma -> pragma(pragma);
      case Attach attach -> attach(attach);
      case Detach detach -> {
        out.append("DETACH ");
        expressions.print(detach.schema());
      }
      case Vacuum vacuum -> {
        out.append("VACUUM").optionalName(" ", vacuum.schema());
        expressions.optional(" INTO ", vacuum.into());
      }
      case Analyze analyze -> maintenance("ANALYZE", analyze.target());
      case Reindex reindex -> maintenance("REINDEX", reindex.target());
      case Explain explain -> {
        out.append(explain.kind().sql()).append(" ");
        print(explain.statement());
      }
      case ExplainMaterializedView explain ->
          out.append("EXPLAIN MATERIALIZED VIEW ").name(explain.name());
    }
  }

  private void maintenance(String verb, @Nullable QualifiedName target) {
    out.append(verb);
    if (target != null) {
      out.append(" ").name(target);
    }
  }

  private void insert(InsertStatement insert) {
    queries.with(insert.with());
    out.append("INSERT");
    orConflict(insert.conflict());
    out.append(" INTO ").name(insert.table()).optionalName(" AS ", insert.alias());
    out.appendIf(!insert.columns().isEmpty(), " ").optionalNames(insert.columns()).append(" ");
    if (insert.source() == null) {
      out.append("DEFAULT VALUES");
    } else {
      queries.print(insert.source());
    }
    insert.upserts().forEach(this::upsert);
    returning(insert.returning());
  }

  private void orConflict(@Nullable ConflictAction conflict) {
    if (conflict != null) {
      out.append(" OR ").append(conflict.name());
    }
  }

  private void upsert(Upsert upsert) {
    out.append(" ON CONFLICT");
    if (!upsert.target().isEmpty()) {
      out.append(" (");
      expressions.orderingTerms(upsert.target());
      out.append(")");
      expressions.optional(" WHERE ", upsert.targetWhere());
    }
    if (upsert.doNothing()) {
      out.append(" DO NOTHING");
      return;
    }
    out.append(" DO UPDATE SET ");
    assignments(upsert.assignments());
    expressions.optional(" WHERE ", upsert.where());
  }

  private void assignments(List<Assignment> assignments) {
    out.list(assignments, this::assignment);
  }

  private void assignment(Assignment assignment) {
    if (assignment.columns().size() == 1) {
      out.name(assignment.columns().get(0));
    } else {
      out.names(assignment.columns());
    }
    out.append(" = ");
    expressions.print(assignment.value());
  }

  private void returning(List<ResultColumn> columns) {
    if (!columns.isEmpty()) {
      out.append(" RETURNING ");
      queries.resultColumns(columns);
    }
  }

  private void update(UpdateStatement update) {
    queries.with(update.with());
    out.append("UPDATE");
    orConflict(update.conflict());
    out.append(" ");
    queries.tableName(update.target());
    out.append(" SET ");
    assignments(update.assignments());
    queries.from(update.from());
    expressions.optional(" WHERE ", update.where());
    returning(update.returning());
    expressions.orderBy(" ORDER BY ", update.orderBy());
    queries.limit(update.limit(), update.offset());
  }

  private void delete(DeleteStatement delete) {
    queries.with(delete.with());
    out.append("DELETE FROM ");
    queries.tableName(delete.target());
    expressions.optional(" WHERE ", delete.where());
    returning(delete.returning());
    expressions.orderBy(" ORDER BY ", delete.orderBy());
    queries.limit(delete.limit(), delete.offset());
  }

  private void index(CreateIndex index) {
    out.append("CREATE ").appendIf(index.unique(), "UNIQUE ").append("INDEX ");
    out.appendIf(index.ifNotExists(), "IF NOT EXISTS ").name(index.name());
    out.append(" ON ").name(index.table()).append(" (");
    expressions.orderingTerms(index.columns());
    out.append(")");
    expressions.optional(" WHERE ", index.where());
  }

  private void view(CreateView view) {
    out.append("CREATE ").appendIf(view.temporary(), "TEMP ").append("VIEW ");
    out.appendIf(view.ifNotExists(), "IF NOT EXISTS ").name(view.name());
    out.appendIf(!view.columns().isEmpty(), " ").optionalNames(view.columns()).append(" AS ");
    queries.print(view.select());
  }

  private void materializedView(CreateMaterializedView view) {
    out.append("CREATE MATERIALIZED VIEW ");
    out.appendIf(view.ifNotExists(), "IF NOT EXISTS ").name(view.name());
    out.appendIf(!view.columns().isEmpty(), " ").optionalNames(view.columns()).append(" AS ");
    queries.print(view.select());
    out.appendIf(!view.withData(), " WITH NO DATA");
  }

  private void trigger(CreateTrigger trigger) {
    out.append("CREATE ").appendIf(trigger.temporary(), "TEMP ").append("TRIGGER ");
    out.appendIf(trigger.ifNotExists(), "IF NOT EXISTS ").name(trigger.name());
    out.append(" ").append(trigger.time().sql()).append(" ").append(trigger.event().name());
    if (!trigger.updateOf().isEmpty()) {
      out.append(" OF ").list(trigger.updateOf(), out::name);
    }
    out.append(" ON ").name(trigger.table());
    expressions.optional(" WHEN ", trigger.when());
    out.append(" BEGIN ");
    for (Statement step : trigger.body()) {
      print(step);
      out.append("; ");
    }
    out.append("END");
  }

  private void virtualTable(CreateVirtualTable table) {
    out.append("CREATE VIRTUAL TABLE ").appendIf(table.ifNotExists(), "IF NOT EXISTS ");
    out.name(table.name()).append(" USING ").name(table.module());
    if (!table.arguments().isEmpty()) {
      out.append("(").append(String.join(", ", table.arguments())).append(")");
    }
  }

  private void transaction(TransactionStatement transaction) {
    switch (transaction) {
      case TransactionStatement.Begin begin ->
          out.append(
              switch (begin.mode()) {
                case DEFERRED -> "BEGIN";
                case IMMEDIATE -> "BEGIN IMMEDIATE";
                case EXCLUSIVE -> "BEGIN EXCLUSIVE";
                case CONCURRENT -> "BEGIN CONCURRENT";
              });
      case TransactionStatement.Commit _ -> out.append("COMMIT");
      case TransactionStatement.Rollback rollback ->
          out.append("ROLLBACK").optionalName(" TO ", rollback.savepoint());
      case TransactionStatement.Savepoint savepoint ->
          out.append("SAVEPOINT ").name(savepoint.name());
      case TransactionStatement.Release release -> out.append("RELEASE ").name(release.name());
    }
  }

  private void pragma(Pragma pragma) {
    out.append("PRAGMA ").name(pragma.name());
    String value = pragma.value();
    if (value != null) {
      out.append(" = ");
      if (isNumber(value)) {
        out.append(value);
      } else {
        out.append(SqlWriter.quotedIfNeeded(value));
      }
    }
  }

  private static boolean isNumber(String value) {
    int first = value.startsWith("-") ? 1 : 0;
    return value.length() > first
        && Character.digit(value.charAt(first), 10) >= 0
        && value.chars().skip(first).allMatch(c -> c == '.' || Character.digit(c, 10) >= 0);
  }

  private void attach(Attach attach) {
    out.append("ATTACH ");
    expressions.print(attach.file());
    out.append(" AS ");
    expressions.print(attach.schema());
    expressions.optional(" KEY ", attach.key());
  }
}
