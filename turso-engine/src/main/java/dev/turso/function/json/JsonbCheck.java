package dev.turso.function.json;

import dev.turso.value.Register;
import dev.turso.value.Utf8;

/** The strict check of a blob: every element, every digit and every escape. */
final class JsonbCheck {

  private static final int INVALID = -1;

  private final byte[] bytes;
  private final int origin;

  private JsonbCheck(byte[] bytes, int origin) {
    this.bytes = bytes;
    this.origin = origin;
  }

  /** 0 if the blob is JSONB throughout, else 1 + the offset of the first byte at fault. */
  static int errorPosition(Register blob) {
    return errorPosition(blob.ref, blob.offset(), blob.length());
  }

  static int errorPosition(byte[] bytes, int from, int length) {
    return new JsonbCheck(bytes, from).check(from, from + length, 1);
  }

  private int fault(int at) {
    return at - origin + 1;
  }

  private int check(int at, int limit, int depth) {
    if (depth > JsonTextParser.MAXIMUM_DEPTH) {
      return fault(at);
    }
    int payload = at + Jsonb.headerSize(bytes, at);
    int type = Jsonb.type(bytes, at);
    return switch (type) {
      case Jsonb.NULL, Jsonb.TRUE, Jsonb.FALSE -> at + 1 == limit ? 0 : fault(at);
      case Jsonb.INT -> integer(at, payload, limit);
      case Jsonb.INT5 -> hexadecimal(at, payload, limit);
      case Jsonb.FLOAT, Jsonb.FLOAT5 -> real(at, payload, limit, type == Jsonb.FLOAT5);
      case Jsonb.TEXT -> plainText(payload, limit);
      case Jsonb.TEXTJ, Jsonb.TEXT5 -> escapedText(payload, limit, type == Jsonb.TEXT5);
      case Jsonb.TEXTRAW -> 0;
      case Jsonb.ARRAY -> elements(payload, limit, depth, false);
      case Jsonb.OBJECT -> elements(payload, limit, depth, true);
      default -> fault(at);
    };
  }

  private int elements(int payload, int limit, int depth, boolean object) {
    int at = payload;
    int count = 0;
    while (at < limit) {
      long end = Jsonb.endOrMinus(bytes, at, limit);
      boolean misplaced = object && count % 2 == 0 && !Jsonb.isText(Jsonb.type(bytes, at));
      if (end < 0 || misplaced) {
        return fault(at);
      }
      int error = check(at, (int) end, depth + 1);
      if (error != 0) {
        return error;
      }
      at = (int) end;
      count++;
    }
    return object && count % 2 != 0 ? fault(at) : 0;
  }

  private int integer(int at, int payload, int limit) {
    int digits = payload < limit && bytes[payload] == '-' ? payload + 1 : payload;
    if (digits >= limit) {
      return fault(at);
    }
    for (int i = digits; i < limit; i++) {
      if (!JsonTextParser.isDigit(bytes[i])) {
        return fault(i);
      }
    }
    return 0;
  }

  private int hexadecimal(int at, int payload, int limit) {
    int start = payload < limit && bytes[payload] == '-' ? payload + 1 : payload;
    if (limit - start < 3 || bytes[start] != '0') {
      return fault(at);
    }
    if ((bytes[start + 1] | 0x20) != 'x') {
      return fault(start + 1);
    }
    for (int i = start + 2; i < limit; i++) {
      if (Character.digit(bytes[i], 16) < 0) {
        return fault(i);
      }
    }
    return 0;
  }

