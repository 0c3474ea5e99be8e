package dev.turso.dbsp.view;

import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.change.StatementRows;
import dev.turso.change.TransactionView;
import dev.turso.error.DatabaseException;
import dev.turso.format.KeyComparator;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Pragma;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The pragmas about materialized views. */
final class ViewPragmas {

  private static final String CHECK = "turso_check_views";
  private static final String MEASURES = "turso_view_stats";
  private static final String LIST = "turso_views";
  private static final String DETACH = "turso_detach";

  private final AttachedViews views;

  ViewPragmas(AttachedViews views) {
    this.views = views;
  }

  /** The columns of a pragma's rows; empty if it is none of these. */
  static List<String> columns(Pragma pragma) {
    return switch (name(pragma)) {
      case CHECK -> List.of("view", "result");
      case MEASURES -> List.of("view", "status", "rows_touched", "rows_written", "micros");
      case LIST ->
          List.of(
              "view",
              "status",
              "message",
              "operators",
              "recomputes",
              "rows",
              "state_entries",
              "filled");
      case DETACH -> List.of("view", "left_as");
      default -> List.of();
    };
  }

  static boolean writes(Pragma pragma) {
    return name(pragma).equals(DETACH);
  }

  private static String name(Pragma pragma) {
    return Names.fold(pragma.name().name().text());
  }

  StatementRows run(Pragma pragma, TransactionView transaction) {
    List<List<Value>> rows = new ArrayList<>();
    boolean detaches = writes(pragma);
    if (detaches) {
      views.mend(transaction);
    }
    for (ViewDefinition each : views.definitions(transaction)) {
      rows.add(
          switch (name(pragma)) {
            case CHECK -> check(each, transaction);
            case MEASURES -> measures(each);
            case LIST -> listed(each, transaction);
            default -> Detachment.row(each, asViews(pragma));
          });
    }
    if (detaches) {
      views.detach(transaction, asViews(pragma));
    }
    return new StatementRows(columns(pragma), rows);
  }

  /** Whether even current views are to be left as plain views. */
  private static boolean asViews(Pragma pragma) {
    String value = pragma.value();
    return value != null && Names.same(value, "views");
  }

  private static List<Value> check(ViewDefinition view, TransactionView transaction) {
    String found =
        view.isCurrent()
            ? MaintainedView.compile(view, transaction).check(transaction)
            : view.status() + ": " + view.message();
    return List.of(Value.text(view.name()), Value.text(found == null ? "ok" : found));
  }

  private List<Value> measures(ViewDefinition view) {
    ViewMeasure last = views.measure(view.name());
    return List.of(
        Value.text(view.name()),
        status(view),
        last == null ? Value.NULL : Value.integer(last.rowsTouched()),
        last == null ? Value.NULL : Value.integer(last.rowsWritten()),
        last == null ? Value.NULL : Value.integer(last.micros()));
  }

  private static Value status(ViewDefinition view) {
    return Value.text(view.status().name().toLowerCase(Locale.ROOT));
  }

  private static List<Value> listed(ViewDefinition view, TransactionView transaction) {
    Value operators = Value.NULL;
    Value recomputes = Value.NULL;
    Value filled = Value.NULL;
    String message = view.message();
    try {
      MaintainedView compiled = MaintainedView.compile(view, transaction);
      operators = Value.integer(compiled.operators());
      recomputes = Value.integer(compiled.recomputes() ? 1 : 0);
      if (view.status() == ViewDefinition.Status.FILLING) {
        filled = Value.real(compiled.filled(transaction));
      }
    } catch (DatabaseException e) {
      message = message == null ? String.valueOf(e.getMessage()) : message;
    }
    return List.of(
        Value.text(view.name()),
        status(view),
        message == null ? Value.NULL : Value.text(message),
        operators,
        recomputes,
        Value.integer(rows(transaction.schema().table(view.name()), transaction)),
        Value.integer(entries(transaction.schema().table(view.stateTable()), transaction)),
        filled);
  }

  private static long rows(@Nullable Table table, TransactionView transaction) {
    long count = 0;
    if (table != null) {
      TableCursor cursor = new TableCursor(transaction.store(), table.rootPage());
      for (boolean on = cursor.first(); on; on = cursor.next()) {
        count++;
      }
    }
    return count;
  }

  private static long entries(@Nullable Table state, TransactionView transaction) {
    long count = 0;
    if (state != null) {
      IndexCursor cursor =
          new IndexCursor(transaction.store(), state.rootPage(), KeyComparator.binary(1));
      for (boolean on = cursor.first(); on; on = cursor.next()) {
        count++;
      }
    }
    return count;
  }
}
