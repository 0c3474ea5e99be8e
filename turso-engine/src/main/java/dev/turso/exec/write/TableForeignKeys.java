package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;

/** The foreign keys from and to one table. */
final class TableForeignKeys implements ForeignKeyRunner {

  private final ChildKey[] asChild;
  private final ParentKey[] asParent;

  TableForeignKeys(ChildKey[] asChild, ParentKey[] asParent) {
    this.asChild = asChild;
    this.asParent = asParent;
  }

  @Override
  public boolean isReferenced() {
    return asParent.length > 0 || asChild.length > 0;
  }

  @Override
  public void verify(boolean parents) {
    for (ChildKey each : asChild) {
      each.verify();
    }
    for (ParentKey each : asParent) {
      if (parents || each.isKeptLate()) {
        each.verify();
      }
    }
  }

  @Override
  public void removing(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {
    for (ChildKey each : asChild) {
      if (ctx.dropping && !each.isSound()) {
        continue;
      }
      boolean deferred = each.deferred(ctx);
      if (violations(ctx, deferred) > 0 && each.isOrphan(ctx, f, oldRow, true)) {
        count(ctx, deferred, -1);
      }
    }
    for (ParentKey each : asParent) {
      if (ctx.dropping && !each.isSound()) {
        continue;
      }
      if (!each.isUnreferable(f, oldRow)) {
        count(ctx, each.deferred(ctx), each.countOldChildren(ctx, f, oldRow));
      }
    }
  }

  @Override
  public void added(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {
    for (ChildKey each : asChild) {
      if (each.isOrphan(ctx, f, newRow, false)) {
        count(ctx, each.deferred(ctx), 1);
      }
    }
    for (ParentKey each : asParent) {
      boolean deferred = each.deferred(ctx);
      if (violations(ctx, deferred) > 0 && !each.isUnreferable(f, newRow)) {
        count(ctx, deferred, -each.countNewChildren(ctx, f, newRow));
      }
    }
  }

  @Override
  public void act(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {
    for (ParentKey each : asParent) {
      if (ctx.dropping && !each.isSound()) {
        continue;
      }
      each.act(ctx, f, oldRow, newRow);
    }
  }

  private static long violations(WriteContext ctx, boolean deferred) {
    return deferred ? ctx.deferredViolations : ctx.immediateViolations;
  }

  private static void count(WriteContext ctx, boolean deferred, long by) {
    if (deferred) {
      ctx.deferredViolations = Math.max(0, ctx.deferredViolations + by);
    } else {
      ctx.immediateViolations = Math.max(0, ctx.immediateViolations + by);
    }
  }
}
