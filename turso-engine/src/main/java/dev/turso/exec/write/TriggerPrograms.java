package dev.turso.exec.write;

import dev.turso.change.Origin;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;

/**
 * Where compiled trigger programs come from. They are compiled when first fired, since a trigger may
 * fire itself.
 */
public interface TriggerPrograms {

  /** Whether a trigger is to be fired at all: some only stand for what a module here does itself. */
  default boolean fires(Trigger trigger) {
    return true;
  }

  /** A program that nobody runs at the moment. */
  TriggerProgram acquire(Trigger trigger, Table target, Origin origin);

  /** Gives a program back after its run. */
  void release(Trigger trigger, TriggerProgram program);
}
