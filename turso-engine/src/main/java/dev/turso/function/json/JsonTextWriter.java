package dev.turso.function.json;

import org.jspecify.annotations.Nullable;

/** JSONB into JSON text, minified or with line breaks. */
final class JsonTextWriter {

  private static final int MAXIMUM_DEPTH = 2 * JsonTextParser.MAXIMUM_DEPTH;

  /** What the first three types are written as. */
  private static final String[] WORDS = {"null", "true", "false"};

  private final byte[] bytes;
  private final int limit;
  private final JsonBytes out;
  private final byte @Nullable [] indent;
  private int depth;

  /**
   * @param indent what one level is indented by; null to write everything on one line
   */
  JsonTextWriter(byte[] bytes, int limit, JsonBytes out, byte @Nullable [] indent) {
    this.bytes = bytes;
    this.limit = limit;
    this.out = out;
    this.indent = indent;
  }

  /** The minified text of an element. */
  static JsonBytes minified(JsonBytes jsonb, int at) {
    JsonBytes out = new JsonBytes(jsonb.length - at);
    new JsonTextWriter(jsonb.bytes, jsonb.length, out, null).element(at);
    return out;
  }

  /** Writes the element at an offset; returns the offset behind it. */
  int element(int at) {
    int end = Jsonb.end(bytes, at, limit);
    if (Jsonb.type(bytes, at) <= Jsonb.FALSE) {
      // of these SQLite passes over one byte, whatever size the header tells
      out.append(WORDS[Jsonb.type(bytes, at)]);
      return at + 1;
    }
    int payload = Jsonb.payload(bytes, at, limit);
    int size = end - payload;
    switch (Jsonb.type(bytes, at)) {
      case Jsonb.INT, Jsonb.FLOAT -> {
        requireContent(size);
        out.append(bytes, payload, size);
      }
      case Jsonb.INT5 -> hexadecimal(payload, end);
      case Jsonb.FLOAT5 -> json5Real(payload, end);
      case Jsonb.TEXT, Jsonb.TEXTJ -> {
        out.append('"');
        out.append(bytes, payload, size);
        out.append('"');
      }
      case Jsonb.TEXT5 -> JsonStrings.appendJson5(bytes, payload, size, out);
      case Jsonb.TEXTRAW -> JsonStrings.appendQuoted(bytes, payload, size, out);
      case Jsonb.ARRAY -> array(payload, end);
      case Jsonb.OBJECT -> object(payload, end);
      default -> throw Jsonb.malformed();
    }
    return end;
  }

  private static void requireContent(int size) {
    if (size == 0) {
      throw Jsonb.malformed();
    }
  }

  private void hexadecimal(int from, int end) {
    requireContent(end - from);
    int at = from;
    if (bytes[at] == '-') {
      out.append('-');
      at++;
    }
    requireContent(end - at);
    long value = 0;
    for (int i = at + 2; i < end; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        throw Jsonb.malformed();
      }
      if (value >>> 60 != 0) {
        out.append("9.0e999");
        return;
      }
      value = value << 4 | digit;
    }
    out.append(Long.toUnsignedString(value));
  }

  /** Puts a zero where a digit is missing before or behind the point. */
  private void json5Real(int from, int end) {
    requireContent(end - from);
    int at = from;
    if (bytes[at] == '-') {
      out.append('-');
      at++;
    }
    requireContent(end - at);
    if (at < end && bytes[at] == '.') {
      out.append('0');
    }
    for (; at < end; at++) {
      out.append(bytes[at]);
      if (bytes[at] == '.' && (at + 1 == end || !JsonTextParser.isDigit(bytes[at + 1]))) {
        out.append('0');
      }
    }
  }

  private void array(int from, int end) {
    begin('[');
    int at = from;
    while (at < end) {
      if (at > from) {
        out.append(',');
      }
      newLine();
      at = element(at);
    }
    end(']', at > from, at, end);
  }

  private void object(int from, int end) {
    begin('{');
    int at = from;
    while (at < end) {
      if (at > from) {
        out.append(',');
      }
      newLine();
      if (!Jsonb.isText(Jsonb.type(bytes, at))) {
        throw Jsonb.malformed();
      }
      at = element(at);
      out.append(indent == null ? ":" : ": ");
      if (at >= end) {
        throw Jsonb.malformed();
      }
      at = element(at);
    }
    end('}', at > from, at, end);
  }

  private void begin(char bracket) {
    if (++depth > MAXIMUM_DEPTH) {
      throw Jsonb.malformed();
    }
    out.append(bracket);
  }

  private void end(char bracket, boolean any, int at, int end) {
    if (at > end) {
      throw Jsonb.malformed();
    }
    depth--;
    if (any) {
      newLine();
    }
    out.append(bracket);
  }

  private void newLine() {
    if (indent != null) {
      out.append('\n');
      for (int i = 0; i < depth; i++) {
        out.append(indent, 0, indent.length);
      }
    }
  }
}
