package dev.turso.function.json;

import dev.turso.error.SqlException;

/**
 * The layout of JSONB elements.
 *
 * <pre>
 *   byte 0   bits 0-3 type, bits 4-7: size of the payload if at most 11, else
 *            12: 1, 13: 2, 14: 4, 15: 8 bytes of size follow, big-endian
 *   …        payload
 * </pre>
 *
 * @see <a href="https://www.sqlite.org/jsonb.html">The JSONB Format, section 3</a>
 */
public final class Jsonb {

  /** What a JSON result carries as its subtype. */
  public static final int SUBTYPE = 'J';

  static final int NULL = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int INT = 3;

  /** Hexadecimal. */
  static final int INT5 = 4;

  static final int FLOAT = 5;

  /** A real that JSON would not have: a leading or trailing point. */
  static final int FLOAT5 = 6;

  /** Text without escapes, which needs none. */
  static final int TEXT = 7;

  /** Text with JSON's escapes. */
  static final int TEXTJ = 8;

  /** Text with JSON5's escapes. */
  static final int TEXT5 = 9;

  /** Text that must be escaped to become JSON. */
  static final int TEXTRAW = 10;

  static final int ARRAY = 11;
  static final int OBJECT = 12;

  private static final String[] TYPE_NAMES = {
    "null", "true", "false", "integer", "integer", "real", "real", "text", "text", "text", "text",
    "array", "object"
  };

  private Jsonb() {}

  static SqlException malformed() {
    return new SqlException("malformed JSON");
  }

  static int type(byte[] bytes, int at) {
    return bytes[at] & 0x0f;
  }

  static boolean isText(int type) {
    return type >= TEXT && type <= TEXTRAW;
  }

  static String typeName(int type) {
    if (type > OBJECT) {
      throw malformed();
    }
    return TYPE_NAMES[type];
  }

  /** How many bytes the header has. */
  static int headerSize(byte[] bytes, int at) {
    return switch ((bytes[at] >>> 4) & 0x0f) {
      case 12 -> 2;
      case 13 -> 3;
      case 14 -> 5;
      case 15 -> 9;
      default -> 1;
    };
  }

  /** How many bytes the header of a payload of some size has. */
  static int headerSizeFor(long payload) {
    return payload <= 11 ? 1 : payload <= 0xff ? 2 : payload <= 0xffff ? 3 : 5;
  }

  /** Offset of the payload of the element at an offset below the limit. */
  static int payload(byte[] bytes, int at, int limit) {
    int payload = at + headerSize(bytes, at);
    if (payload > limit) {
      throw malformed();
    }
    return payload;
  }

  /** Offset behind the element at an offset; fails if that is behind the limit. */
  static int end(byte[] bytes, int at, int limit) {
    if (at >= limit) {
      throw malformed();
    }
    long end = endOrMinus(bytes, at, limit);
    if (end < 0) {
      throw malformed();
    }
    return (int) end;
  }

  /** Offset behind the element at an offset, -1 if it does not fit below the limit. */
  static long endOrMinus(byte[] bytes, int at, int limit) {
    int header = headerSize(bytes, at);
    if (at + header > limit) {
      return -1;
    }
    long size = 0;
    if (header == 1) {
      size = (bytes[at] >>> 4) & 0x0f;
    } else {
      for (int i = 1; i < header; i++) {
        size = (size << 8) | (bytes[at + i] & 0xff);
      }
    }
    return size < 0 || size > limit - at - header ? -1 : at + header + size;
  }

  /**
   * Whether a blob looks like JSONB: one element that fills it. Only where it is short and might as
   * well be text (a digit or a bracket first) is it looked at throughout, as in SQLite.
   */
  static boolean looksLikeJsonb(byte[] bytes, int from, int length) {
    if (length == 0) {
      return false;
    }
    int type = type(bytes, from);
    int limit = from + length;
    if (type > OBJECT || endOrMinus(bytes, from, limit) != limit) {
      return false;
    }
    int size = length - headerSize(bytes, from);
    if (type <= FALSE && size != 0) {
      return false;
    }
    boolean maybeText =
        bytes[from] == '{' || bytes[from] == '[' || JsonTextParser.isDigit(bytes[from]);
    return size > 7 || !maybeText || JsonbCheck.errorPosition(bytes, from, length) == 0;
  }

  /**
   * An element made a few bytes longer by a wider header than it needs, so that it fills the place
   * of
   * another; the element itself where no header is that wide. SQLite replaces so.
   */
  static JsonBytes stretched(JsonBytes element, int length) {
    int header = headerSize(element.bytes, 0);
    int wider = header + length - element.length;
    if (type(element.bytes, 0) <= FALSE
        || element.length >= length
        || !(wider == 2 || wider == 3 || wider == 5 || wider == 9)) {
      return element;
    }
    int size = element.length - header;
    JsonBytes stretched = new JsonBytes(length);
    int kind = wider == 2 ? 12 : wider == 3 ? 13 : wider == 5 ? 14 : 15;
    stretched.append(type(element.bytes, 0) | kind << 4);
    for (int i = wider - 2; i >= 0; i--) {
      stretched.append(i >= 4 ? 0 : size >>> (8 * i));
    }
    stretched.append(element.bytes, header, size);
    return stretched;
  }
}
