package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.plan.physical.PhysicalPlan;
import dev.turso.value.Register;
import java.util.List;
import java.util.Map;

/**
 * A query ready to run, again and again: operators, nodes and their frame.
 *
 * <p>One execution at a time: {@link #open}, {@link #next} until false or enough, {@link #close}. Not
 * thread-safe but for {@link Frame#interrupt()}.
 */
public final class Executable {

  private final Frame frame;
  private final Operator root;
  private final Node[] columns;
  private final Register[] row;
  private final List<Resettable> resettables;
  private final Map<PhysicalPlan, PlanMeasure> measures;

  Executable(
      Frame frame,
      Operator root,
      Node[] columns,
      List<Resettable> resettables,
      Map<PhysicalPlan, PlanMeasure> measures) {
    this.frame = frame;
    this.root = root;
    this.columns = columns;
    this.row = Registers.create(columns.length);
    this.resettables = resettables;
    this.measures = measures;
  }

  public Frame frame() {
    return frame;
  }

  /** Starts an execution with the storage, environment and parameters that the frame holds. */
  public void open() {
    for (Resettable each : resettables) {
      each.reset();
    }
    root.open();
  }

  /** Moves to the next row and computes its columns; false after the last one. */
  public boolean next() {
    if (!root.next()) {
      return false;
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i].evalInto(frame, row[i]);
    }
    return true;
  }

  public int columnCount() {
    return columns.length;
  }

  /**
   * A column of the current row. Bytes are shared with pages or buffers and good until the next move;
   * and only as long as this transaction does not write.
   */
  public Register column(int i) {
    return row[i];
  }

  /** Makes the values of the current row independent of pages and buffers. */
  public void keepRow() {
    for (Register each : row) {
      each.keep();
    }
  }

  /** Ends the execution; another one may follow. Closing twice does nothing. */
  public void close() {
    root.close();
  }

  /** What each step did so far; empty unless measuring was asked for. */
  public Map<PhysicalPlan, PlanMeasure> measures() {
    return measures;
  }
}
