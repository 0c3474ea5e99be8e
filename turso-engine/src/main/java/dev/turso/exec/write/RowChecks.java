package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.schema.Column;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a single row must satisfy by itself: STRICT types, NOT NULL, CHECK; and its generated columns. */
final class RowChecks {

  private final Table table;
  private final RowPlaces places;
  private final @Nullable ConflictAction statementAction;
  private final int[] notNull;
  private final @Nullable Node[] defaults;
  private final int[] generationOrder;
  private final @Nullable Node[] generated;
  private final Node[] checks;
  private final String[] labels;
  private final int[][] checkedColumns;
  private final @Nullable Affinity[] affinities;

  RowChecks(
      Table table,
      RowPlaces places,
      @Nullable ConflictAction statementAction,
      @Nullable Node[] defaults,
      int[] generationOrder,
      @Nullable Node[] generated,
      Node[] checks,
      String[] labels,
      int[][] checkedColumns) {
    this.checkedColumns = checkedColumns;
    this.table = table;
    this.places = places;
    this.statementAction = statementAction;
    this.defaults = defaults;
    this.generationOrder = generationOrder;
    this.generated = generated;
    this.checks = checks;
    this.labels = labels;
    this.notNull = notNullColumns(table);
    this.affinities = new Affinity[table.columns().size()];
    for (int i = 0; i < affinities.length; i++) {
      Affinity affinity = table.columns().get(i).affinity();
      affinities[i] = affinity == Affinity.BLOB || affinity == Affinity.NONE ? null : affinity;
    }
  }

  private static int[] notNullColumns(Table table) {
    int n = 0;
    int[] found = new int[table.columns().size()];
    for (int i = 0; i < found.length; i++) {
      if (table.columns().get(i).notNull() && i != table.rowidAlias()) {
        found[n++] = i;
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** Bends NEW's columns to their affinities. */
  void applyAffinities(Frame f) {
    for (int i = 0; i < affinities.length; i++) {
      Affinity affinity = affinities[i];
      if (affinity != null) {
        affinity.apply(places.column(f, i));
      }
    }
  }

  /** Computes NEW's generated columns. */
  void generate(Frame f) {
    for (int each : generationOrder) {
      Node node = generated[each];
      if (node != null) {
        Register into = places.column(f, each);
        node.evalInto(f, into);
        into.keep();
        Affinity affinity = affinities[each];
        if (affinity != null) {
          affinity.apply(into);
        }
      }
    }
  }

  /**
   * Whether NEW may be written; false to leave it out. Throws where a constraint says so.
   *
   * @param assigned the columns an UPDATE changes, or null for all; what concerns none of them has
   *     held before and is not looked at
   */
  boolean pass(WriteContext ctx, Frame f, boolean @Nullable [] assigned) {
    if (!passNotNull(ctx, f, assigned)) {
      return false;
    }
    if (table.strict()) {
      checkTypes(ctx, f);
    }
    return checks.length == 0 || ctx.ignoreChecks || passChecks(ctx, f, assigned);
  }

  private boolean concerns(int check, boolean[] assigned) {
    int[] columns = checkedColumns[check];
    for (int each : columns) {
      if (each < 0 || assigned[each] || table.columns().get(each).isGenerated()) {
        return true;
      }
    }
    return false;
  }

  private void checkTypes(WriteContext ctx, Frame f) {
    for (int i = 0; i < affinities.length; i++) {
      Column column = table.columns().get(i);
      int tag = places.column(f, i).tag;
      if (tag != Tag.NULL && i != table.rowidAlias() && !fits(column, tag)) {
        // No conflict clause says what to do about a wrong type.
        ctx.failure = ConflictAction.ABORT;
        throw Constraints.datatype(table, column, tag);
      }
    }
  }

  static boolean fits(Column column, int tag) {
    return switch (column.affinity()) {
      case INTEGER -> tag == Tag.INTEGER;
      case REAL -> tag == Tag.REAL;
      case TEXT -> tag == Tag.TEXT;
      default ->
          tag == Tag.BLOB
              || column.declaredType() != null && Names.same(column.declaredType(), "ANY");
    };
  }

  private static ConflictAction failureOf(@Nullable ConflictAction action) {
    return action == null || action == ConflictAction.IGNORE || action == ConflictAction.REPLACE
        ? ConflictAction.ABORT
        : action;
  }

  /** The label of the first CHECK constraint that NEW fails, or null. */
  @Nullable String firstFailure(Frame f) {
    for (int i = 0; i < checks.length; i++) {
      if (checks[i].truth(f) == 0) {
        return labels[i];
      }
    }
    return null;
  }

  private boolean passNotNull(WriteContext ctx, Frame f, boolean @Nullable [] assigned) {
    boolean replaced = false;
    for (int each : notNull) {
      Register value = places.column(f, each);
      if (value.tag == Tag.NULL
          && (assigned == null || assigned[each])
          && !table.columns().get(each).isGenerated()) {
        if (!passNull(ctx, f, each, value)) {
          return false;
        }
        replaced = true;
      }
    }
    if (replaced) {
      generate(f);
    }
    for (int each : notNull) {
      Register value = places.column(f, each);
      if (value.tag == Tag.NULL
          && table.columns().get(each).isGenerated()
          && !passNull(ctx, f, each, value)) {
        return false;
      }
    }
    return true;
  }

  private boolean passNull(WriteContext ctx, Frame f, int column, Register value) {
    Column c = table.columns().get(column);
    ConflictAction action = statementAction != null ? statementAction : c.notNullConflict();
    if (action == ConflictAction.REPLACE) {
      Node byDefault = defaults[column];
      if (byDefault != null) {
        byDefault.evalInto(f, value);
        c.affinity().apply(value);
      }
      if (value.tag != Tag.NULL) {
        return true;
      }
      action = ConflictAction.ABORT;
    }
    if (action == ConflictAction.IGNORE) {
      return false;
    }
    ctx.failure = failureOf(action);
    throw Constraints.notNull(table, c);
  }

  private boolean passChecks(WriteContext ctx, Frame f, boolean @Nullable [] assigned) {
    for (int i = 0; i < checks.length; i++) {
      if ((assigned == null || concerns(i, assigned)) && checks[i].truth(f) == 0) {
        if (statementAction == ConflictAction.IGNORE) {
          return false;
        }
        ctx.failure = failureOf(statementAction);
        throw Constraints.check(labels[i]);
      }
    }
    return true;
  }
}
