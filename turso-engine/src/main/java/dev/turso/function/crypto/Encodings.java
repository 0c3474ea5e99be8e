package dev.turso.function.crypto;

import dev.turso.error.SqlException;
import dev.turso.value.TextBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes as text and back: hexadecimal, base 32, 64 and 85, percent signs. */
final class Encodings {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Encodings() {}

  static byte[] encode(byte[] bytes, String format) {
    return switch (format) {
      case "hex" -> HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.ISO_8859_1);
      case "base32" -> encode32(bytes);
      case "base64" -> Base64.getEncoder().encode(bytes);
      case "base85" -> encode85(bytes);
      case "url" -> encodeUrl(bytes);
      default -> throw new SqlException("unknown encoding");
    };
  }

  /** The bytes, or null if the text is not of that form. */
  static byte @Nullable [] decode(byte[] text, String format) {
    try {
      return switch (format) {
        case "hex" -> HexFormat.of().parseHex(new String(text, StandardCharsets.ISO_8859_1));
        case "base32" -> decode32(text);
        case "base64" -> Base64.getDecoder().decode(text);
        case "base85" -> decode85(text);
        case "url" -> decodeUrl(text);
        default -> throw new SqlException("unknown encoding");
      };
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] encode32(byte[] bytes) {
    TextBuilder out = new TextBuilder(bytes.length * 2);
    long buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = buffer << 8 | b & 0xff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        out.append(BASE32.charAt((int) (buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      out.append(BASE32.charAt((int) (buffer << 5 - bits) & 31));
    }
    return out.repeat('=', (8 - out.length() % 8) % 8).toBytes();
  }

  private static byte @Nullable [] decode32(byte[] text) {
    TextBuilder out = new TextBuilder(text.length);
    long buffer = 0;
    int bits = 0;
    for (byte b : text) {
      if (b == '=') {
        break;
      }
      int digit = BASE32.indexOf(Character.toUpperCase((char) b));
      if (digit < 0) {
        return null;
      }
      buffer = buffer << 5 | digit;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out.append((int) (buffer >> bits));
      }
    }
    return out.toBytes();
  }

  /** Ascii85 without delimiters: four bytes are five digits, n bytes at the end n + 1. */
  private static byte[] encode85(byte[] bytes) {
    TextBuilder out = new TextBuilder(bytes.length * 5 / 4 + 5);
    for (int i = 0; i < bytes.length; i += 4) {
      int count = Math.min(4, bytes.length - i);
      long group = 0;
      for (int k = 0; k < 4; k++) {
        group = group << 8 | (k < count ? bytes[i + k] & 0xff : 0);
      }
      byte[] digits = new byte[5];
      for (int k = 4; k >= 0; k--) {
        digits[k] = (byte) ('!' + group % 85);
        group /= 85;
      }
      out.append(digits, 0, count + 1);
    }
    return out.toBytes();
  }

  private static byte @Nullable [] decode85(byte[] text) {
    TextBuilder out = new TextBuilder(text.length);
    for (int i = 0; i < text.length; i += 5) {
      int count = Math.min(5, text.length - i);
      long group = 0;
      for (int k = 0; k < 5; k++) {
        int digit = k < count ? text[i + k] - '!' : 84;
        if (digit < 0 || digit > 84) {
          return null;
        }
        group = group * 85 + digit;
      }
      for (int k = 0; k < count - 1; k++) {
        out.append((int) (group >> 24 - 8 * k));
      }
    }
    return out.toBytes();
  }

  private static byte[] encodeUrl(byte[] bytes) {
    TextBuilder out = new TextBuilder(bytes.length + 16);
    HexFormat hex = HexFormat.of().withUpperCase();
    for (byte b : bytes) {
      boolean plain =
          b >= '0' && b <= '9'
              || b >= 'A' && b <= 'Z'
              || b >= 'a' && b <= 'z'
              || b == '-'
              || b == '_'
              || b == '.'
              || b == '~';
      if (plain) {
        out.append(b);
      } else {
        out.append('%').append(hex.toHexDigits(b));
      }
    }
    return out.toBytes();
  }

  private static byte[] decodeUrl(byte[] text) {
    TextBuilder out = new TextBuilder(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '%' && i + 2 < text.length) {
        String digits = new String(text, i + 1, 2, StandardCharsets.ISO_8859_1);
        out.append(HexFormat.fromHexDigits(digits));
        i += 2;
      } else {
        out.append(text[i] == '+' ? ' ' : text[i]);
      }
    }
    return out.toBytes();
  }
}
