package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.exec.expression.RowSource;
import dev.turso.plan.logical.TableValuedFunction.Parameter;
import dev.turso.schema.Column;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.vtab.RowCursor;
import dev.turso.vtab.TableFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table-valued function, filtered. */
final class FunctionScanOperator extends Operator {

  private final Frame frame;
  private final TableFunction function;
  private final @Nullable Node[] argumentNodes;
  private final @Nullable Register[] arguments;
  private final List<Parameter> parameters;
  private final RowSource guard;
  private @Nullable Node filter;
  private @Nullable RowCursor cursor;

  FunctionScanOperator(
      Frame frame, TableFunction function, @Nullable Node[] argumentNodes, int source) {
    this.frame = frame;
    this.function = function;
    this.argumentNodes = argumentNodes;
    this.arguments = new Register[argumentNodes.length];
    this.parameters = function.parameters();
    this.guard = frame.rows[source];
  }

  /** The filter refers to this operator's columns, and so comes after them. */
  void filter(Node condition) {
    filter = condition;
  }

  @Override
  public void open() {
    guard.absent = false;
    boolean possible = true;
    for (int i = 0; i < arguments.length; i++) {
      Node node = argumentNodes[i];
      if (node != null) {
        Register value = new Register();
        node.evalInto(frame, value);
        Column column = function.columns().get(parameters.get(i).column());
        possible &= column.hidden() || !value.isNull();
        arguments[i] = column.hidden() || isOfType(column.affinity(), value) ? value : null;
      }
    }
    cursor = possible ? function.open(arguments, frame.environment) : null;
  }

  /** Whether a value that a column is compared with, once converted, is what the column holds. */
  private static boolean isOfType(Affinity affinity, Register value) {
    affinity.apply(value);
    return switch (affinity) {
      case NONE, BLOB -> true;
      case TEXT -> value.tag == Tag.TEXT;
      case INTEGER, REAL, NUMERIC -> value.tag == Tag.INTEGER || value.tag == Tag.REAL;
    };
  }

  @Override
  public boolean next() {
    RowCursor c = cursor;
    if (c == null) {
      return false;
    }
    while (c.next()) {
      frame.tick();
      if (filter == null || filter.truth(frame) == 1) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    cursor = null;
  }

  /** The node that reads a column of the current row; -1 is the rowid. */
  Node column(int column) {
    return new ColumnOfFunction(column);
  }

  private final class ColumnOfFunction extends Node {
    private final int column;
    private final Register value = new Register();

    ColumnOfFunction(int column) {
      this.column = column;
    }

    @Override
    public int eval(Frame f) {
      RowCursor c = cursor;
      if (guard.absent || c == null) {
        return Tag.NULL;
      }
      if (column < 0) {
        f.bits = c.rowid();
        return Tag.INTEGER;
      }
      value.subtype = 0;
      c.column(column, value);
      f.bits = value.bits;
      f.ref = value.ref;
      f.subtype = value.subtype;
      return value.tag;
    }

    @Override
    public boolean hasSubtype() {
      return column >= 0;
    }
  }
}
