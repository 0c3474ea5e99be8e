package dev.turso.dbsp.compile;

import dev.turso.function.StatementEnvironment;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.schema.Column;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.vtab.RowCursor;
import dev.turso.vtab.TableFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that a circuit hands to a part of a plan that the engine evaluates. */
final class GivenRows implements TableFunction {

  private final List<Column> columns = new ArrayList<>();
  private List<Register[]> rows = List.of();

  GivenRows(List<BoundColumn> like) {
    for (int i = 0; i < like.size(); i++) {
      columns.add(Column.of("c" + i, null, Affinity.NONE));
    }
  }

  void give(List<Register[]> given) {
    rows = given;
  }

  @Override
  public String name() {
    return "given rows";
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public RowCursor open(@Nullable Register[] arguments, StatementEnvironment environment) {
    return new RowCursor() {
      private int at = -1;

      @Override
      public boolean next() {
        return ++at < rows.size();
      }

      @Override
      public void column(int column, Register out) {
        out.copyFrom(rows.get(at)[column]);
      }
    };
  }
}