  private int real(int at, int payload, int limit, boolean json5) {
    int i = payload < limit && bytes[payload] == '-' ? payload + 1 : payload;
    if (limit - i < 2) {
      return fault(at);
    }
    boolean point = false;
    boolean exponent = false;
    if (bytes[i] == '.') {
      if (!json5 || !JsonTextParser.isDigit(bytes[i + 1])) {
        return fault(i);
      }
      i += 2;
      point = true;
    } else if (bytes[i] == '0' && !json5) {
      if (limit - i < 3 || (bytes[i + 1] != '.' && (bytes[i + 1] | 0x20) != 'e')) {
        return fault(i);
      }
      i++;
    }
    for (; i < limit; i++) {
      byte b = bytes[i];
      if (b == '.' && !point && !exponent) {
        if (!json5 && (i + 1 == limit || !JsonTextParser.isDigit(bytes[i + 1]))) {
          return fault(i);
        }
        point = true;
      } else if ((b | 0x20) == 'e' && !exponent && i + 1 < limit) {
        exponent = true;
        if (bytes[i + 1] == '+' || bytes[i + 1] == '-') {
          i++;
          if (i + 1 == limit) {
            return fault(i);
          }
        }
      } else if (!JsonTextParser.isDigit(b)) {
        return fault(i);
      }
    }
    return point || exponent ? 0 : fault(at);
  }

  private int plainText(int payload, int limit) {
    for (int i = payload; i < limit; i++) {
      if (bytes[i] == '"' || bytes[i] == '\\' || (bytes[i] >= 0 && bytes[i] < 0x20)) {
        return fault(i);
      }
    }
    return 0;
  }

  private int escapedText(int payload, int limit, boolean json5) {
    int at = payload;
    while (at < limit) {
      byte b = bytes[at];
      if (b == '\\') {
        int size = escapeSize(at, limit, json5);
        if (size == INVALID) {
          return fault(at);
        }
        at += size;
      } else if (!json5 && (b == '"' || (b >= 0 && b < 0x20))) {
        return fault(at);
      } else {
        at++;
      }
    }
    return 0;
  }

  /** SQLite takes a backslash before a zero byte for an escape; so it is one here. */
  private int escapeSize(int at, int limit, boolean json5) {
    if (at + 1 >= limit) {
      return INVALID;
    }
    byte b = bytes[at + 1];
    if (b == 0 || "\"\\/bfnrt".indexOf(b) >= 0) {
      return 2;
    }
    if (b == 'u') {
      return at + 5 < limit && areHex(at + 2, 4) ? 2 : INVALID;
    }
    return json5 ? json5EscapeSize(at, limit) : INVALID;
  }

  private int json5EscapeSize(int at, int limit) {
    if (at + 1 >= limit) {
      return INVALID;
    }
    return switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't', '\'', 'v' -> 2;
      case '0' -> at + 2 < limit && JsonTextParser.isDigit(bytes[at + 2]) ? INVALID : 2;
      case 'x' -> at + 4 <= limit ? 4 : INVALID;
      case 'u' -> at + 6 <= limit ? 6 : INVALID;
      case '\n', '\r', (byte) 0xe2 -> continuationSize(at, limit);
      default -> INVALID;
    };
  }

  /** Line ends behind backslashes count as part of the character that follows them. */
  private int continuationSize(int at, int limit) {
    int next = at;
    while (next + 1 < limit && bytes[next] == '\\') {
      byte b = bytes[next + 1];
      if (b == '\n') {
        next += 2;
      } else if (b == '\r') {
        next += next + 2 < limit && bytes[next + 2] == '\n' ? 3 : 2;
      } else if (b == (byte) 0xe2
          && next + 3 < limit
          && bytes[next + 2] == (byte) 0x80
          && (bytes[next + 3] & 0xfe) == 0xa8) {
        next += 4;
      } else {
        break;
      }
    }
    if (next == at) {
      return INVALID;
    }
    if (next >= limit) {
      return limit - at;
    }
    if (bytes[next] == '\\') {
      int size = json5EscapeSize(next, limit);
      return size == INVALID ? INVALID : next - at + size;
    }
    return Utf8.next(bytes, next, limit) - at;
  }

  private boolean areHex(int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (Character.digit(bytes[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
