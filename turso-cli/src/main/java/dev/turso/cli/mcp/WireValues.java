package dev.turso.cli.mcp;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values in JSON: INTEGER beyond ±2^53 as a string, so that no reader rounds it; BLOB as base64; NULL
 * as null; an infinite REAL as a string. The same form as events and change records have.
 */
final class WireValues {

  private static final long EXACT = 1L << 53;

  private WireValues() {}

  static @Nullable Object toJson(Value value) {
    return switch (value.tag()) {
      case Tag.NULL -> null;
      case Tag.INTEGER -> integer(value.asLong());
      case Tag.REAL -> real(value.asDouble());
      case Tag.TEXT -> value.asString();
      default -> {
        byte[] bytes = value.asBytes();
        yield Base64.getEncoder().encodeToString(bytes == null ? new byte[0] : bytes);
      }
    };
  }

  private static Object integer(long value) {
    return value > EXACT || value < -EXACT ? Long.toString(value) : value;
  }

  private static Object real(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return value;
  }

  static List<@Nullable Object> row(List<Value> values) {
    List<@Nullable Object> row = new ArrayList<>(values.size());
    values.forEach(each -> row.add(toJson(each)));
    return row;
  }

  static @Nullable Map<String, @Nullable Object> image(@Nullable Map<String, Value> image) {
    if (image == null) {
      return null;
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    image.forEach((name, value) -> object.put(name, toJson(value)));
    return object;
  }

  /** What a client gives for a parameter; {@code {"base64": "…"}} is a blob. */
  static Value fromJson(@Nullable Object json) {
    return switch (json) {
      case null -> Value.NULL;
      case Boolean b -> Value.integer(b ? 1 : 0);
      case Integer i -> Value.integer(i);
      case Long l -> Value.integer(l);
      case BigInteger big -> Value.text(big.toString());
      case Number n -> Value.real(n.doubleValue());
      case String s -> Value.text(s);
      case Map<?, ?> m when m.size() == 1 && m.get("base64") instanceof String s -> blob(s);
      default -> Value.text(Json.write(json));
    };
  }

  private static Value blob(String base64) {
    try {
      return Value.blob(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new ToolFailure("a parameter is not base64");
    }
  }

  /** As text for a person or a model to read. */
  static String text(Value value) {
    Object json = toJson(value);
    return json == null ? "NULL" : value.tag() == Tag.BLOB ? "base64:" + json : json.toString();
  }
}
