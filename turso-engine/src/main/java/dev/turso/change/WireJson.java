package dev.turso.change;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON where they leave the process: the one form of server-sent events, tools and change
 * records.
 *
 * <p>INTEGER beyond ±2^53 is a string, so that no reader rounds it; BLOB is base64; NULL is null; an
 * infinite REAL is the string {@code Infinity} or {@code -Infinity}.
 */
public final class WireJson {

  private static final long EXACT = 1L << 53;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private WireJson() {}

  /** Appends one value. */
  public static void append(StringBuilder out, Value value) {
    switch (value.tag()) {
      case Tag.NULL -> out.append("null");
      case Tag.INTEGER -> appendInteger(out, value.asLong());
      case Tag.REAL -> appendReal(out, value.asDouble());
      case Tag.TEXT -> appendString(out, value.asString());
      default -> {
        byte[] bytes = value.asBytes();
        out.append('"')
            .append(Base64.getEncoder().encodeToString(bytes == null ? new byte[0] : bytes))
            .append('"');
      }
    }
  }

  /** Appends values as an array. */
  public static void append(StringBuilder out, List<Value> values) {
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      append(out, values.get(i));
    }
    out.append(']');
  }

  /** Appends texts as an array of strings. */
  public static void appendStrings(StringBuilder out, List<String> texts) {
    out.append('[');
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      appendString(out, texts.get(i));
    }
    out.append(']');
  }

  /** Appends a quoted string, or null. */
  public static void appendString(StringBuilder out, @Nullable String text) {
    if (text == null) {
      out.append("null");
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void appendInteger(StringBuilder out, long value) {
    if (value > EXACT || value < -EXACT) {
      out.append('"').append(value).append('"');
    } else {
      out.append(value);
    }
  }

  private static void appendReal(StringBuilder out, double value) {
    if (Double.isInfinite(value)) {
      out.append(value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
    } else {
      out.append(value);
    }
  }
}
