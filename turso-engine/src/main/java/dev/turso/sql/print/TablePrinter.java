package dev.turso.sql.print;

import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.ColumnConstraint;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.ForeignKeyClause;
import dev.turso.sql.ast.SortDirection;
import dev.turso.sql.ast.TableConstraint;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE with its columns and constraints, and what ALTER TABLE does to them. */
final class TablePrinter {

  private final SqlWriter out;
  private final QueryPrinter queries;
  private final ExpressionPrinter expressions;

  TablePrinter(SqlWriter out, QueryPrinter queries) {
    this.out = out;
    this.queries = queries;
    this.expressions = queries.expressions();
  }

  void table(CreateTable table) {
    out.append("CREATE ").appendIf(table.temporary(), "TEMP ").append("TABLE ");
    out.appendIf(table.ifNotExists(), "IF NOT EXISTS ").name(table.name());
    if (table.asSelect() != null) {
      out.append(" AS ");
      queries.print(table.asSelect());
      return;
    }
    out.append(" (").list(table.columns(), this::column);
    for (TableConstraint constraint : table.constraints()) {
      out.append(", ");
      constraint(constraint);
    }
    out.append(")").appendIf(table.strict(), " STRICT");
    out.appendIf(table.strict() && table.withoutRowid(), ",");
    out.appendIf(table.withoutRowid(), " WITHOUT ROWID");
  }

  private void column(ColumnDefinition column) {
    out.name(column.name());
    out.appendIf(!column.typeName().isEmpty(), " ").append(column.typeName());
    for (ColumnConstraint constraint : column.constraints()) {
      out.append(" ").optionalName("CONSTRAINT ", constraint.name());
      out.appendIf(constraint.name() != null, " ");
      constraint(constraint);
    }
  }

  private void constraint(ColumnConstraint constraint) {
    switch (constraint) {
      case ColumnConstraint.PrimaryKey key -> {
        out.append("PRIMARY KEY");
        direction(key.direction());
        onConflict(key.conflict());
        out.appendIf(key.autoincrement(), " AUTOINCREMENT");
      }
      case ColumnConstraint.NotNull notNull -> {
        out.append("NOT NULL");
        onConflict(notNull.conflict());
      }
      case ColumnConstraint.MayBeNull _ -> out.append("NULL");
      case ColumnConstraint.Unique unique -> {
        out.append("UNIQUE");
        onConflict(unique.conflict());
      }
      case ColumnConstraint.Check check -> parenthesized("CHECK ", check.condition());
      case ColumnConstraint.Default value -> defaultValue(value.value());
      case ColumnConstraint.Collate collate -> out.append("COLLATE ").name(collate.collation());
      case ColumnConstraint.References references -> references(references.clause());
      case ColumnConstraint.Generated generated -> {
        parenthesized("GENERATED ALWAYS AS ", generated.value());
        out.appendIf(generated.stored(), " STORED");
      }
    }
  }

  private void direction(@Nullable SortDirection direction) {
    if (direction != null) {
      out.append(" ").append(direction.name());
    }
  }

  private void onConflict(@Nullable ConflictAction conflict) {
    if (conflict != null) {
      out.append(" ON CONFLICT ").append(conflict.name());
    }
  }

  private void parenthesized(String before, Expression expression) {
    out.append(before).append("(");
    expressions.print(expression);
    out.append(")");
  }

  private void defaultValue(Expression value) {
    if (value instanceof Expression.Literal) {
      expressions.optional("DEFAULT ", value);
    } else {
      parenthesized("DEFAULT ", value);
    }
  }

  private void references(ForeignKeyClause clause) {
    out.append("REFERENCES ").name(clause.table());
    out.appendIf(!clause.columns().isEmpty(), " ").optionalNames(clause.columns());
    action(" ON DELETE ", clause.onDelete());
    action(" ON UPDATE ", clause.onUpdate());
    out.appendIf(clause.deferred(), " DEFERRABLE INITIALLY DEFERRED");
  }

  private void action(String before, ForeignKeyClause.Action action) {
    if (action != ForeignKeyClause.Action.NO_ACTION) {
      out.append(before).append(action.sql());
    }
  }

  private void constraint(TableConstraint constraint) {
    out.optionalName("CONSTRAINT ", constraint.name()).appendIf(constraint.name() != null, " ");
    switch (constraint) {
      case TableConstraint.PrimaryKey key -> {
        out.append("PRIMARY KEY (");
        expressions.orderingTerms(key.columns());
        out.appendIf(key.autoincrement(), " AUTOINCREMENT").append(")");
        onConflict(key.conflict());
      }
      case TableConstraint.Unique unique -> {
        out.append("UNIQUE (");
        expressions.orderingTerms(unique.columns());
        out.append(")");
        onConflict(unique.conflict());
      }
      case TableConstraint.Check check -> parenthesized("CHECK ", check.condition());
      case TableConstraint.ForeignKey key -> {
        out.append("FOREIGN KEY ").names(key.columns()).append(" ");
        references(key.clause());
      }
    }
  }

  void alterAction(AlterTable.Action action) {
    switch (action) {
      case AlterTable.RenameTo rename -> out.append("RENAME TO ").name(rename.newName());
      case AlterTable.RenameColumn rename ->
          out.append("RENAME COLUMN ").name(rename.column()).append(" TO ").name(rename.newName());
      case AlterTable.AddColumn add -> {
        out.append("ADD COLUMN ");
        column(add.definition());
      }
      case AlterTable.DropColumn drop -> out.append("DROP COLUMN ").name(drop.column());
      case AlterTable.AlterColumn alter -> {
        out.append("ALTER COLUMN ").name(alter.column()).append(" TO ");
        column(alter.definition());
      }
      case AlterTable.SetNotNull set -> {
        out.append("ALTER COLUMN ").name(set.column()).append(" SET NOT NULL");
        onConflict(set.conflict());
      }
      case AlterTable.DropNotNull drop ->
          out.append("ALTER COLUMN ").name(drop.column()).append(" DROP NOT NULL");
      case AlterTable.AddConstraint add -> {
        out.append("ADD ");
        constraint(add.constraint());
      }
      case AlterTable.DropConstraint drop -> out.append("DROP CONSTRAINT ").name(drop.constraint());
    }
  }
}
