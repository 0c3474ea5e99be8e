package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;

/** Runs the triggers of one table for one kind of event. */
interface TriggerRunner {

  /** No triggers. */
  TriggerRunner NONE =
      new TriggerRunner() {
        @Override
        public boolean hasBefore() {
          return false;
        }

        @Override
        public boolean hasAfter() {
          return false;
        }

        @Override
        public void before(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {}

        @Override
        public void after(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {}
      };

  /** Whether there are BEFORE or INSTEAD OF triggers. */
  boolean hasBefore();

  boolean hasAfter();

  /**
   * Runs the BEFORE triggers, or those INSTEAD OF.
   *
   * @param oldRow the columns of OLD and last its rowid; empty for INSERT
   * @param newRow the columns of NEW and last its rowid; empty for DELETE
   */
  void before(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow);

  void after(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow);
}
