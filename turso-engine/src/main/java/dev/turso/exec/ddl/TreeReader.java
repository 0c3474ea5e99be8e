package dev.turso.exec.ddl;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a syntax tree of any kind by the components of its records: for the few statements that
 * rewrite texts, where a visitor of every node would say nothing more.
 */
abstract class TreeReader {

  /** Called for each record before its components; false to leave them out. */
  abstract boolean enter(Record node);

  /** Called after the components of a record that was entered. */
  void leave(Record node) {}

  final void walk(Object node) {
    if (node instanceof List<?> list) {
      for (Object each : list) {
        walk(each);
      }
    } else if (node instanceof Record record && enter(record)) {
      for (RecordComponent each : record.getClass().getRecordComponents()) {
        Object value = component(record, each);
        if (value != null) {
          walk(value);
        }
      }
      leave(record);
    }
  }

  private static @Nullable Object component(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
