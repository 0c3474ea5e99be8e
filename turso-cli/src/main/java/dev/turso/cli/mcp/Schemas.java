package dev.turso.cli.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON schemas of arguments and results. */
final class Schemas {

  private Schemas() {}

  /** An object with properties; names with a star at their end are required. */
  static Map<String, Object> object(Object... namesAndTypes) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new java.util.ArrayList<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      String name = (String) namesAndTypes[i];
      if (name.endsWith("*")) {
        name = name.substring(0, name.length() - 1);
        required.add(name);
      }
      properties.put(name, namesAndTypes[i + 1]);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  static Map<String, Object> string(String description) {
    return Map.of("type", "string", "description", description);
  }

  static Map<String, Object> integer(String description) {
    return Map.of("type", "integer", "description", description);
  }

  static Map<String, Object> flag(String description) {
    return Map.of("type", "boolean", "description", description);
  }

  static Map<String, Object> array(Object items) {
    return Map.of("type", "array", "items", items);
  }

  /** The values of a statement's parameters. */
  static Map<String, Object> parameters() {
    return Map.of(
        "description",
        "values for ?, ?1, :name, @name or $name: an array by number, or an object by name;"
            + " {\"base64\": \"…\"} is a blob",
        "type",
        List.of("array", "object"));
  }

  /** A row as an array of values. */
  static Map<String, Object> rows() {
    return array(Map.of("type", "array"));
  }

  static Map<String, Object> strings() {
    return array(Map.of("type", "string"));
  }
}
