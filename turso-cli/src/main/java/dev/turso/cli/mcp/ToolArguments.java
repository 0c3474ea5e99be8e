package dev.turso.cli.mcp;

import dev.turso.Statement;
import dev.turso.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one call of a tool. */
final class ToolArguments {

  private final Map<?, ?> values;

  ToolArguments(Map<?, ?> values) {
    this.values = values;
  }

  /** A text that must be there. */
  String text(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new ToolFailure("Missing argument: " + name);
    }
    if (!(value instanceof String text)) {
      throw new ToolFailure("Argument " + name + " is not a string");
    }
    return text;
  }

  @Nullable String textOrNull(String name) {
    return values.get(name) == null ? null : text(name);
  }

  /** A whole number within bounds. */
  int number(String name, int usual, int least, int most) {
    Object value = values.get(name);
    if (value == null) {
      return usual;
    }
    if (!(value instanceof Integer number) || number < least || number > most) {
      throw new ToolFailure(
          "Argument " + name + " is not a whole number from " + least + " to " + most);
    }
    return number;
  }

  boolean flag(String name, boolean usual) {
    Object value = values.get(name);
    if (value == null) {
      return usual;
    }
    if (!(value instanceof Boolean flag)) {
      throw new ToolFailure("Argument " + name + " is not a boolean");
    }
    return flag;
  }

  /** Binds {@code parameters}: an array by number, or an object by name. */
  void bind(Statement statement) {
    Object given = values.get("parameters");
    if (given == null) {
      if (statement.parameterCount() > 0) {
        throw new ToolFailure(
            "the statement has " + statement.parameterCount() + " parameters and no values came");
      }
      return;
    }
    if (given instanceof List<?> list) {
      bindList(statement, list);
    } else if (given instanceof Map<?, ?> map) {
      bindNames(statement, map);
    } else {
      throw new ToolFailure("Argument parameters is neither an array nor an object");
    }
  }

  private static void bindList(Statement statement, List<?> list) {
    if (list.size() != statement.parameterCount()) {
      throw new ToolFailure(
          "the statement has "
              + statement.parameterCount()
              + " parameters and "
              + list.size()
              + " values came");
    }
    for (int i = 0; i < list.size(); i++) {
      statement.bind(i + 1, WireValues.fromJson(list.get(i)));
    }
  }

  private static void bindNames(Statement statement, Map<?, ?> map) {
    for (int i = 1; i <= statement.parameterCount(); i++) {
      String name = statement.parameterName(i);
      String bare = name == null ? Integer.toString(i) : name.substring(1);
      Object key = map.containsKey(bare) ? bare : name;
      if (key == null || !map.containsKey(key)) {
        throw new ToolFailure("no value came for parameter " + (name == null ? "?" + i : name));
      }
      statement.bind(i, WireValues.fromJson(map.get(key)));
    }
  }

  /** The values of {@code parameters} in order, for a query that is opened elsewhere. */
  List<Value> positional() {
    Object given = values.get("parameters");
    if (given == null) {
      return List.of();
    }
    if (!(given instanceof List<?> list)) {
      throw new ToolFailure("Argument parameters must be an array here");
    }
    return list.stream().map(WireValues::fromJson).toList();
  }

  /** Values that a cursor must have been given for. */
  String parameterText() {
    Object given = values.get("parameters");
    return given == null ? "" : Json.write(given);
  }
}
