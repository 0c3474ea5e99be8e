package dev.turso.exec.write;

import dev.turso.change.Origin;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.ConflictAction;
import org.jspecify.annotations.Nullable;

/**
 * Where compiled trigger programs come from. One is compiled with the first statement that may fire it,
 * so that what is wrong in it shows then, and again where it fires itself.
 */
public interface TriggerPrograms {

  /** Whether a trigger is to be fired at all: some only stand for what a module here does itself. */
  default boolean fires(Trigger trigger) {
    return true;
  }

  /** Compiles the program if it never was, and fails if that cannot be done. */
  default void require(Trigger trigger, Table target, @Nullable ConflictAction conflict) {}

  /**
   * A program that nobody runs at the moment.
   *
   * @param conflict what the statement that fires it says after OR, which then holds for the
   *     program's statements too; null where it says nothing
   */
  TriggerProgram acquire(
      Trigger trigger, Table target, Origin origin, @Nullable ConflictAction conflict);

  /** Gives a program back after its run. */
  void release(Trigger trigger, @Nullable ConflictAction conflict, TriggerProgram program);
}
