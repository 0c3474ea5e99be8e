package dev.turso.exec.ddl;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a syntax tree of any kind by the components of its records: for the few statements that
 * rewrite texts, where a visitor of every node would say nothing more.
 */
abstract class TreeReader {

  /** A record's accessors: made once, as the first call of each costs more than a walk. */
  private static final ClassValue<Method[]> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          Method[] accessors = new Method[components.length];
          for (int i = 0; i < accessors.length; i++) {
            accessors[i] = components[i].getAccessor();
          }
          return accessors;
        }
      };

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
      for (Method each : ACCESSORS.get(record.getClass())) {
        Object value = component(record, each);
        if (value != null) {
          walk(value);
        }
      }
      leave(record);
    }
  }

  private static @Nullable Object component(Record record, Method accessor) {
    try {
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + accessor, e);
    }
  }
}
