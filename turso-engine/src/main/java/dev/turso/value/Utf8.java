package dev.turso.value;

/**
 * Characters in UTF-8 bytes, also in bytes that are not quite UTF-8.
 *
 * <p>A character is a byte below 0xC0, or one from 0xC0 on with all continuation bytes (0x80–0xBF)
 * after it. What does not decode to a character of Unicode reads as U+FFFD. Stateless.
 */
public final class Utf8 {

  private static final int REPLACEMENT = 0xfffd;

  private Utf8() {}

  /** The index after the character that starts at {@code index}. */
  public static int next(byte[] text, int index, int end) {
    int i = index + 1;
    if ((text[index] & 0xc0) == 0xc0) {
      while (i < end && (text[i] & 0xc0) == 0x80) {
        i++;
      }
    }
    return i;
  }

  /**
   * As {@link #next}, but a continuation byte without a lead also takes along those that follow it:
   * the characters that length() and substr() count.
   */
  public static int skip(byte[] text, int index, int end) {
    int i = index + 1;
    if (text[index] < 0) {
      while (i < end && (text[i] & 0xc0) == 0x80) {
        i++;
      }
    }
    return i;
  }

  /** The code point of the character that starts at {@code index}. */
  public static int codePoint(byte[] text, int index, int end) {
    int c = text[index] & 0xff;
    return c < 0xc0 ? c : decode(text, index, end, c);
  }

  private static int decode(byte[] text, int index, int end, int lead) {
    int c = leadBits(lead);
    for (int i = index + 1; i < end && (text[i] & 0xc0) == 0x80; i++) {
      c = (c << 6) + (text[i] & 0x3f);
    }
    boolean bad = c >= 0 && c < 0x80 || (c & ~0x7ff) == 0xd800 || (c & ~1) == 0xfffe;
    return bad ? REPLACEMENT : c;
  }

  private static int leadBits(int lead) {
    if (lead < 0xf0) {
      return lead < 0xe0 ? lead & 0x1f : lead & 0xf;
    }
    return lead < 0xf8 ? lead & 7 : lead < 0xfc ? lead & 3 : lead < 0xfe ? lead & 1 : 0;
  }

  /** How many characters there are before the first zero byte. */
  public static int length(byte[] text, int offset, int length) {
    int end = offset + length;
    int characters = 0;
    for (int i = offset; i < end && text[i] != 0; i = next(text, i, end)) {
      characters++;
    }
    return characters;
  }

  /** How many bytes {@link #write} needs. */
  public static int size(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** Writes a character; returns the index after it. Surrogates are written as they are. */
  public static int write(int codePoint, byte[] out, int index) {
    int i = index;
    if (codePoint < 0x80) {
      out[i++] = (byte) codePoint;
      return i;
    }
    if (codePoint < 0x800) {
      out[i++] = (byte) (0xc0 | codePoint >> 6);
    } else {
      if (codePoint < 0x10000) {
        out[i++] = (byte) (0xe0 | codePoint >> 12);
      } else {
        out[i++] = (byte) (0xf0 | codePoint >> 18);
        out[i++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
      }
      out[i++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
    }
    out[i++] = (byte) (0x80 | codePoint & 0x3f);
    return i;
  }
}
