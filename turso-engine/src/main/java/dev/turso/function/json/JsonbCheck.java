package dev.turso.function.json;

import dev.turso.value.Register;

/** The strict check of a blob: every element, every digit and every escape. */
final class JsonbCheck {

  private final byte[] bytes;
  private final int origin;

  private JsonbCheck(byte[] bytes, int origin) {
    this.bytes = bytes;
    this.origin = origin;
  }

  /** 0 if the blob is JSONB throughout, else 1 + the offset of the first byte at fault. */
  static int errorPosition(Register blob) {
    int from = blob.offset();
    return new JsonbCheck(blob.ref, from).check(from, from + blob.length(), 1);
  }

  private int fault(int at) {
    return at - origin + 1;
  }

  private int check(int at, int limit, int depth) {
    long end = at < limit ? Jsonb.endOrMinus(bytes, at, limit) : -1;
    if (depth > JsonTextParser.MAXIMUM_DEPTH || end != limit) {
      return fault(at);
    }
    int payload = at + Jsonb.headerSize(bytes, at);
    int type = Jsonb.type(bytes, at);
    return switch (type) {
      case Jsonb.NULL, Jsonb.TRUE, Jsonb.FALSE -> payload == limit ? 0 : fault(at);
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
      if (end < 0) {
        return fault(at);
      }
      if (object && count % 2 == 0 && !Jsonb.isText(Jsonb.type(bytes, at))) {
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
    if (limit - start < 3 || bytes[start] != '0' || (bytes[start + 1] | 0x20) != 'x') {
      return fault(at);
    }
    for (int i = start + 2; i < limit; i++) {
      if (Character.digit(bytes[i], 16) < 0) {
        return fault(i);
      }
    }
    return 0;
  }

  private int real(int at, int payload, int limit, boolean json5) {
    JsonTextParser parser = new JsonTextParser(bytes, payload, limit - payload);
    boolean ok =
        payload < limit
            && parser.parse()
            && (json5 || !parser.isNonstandard())
            && isReal(Jsonb.type(parser.jsonb().bytes, 0));
    return ok ? 0 : fault(at);
  }

  private static boolean isReal(int type) {
    return type == Jsonb.FLOAT || type == Jsonb.FLOAT5;
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
        if (size == 0) {
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

  private int escapeSize(int at, int limit, boolean json5) {
    if (at + 1 >= limit) {
      return 0;
    }
    byte b = bytes[at + 1];
    if ("\"\\/bfnrt".indexOf(b) >= 0) {
      return 2;
    }
    if (b == 'u') {
      return areHex(at + 2, 4, limit) ? 6 : 0;
    }
    if (!json5) {
      return 0;
    }
    return switch (b) {
      case 'x' -> areHex(at + 2, 2, limit) ? 4 : 0;
      case '\'', 'v', '0', '\n', '\r' -> 2;
      case (byte) 0xe2 -> at + 3 < limit ? 4 : 0;
      default -> 0;
    };
  }

  private boolean areHex(int from, int count, int limit) {
    for (int i = from; i < from + count; i++) {
      if (i >= limit || Character.digit(bytes[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
