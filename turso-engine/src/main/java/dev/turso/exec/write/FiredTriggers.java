package dev.turso.exec.write;

import dev.turso.change.Origin;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.CreateTrigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The triggers of a table that one kind of statement fires. */
final class FiredTriggers implements TriggerRunner {

  private final Table target;
  private final TriggerPrograms programs;
  private final @Nullable ConflictAction conflict;
  private final List<Trigger> before = new ArrayList<>();
  private final List<Trigger> after = new ArrayList<>();

  private FiredTriggers(Table target, TriggerPrograms programs, @Nullable ConflictAction conflict) {
    this.conflict = conflict;
    this.target = target;
    this.programs = programs;
  }

  /**
   * @param triggers in the order in which they fire
   * @param conflict what the statement says after OR, or null
   */
  static TriggerRunner of(
      Table target,
      List<Trigger> triggers,
      TriggerPrograms programs,
      @Nullable ConflictAction conflict) {
    if (triggers.isEmpty()) {
      return NONE;
    }
    FiredTriggers fired = new FiredTriggers(target, programs, conflict);
    for (Trigger each : triggers) {
      (each.time() == CreateTrigger.Time.AFTER ? fired.after : fired.before).add(each);
    }
    return fired;
  }

  @Override
  public boolean hasBefore() {
    return !before.isEmpty();
  }

  @Override
  public boolean hasAfter() {
    return !after.isEmpty();
  }

  @Override
  public void before(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {
    fire(before, ctx, f, oldRow, newRow);
  }

  @Override
  public void after(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {
    fire(after, ctx, f, oldRow, newRow);
  }

  private void fire(
      List<Trigger> triggers, WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {
    if (ctx.dropping) {
      return;
    }
    for (Trigger each : triggers) {
      if (ctx.isRunning(each) && !ctx.recursiveTriggers) {
        continue;
      }
      TriggerProgram program = programs.acquire(each, target, Origin.TRIGGER, conflict);
      ctx.entered(each);
      try {
        program.run(ctx, f, oldRow, newRow);
      } finally {
        ctx.left(each);
        programs.release(each, conflict, program);
      }
    }
  }
}
