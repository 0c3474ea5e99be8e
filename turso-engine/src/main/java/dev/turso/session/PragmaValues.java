package dev.turso.session;

import dev.turso.schema.Names;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How pragmas read their arguments and write their rows. */
final class PragmaValues {

  private PragmaValues() {}

  /** {@code on, yes, true} and numbers other than 0 are true. */
  static boolean truth(String argument) {
    if (Names.same(argument, "on") || Names.same(argument, "yes") || Names.same(argument, "true")) {
      return true;
    }
    return (int) number(argument, 0) != 0;
  }

  /** The leading integer of an argument, decimal or hexadecimal. */
  static long number(String argument, long otherwise) {
    try {
      String text = argument.strip();
      if (text.startsWith("0x") || text.startsWith("0X")) {
        return Long.parseUnsignedLong(text.substring(2), 16);
      }
      int end = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
      while (end < text.length() && Character.isDigit(text.charAt(end))) {
        end++;
      }
      return Long.parseLong(text.substring(0, end));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  static List<List<Value>> one(long value) {
    return List.of(List.of(Value.integer(value)));
  }

  static List<List<Value>> one(String value) {
    return List.of(List.of(Value.text(value)));
  }

  /** A row of longs, strings and nulls. */
  static List<Value> row(@Nullable Object... cells) {
    List<Value> row = new ArrayList<>(cells.length);
    for (Object each : cells) {
      row.add(value(each));
    }
    return row;
  }

  private static Value value(@Nullable Object cell) {
    if (cell == null) {
      return Value.NULL;
    }
    if (cell instanceof Value v) {
      return v;
    }
    if (cell instanceof Boolean b) {
      return Value.integer(b ? 1 : 0);
    }
    return cell instanceof Number n ? Value.integer(n.longValue()) : Value.text(cell.toString());
  }
}
