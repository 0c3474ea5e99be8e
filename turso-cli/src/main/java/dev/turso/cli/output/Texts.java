package dev.turso.cli.output;

import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values and names as text. Texts are UTF-8 bytes, for what is stored need not be valid. */
public final class Texts {

  private static final byte[] EMPTY = {};
  private static final HexFormat HEX = HexFormat.of();
  private static final int DIGITS = 20;
  private static final double WHOLE = 9.2e18;

  private Texts() {}

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A value as SQLite's column text gives it to C, which ends at the first NUL; null for NULL. */
  public static byte @Nullable [] of(Value value) {
    if (value.isNull()) {
      return null;
    }
    byte[] bytes = value.asBytes();
    return bytes == null ? EMPTY : upToNul(bytes);
  }

  /** A value's text, or another one for NULL. */
  public static byte[] of(Value value, byte[] forNull) {
    byte[] bytes = of(value);
    return bytes == null ? forNull : bytes;
  }

  private static byte[] upToNul(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return Arrays.copyOf(bytes, i);
      }
    }
    return bytes;
  }

  /** The number of characters: bytes that do not continue one. */
  public static int length(byte[] utf8) {
    int n = 0;
    for (byte each : utf8) {
      if ((each & 0xC0) != 0x80) {
        n++;
      }
    }
    return n;
  }

  /** {@code X'…'}. */
  public static String hexLiteral(byte @Nullable [] blob) {
    return "X'" + HEX.formatHex(blob == null ? EMPTY : blob) + "'";
  }

  /** {@code '…'} with quotes doubled. */
  public static byte[] quoted(byte[] text) {
    int quotes = 0;
    for (byte each : text) {
      quotes += each == '\'' ? 1 : 0;
    }
    byte[] out = new byte[text.length + quotes + 2];
    int at = 0;
    out[at++] = '\'';
    for (byte each : text) {
      if (each == '\'') {
        out[at++] = '\'';
      }
      out[at++] = each;
    }
    out[at] = '\'';
    return out;
  }

  public static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A REAL so that reading it gives the same number: up to 20 significant digits. */
  public static String exactReal(double value, boolean infinityAsNumber) {
    if (Double.isInfinite(value)) {
      String number = infinityAsNumber ? "1e999" : "Inf";
      return value < 0 ? "-" + number : number;
    }
    if (value == 0) {
      return "0.0";
    }
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(DIGITS, RoundingMode.HALF_UP))
            .stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent >= -4 && exponent < DIGITS ? plain(rounded) : scientific(rounded, exponent);
  }

  /** A REAL in INSERT and JSON output: whole numbers in plain digits. */
  public static String literalReal(double value) {
    if (Math.abs(value) < WHOLE && value == Math.rint(value)) {
      return shortDigits(value);
    }
    return exactReal(value, true);
  }

  private static String shortDigits(double value) {
    return exactReal(value, true);
  }

  private static String plain(BigDecimal value) {
    String text = value.toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }

  private static String scientific(BigDecimal value, int exponent) {
    String digits = value.unscaledValue().abs().toString();
    StringBuilder out = new StringBuilder(32);
    if (value.signum() < 0) {
      out.append('-');
    }
    out.append(digits.charAt(0)).append('.');
    out.append(digits.length() == 1 ? "0" : digits.substring(1));
    out.append('e').append(exponent < 0 ? '-' : '+');
    String power = Integer.toString(Math.abs(exponent));
    return out.append(power.length() < 2 ? "0" : "").append(power).toString();
  }

  /** A name as SQL wants it: in double quotes unless it is a plain word and no keyword. */
  public static String identifier(String name) {
    return isPlainName(name) ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static boolean isPlainName(String name) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    Tokenizer tokenizer = new Tokenizer(name.toUpperCase(Locale.ROOT), 0);
    Token token = tokenizer.next();
    return !token.isKeyword();
  }

  /** Whether a value is a number. */
  public static boolean isNumber(Value value) {
    return value.tag() == Tag.INTEGER || value.tag() == Tag.REAL;
  }

  /** A name as part of a URI. */
  public static String uriPart(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
