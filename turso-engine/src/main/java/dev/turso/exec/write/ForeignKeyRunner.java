package dev.turso.exec.write;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;

/**
 * Keeps the foreign keys from and to one table, by counting violations as SQLite does: what breaks a
 * reference adds one, what mends it takes one off.
 *
 * <p>Rows are given as nodes: the columns and last the rowid; empty where there is no such row.
 */
public interface ForeignKeyRunner {

  /** A table without foreign keys, from it or to it. */
  ForeignKeyRunner NONE =
      new ForeignKeyRunner() {
        @Override
        public void removing(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {}

        @Override
        public void added(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {}

        @Override
        public void act(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow) {}

        @Override
        public boolean isReferenced() {
          return false;
        }

        @Override
        public void verify(boolean parents) {}
      };

  /** OLD is about to be deleted or changed. */
  void removing(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow);

  /** NEW is in the table. */
  void added(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow);

  /** OLD has gone or changed: runs the actions on its children. */
  void act(WriteContext ctx, Frame f, Node[] oldRow, Node[] newRow);

  /** Whether other rows may refer to rows of this table. */
  boolean isReferenced();

  /**
   * Fails if a key that is referred to is none.
   *
   * @param parents whether to look at the keys of this table too
   */
  void verify(boolean parents);
}
