package dev.turso.spring.event;

import java.lang.reflect.Type;

/** Reads what a JSON column holds; with Jackson on the class path, by the application's mapper. */
@FunctionalInterface
public interface JsonColumns {

  /**
   * The value that a text in JSON stands for.
   *
   * @param type of a component of a row type
   */
  Object read(String json, Type type);
}
