package dev.turso.function.json;

/** White space and comments, of JSON and of JSON5. */
final class Json5Space {

  private Json5Space() {}

  static boolean isJsonSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  /** Offset of the first byte that is no white space and in no comment. */
  static int skip(byte[] text, int from, int limit) {
    int at = from;
    while (at < limit) {
      int size = sizeOfSpace(text, at, limit);
      if (size == 0) {
        size = sizeOfComment(text, at, limit);
      }
      if (size == 0) {
        return at;
      }
      at += size;
    }
    return at;
  }

  private static int sizeOfSpace(byte[] text, int at, int limit) {
    return switch (text[at] & 0xff) {
      case 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20 -> 1;
      case 0xc2 -> follows(text, at, limit, 0xa0) ? 2 : 0;
      case 0xe1 -> follows(text, at, limit, 0x9a, 0x80) ? 3 : 0;
      case 0xe2 -> isGeneralPunctuationSpace(text, at, limit) ? 3 : 0;
      case 0xe3 -> follows(text, at, limit, 0x80, 0x80) ? 3 : 0;
      case 0xef -> follows(text, at, limit, 0xbb, 0xbf) ? 3 : 0;
      default -> 0;
    };
  }

  /** U+2000-200A, U+2028, U+2029, U+202F, U+205F. */
  private static boolean isGeneralPunctuationSpace(byte[] text, int at, int limit) {
    if (at + 2 >= limit) {
      return false;
    }
    int second = text[at + 1] & 0xff;
    int third = text[at + 2] & 0xff;
    if (second == 0x80) {
      return third >= 0x80 && third <= 0x8a || third == 0xa8 || third == 0xa9 || third == 0xaf;
    }
    return second == 0x81 && third == 0x9f;
  }

  private static boolean follows(byte[] text, int at, int limit, int second) {
    return at + 1 < limit && (text[at + 1] & 0xff) == second;
  }

  private static boolean follows(byte[] text, int at, int limit, int second, int third) {
    return follows(text, at, limit, second) && follows(text, at + 1, limit, third);
  }

  /** A comment in stars must end; a comment behind two slashes ends with the line or the text. */
  private static int sizeOfComment(byte[] text, int at, int limit) {
    if (text[at] != '/' || at + 1 >= limit) {
      return 0;
    }
    if (text[at + 1] == '*') {
      for (int i = at + 3; i < limit; i++) {
        if (text[i] == '/' && text[i - 1] == '*' && i - 1 > at + 1) {
          return i + 1 - at;
        }
      }
      return 0;
    }
    if (text[at + 1] != '/') {
      return 0;
    }
    int end = at + 2;
    while (end < limit && !endsLine(text, end, limit)) {
      end++;
    }
    return Math.min(limit, end + 1) - at;
  }

  private static boolean endsLine(byte[] text, int at, int limit) {
    byte b = text[at];
    return b == '\n'
        || b == '\r'
        || (b == (byte) 0xe2
            && (follows(text, at, limit, 0x80, 0xa8) || follows(text, at, limit, 0x80, 0xa9)));
  }
}
