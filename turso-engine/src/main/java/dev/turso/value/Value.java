package dev.turso.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One immutable value: what an application binds and reads, and what a plan holds as a constant.
 *
 * <p>Two values are equal when they are exactly the same: {@code 1} differs from {@code 1.0},
 * {@code 0.0} from {@code -0.0}, and {@code 'a'} from {@code x'61'}. SQL equality is {@link
 * Comparison}'s business. A NaN does not exist: it becomes NULL, as in SQLite.
 *
 * <p>Rows on the hot paths travel in lanes ({@link Tag}) or {@link Register}s, not in values.
 */
public final class Value {

  private static final byte[] NO_BYTES = {};

  /** The one NULL. */
  public static final Value NULL = new Value(Tag.NULL, 0, NO_BYTES);

  private final int tag;
  private final long bits;
  private final byte[] bytes;

  private Value(int tag, long bits, byte[] bytes) {
    this.tag = tag;
    this.bits = bits;
    this.bytes = bytes;
  }

  public static Value integer(long value) {
    return new Value(Tag.INTEGER, value, NO_BYTES);
  }

  /** A REAL, or NULL if {@code value} is not a number. */
  public static Value real(double value) {
    return Double.isNaN(value)
        ? NULL
        : new Value(Tag.REAL, Double.doubleToRawLongBits(value), NO_BYTES);
  }

  public static Value text(String value) {
    return wrapText(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The UTF-8 bytes of a text, copied. */
  public static Value text(byte[] utf8) {
    return wrapText(utf8.clone());
  }

  /** The bytes of a blob, copied. */
  public static Value blob(byte[] bytes) {
    return wrapBlob(bytes.clone());
  }

  /** The value in a lane; the bytes are copied. */
  public static Value of(int tag, long bits, byte[] ref) {
    return switch (tag) {
      case Tag.INTEGER -> integer(bits);
      case Tag.REAL -> real(Double.longBitsToDouble(bits));
      case Tag.TEXT -> wrapText(slice(bits, ref));
      case Tag.BLOB -> wrapBlob(slice(bits, ref));
      default -> NULL;
    };
  }

  private static Value wrapText(byte[] owned) {
    return new Value(Tag.TEXT, owned.length, owned);
  }

  private static Value wrapBlob(byte[] owned) {
    return new Value(Tag.BLOB, owned.length, owned);
  }

  private static byte[] slice(long bits, byte[] ref) {
    int offset = Tag.offset(bits);
    return Arrays.copyOfRange(ref, offset, offset + Tag.length(bits));
  }

  /** One of the constants of {@link Tag}. */
  public int tag() {
    return tag;
  }

  public boolean isNull() {
    return tag == Tag.NULL;
  }

  /** The bits of the lane this value fills: see {@link Tag}. */
  public long bits() {
    return bits;
  }

  /** The array of the lane this value fills. It is not a copy: callers must not write to it. */
  public byte[] ref() {
    return bytes;
  }

  /** The value as an integer, converted as {@code CAST(… AS INTEGER)} does; 0 if NULL. */
  public long asLong() {
    return switch (tag) {
      case Tag.INTEGER -> bits;
      case Tag.REAL -> Numbers.toLong(Double.longBitsToDouble(bits));
      case Tag.TEXT, Tag.BLOB -> TextToNumber.prefixLong(bytes, 0, bytes.length);
      default -> 0;
    };
  }

  /** The value as a double, converted as {@code CAST(… AS REAL)} does; 0.0 if NULL. */
  public double asDouble() {
    return switch (tag) {
      case Tag.INTEGER -> (double) bits;
      case Tag.REAL -> Double.longBitsToDouble(bits);
      case Tag.TEXT, Tag.BLOB -> TextToNumber.prefixDouble(bytes, 0, bytes.length);
      default -> 0.0;
    };
  }

  /** The value as text, converted as {@code CAST(… AS TEXT)} does; null if NULL. */
  public @Nullable String asString() {
    return switch (tag) {
      case Tag.INTEGER -> Long.toString(bits);
      case Tag.REAL -> NumberToText.string(Double.longBitsToDouble(bits));
      case Tag.TEXT, Tag.BLOB -> new String(bytes, StandardCharsets.UTF_8);
      default -> null;
    };
  }

  /** The bytes of a blob or of a text's UTF-8 form, copied; of a number's text; null if NULL. */
  public byte @Nullable [] asBytes() {
    return switch (tag) {
      case Tag.INTEGER -> NumberToText.bytes(bits);
      case Tag.REAL -> NumberToText.bytes(Double.longBitsToDouble(bits));
      case Tag.TEXT, Tag.BLOB -> bytes.clone();
      default -> null;
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Value v
        && tag == v.tag
        && bits == v.bits
        && Arrays.equals(bytes, v.bytes);
  }

  @Override
  public int hashCode() {
    return (tag * 31 + Long.hashCode(bits)) * 31 + Arrays.hashCode(bytes);
  }

  /** As an SQL literal. */
  @Override
  public String toString() {
    return switch (tag) {
      case Tag.INTEGER, Tag.REAL -> String.valueOf(asString());
      case Tag.TEXT -> "'" + String.valueOf(asString()).replace("'", "''") + "'";
      case Tag.BLOB -> "x'" + HexFormat.of().formatHex(bytes) + "'";
      default -> "NULL";
    };
  }
}
