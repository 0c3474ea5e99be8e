package dev.turso.exec.write;

import dev.turso.change.Origin;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.schema.Column;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Definitions;
import dev.turso.schema.ForeignKey;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.ForeignKeyClause.Action;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Tag;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key to the written table: finds and changes the rows that refer to one of its rows.
 *
 * <p>What it runs is written as triggers on the parent, compiled as those are: OLD and NEW are the
 * parent's row, and the parent's column stands on the left of each comparison, so that its affinity
 * and collation decide.
 */
final class ParentKey {

  private final Table parent;
  private final Table child;
  private final ForeignKey key;
  private final DatabaseSchema database;
  private final TriggerPrograms programs;
  private @Nullable ParentColumns columns;
  private @Nullable Trigger oldChildren;
  private @Nullable Trigger newChildren;
  private @Nullable Trigger onDelete;
  private @Nullable Trigger onUpdate;

  ParentKey(
      Table parent,
      Table child,
      ForeignKey key,
      DatabaseSchema database,
      TriggerPrograms programs) {
    this.parent = parent;
    this.child = child;
    this.key = key;
    this.database = database;
    this.programs = programs;
  }

  boolean deferred(WriteContext ctx) {
    return key.deferred() || ctx.deferForeignKeys;
  }

  /** Whether an UPDATE of these columns may change the key that is referred to. */
  boolean mayChange(int[] assigned) {
    if (key.parentColumns().isEmpty()) {
      for (KeyPart each : parent.primaryKey()) {
        if (contains(assigned, each.column())) {
          return true;
        }
      }
      return false;
    }
    for (String each : key.parentColumns()) {
      if (contains(assigned, parent.columnIndex(each))) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(int[] assigned, int column) {
    if (column >= 0 && parent.columns().get(column).isGenerated()) {
      return true;
    }
    for (int each : assigned) {
      if (each == column || each < 0 && column == parent.rowidAlias()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the key was declared to be kept at COMMIT only. */
  boolean isKeptLate() {
    return key.deferred();
  }

  void verify() {
    columns();
  }

  /** Whether what is referred to is a key. */
  boolean isSound() {
    try {
      columns();
      return true;
    } catch (SqlException mismatch) {
      return false;
    }
  }

  private ParentColumns columns() {
    ParentColumns known = columns;
    if (known == null) {
      known = ParentColumns.of(child, key, parent);
      columns = known;
    }
    return known;
  }

  /** Whether the row's key has a NULL, so that nothing refers to it. */
  boolean isUnreferable(Frame f, Node[] row) {
    for (int each : columns().columns()) {
      if (row[each].eval(f) == Tag.NULL) {
        return true;
      }
    }
    return false;
  }

  /** How many rows, other than OLD itself, refer to OLD's key. */
  long countOldChildren(WriteContext ctx, Frame f, Node[] oldRow) {
    Trigger program = oldChildren;
    if (program == null) {
      program = trigger("DELETE", null, "SELECT 1 FROM " + child() + where("OLD", true) + ";");
      oldChildren = program;
    }
    return count(program, ctx, f, oldRow, WriteTarget.NO_ROW);
  }

  /** How many rows, other than NEW itself, refer to NEW's key. */
  long countNewChildren(WriteContext ctx, Frame f, Node[] newRow) {
    Trigger program = newChildren;
    if (program == null) {
      program = trigger("INSERT", null, "SELECT 1 FROM " + child() + where("NEW", true) + ";");
      newChildren = program;
    }
    return count(program, ctx, f, WriteTarget.NO_ROW, newRow);
  }

  private long count(Trigger trigger, WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {
    TriggerProgram program = programs.acquire(trigger, parent, Origin.CASCADE, null);
    try {
      return program.count(ctx, f, oldRow, newRow);
    } finally {
      programs.release(trigger, null, program);
    }
  }

  /** Runs the action of ON DELETE or ON UPDATE, if there is one. */
  void act(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {
    boolean delete = newRow.length == 0;
    Action action = delete ? key.onDelete() : key.onUpdate();
    if (action == Action.NO_ACTION || action == Action.RESTRICT && ctx.deferForeignKeys) {
      return;
    }
    Trigger trigger = delete ? onDelete : onUpdate;
    if (trigger == null) {
      trigger = delete ? deleteAction(action) : updateAction(action);
      if (delete) {
        onDelete = trigger;
      } else {
        onUpdate = trigger;
      }
    }
    TriggerProgram program = programs.acquire(trigger, parent, Origin.CASCADE, null);
    try {
      program.run(ctx, f, oldRow, newRow);
    } finally {
      programs.release(trigger, null, program);
    }
  }

  private Trigger deleteAction(Action action) {
    return trigger(
        "DELETE",
        null,
        action == Action.CASCADE
            ? "DELETE FROM " + child() + where("OLD", false) + ";"
            : change(action));
  }

  private Trigger updateAction(Action action) {
    StringBuilder changed = new StringBuilder();
    for (int each : columns().columns()) {
      String name = quoted(parent.columns().get(each).name());
      changed.append(changed.isEmpty() ? "" : " OR ");
      changed.append("OLD.").append(name).append(" IS NOT NEW.").append(name);
    }
    return trigger("UPDATE", changed.toString(), change(action));
  }

  private String change(Action action) {
    if (action == Action.RESTRICT) {
      return "SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed') FROM "
          + child()
          + where("OLD", false)
          + ";";
    }
    StringBuilder sql = new StringBuilder("UPDATE ").append(child()).append(" SET ");
    for (int i = 0; i < key.columns().size(); i++) {
      Column column = child.columns().get(key.columns().get(i));
      sql.append(i == 0 ? "" : ", ").append(quoted(column.name())).append(" = ");
      switch (action) {
        case SET_NULL -> sql.append("NULL");
        case SET_DEFAULT ->
            sql.append(column.defaultText() == null ? "NULL" : "(" + column.defaultText() + ")");
        default ->
            sql.append("NEW.").append(quoted(parent.columns().get(columns().columns()[i]).name()));
      }
    }
    return sql.append(where("OLD", false)).append(';').toString();
  }

  private String child() {
    return quoted(child.name());
  }

  /** The rows of the child that refer to a row; without that row itself if it is asked for. */
  private String where(String row, boolean others) {
    StringBuilder sql = new StringBuilder(" WHERE ");
    int[] parents = columns().columns();
    for (int i = 0; i < parents.length; i++) {
      sql.append(i == 0 ? "" : " AND ").append(row).append('.');
      sql.append(quoted(parent.columns().get(parents[i]).name())).append(" = ");
      sql.append(quoted(child.columns().get(key.columns().get(i)).name()));
    }
    if (others && child == parent) {
      sql.append(" AND NOT (");
      if (child.withoutRowid()) {
        String separator = "";
        for (KeyPart each : child.primaryKey()) {
          String name = quoted(child.columns().get(each.column()).name());
          sql.append(separator).append(name).append(" IS ").append(row).append('.').append(name);
          separator = " AND ";
        }
      } else {
        sql.append("rowid = ").append(row).append(".rowid");
      }
      sql.append(')');
    }
    return sql.toString();
  }

  private Trigger trigger(String event, @Nullable String when, String body) {
    String sql =
        "CREATE TRIGGER fk AFTER "
            + event
            + " ON "
            + quoted(parent.name())
            + (when == null ? "" : " WHEN " + when)
            + " BEGIN "
            + body
            + " END";
    CreateTrigger parsed = (CreateTrigger) Parser.parseStatement(sql);
    return Definitions.trigger(parsed, database.index(), database.index(), sql);
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
