package dev.turso.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A mutable holder of one value: a lane as an object.
 *
 * <p>The three fields are those of {@link Tag}; hot code reads and writes them directly, {@link
 * #tag} always first: bits and reference are stale under a NULL. A TEXT or BLOB may be a slice of
 * somebody else's array (a page, a record); {@link #keep()} makes it this register's own.
 *
 * <p>Used by one thread at a time.
 */
public final class Register {

  private static final byte[] NO_BYTES = {};

  /** One of the constants of {@link Tag}. */
  public int tag;

  /** The number, or offset and length of the slice. */
  public long bits;

  /** The array that holds the slice. */
  public byte[] ref = NO_BYTES;

  /**
   * A mark that a function leaves on its result for the function that takes it as an argument, 0 if
   * none. The JSON functions tell JSON from text by it. Setters clear it.
   */
  public int subtype;

  public boolean isNull() {
    return tag == Tag.NULL;
  }

  /** The bits as an integer; only an INTEGER has one. */
  public long integer() {
    assert tag == Tag.INTEGER;
    return bits;
  }

  /** The bits as a double; only a REAL has one. */
  public double real() {
    assert tag == Tag.REAL;
    return Double.longBitsToDouble(bits);
  }

  /** Where the slice starts; only of a TEXT or BLOB. */
  public int offset() {
    assert tag >= Tag.TEXT;
    return (int) (bits >>> 32);
  }

  /** How many bytes the slice has; only of a TEXT or BLOB. */
  public int length() {
    assert tag >= Tag.TEXT;
    return (int) bits;
  }

  public void setNull() {
    tag = Tag.NULL;
    subtype = 0;
  }

  public void setInteger(long value) {
    tag = Tag.INTEGER;
    bits = value;
    subtype = 0;
  }

  /** 1 or 0. */
  public void setBoolean(boolean value) {
    setInteger(value ? 1 : 0);
  }

  /** A REAL, or NULL if {@code value} is not a number. */
  public void setReal(double value) {
    tag = Double.isNaN(value) ? Tag.NULL : Tag.REAL;
    bits = Double.doubleToRawLongBits(value);
    subtype = 0;
  }

  /** A text; the array is not copied. */
  public void setText(byte[] utf8) {
    set(Tag.TEXT, utf8.length, utf8);
  }

  /** A slice as text; the array is not copied. */
  public void setText(byte[] ref, int offset, int length) {
    set(Tag.TEXT, Tag.slice(offset, length), ref);
  }

  public void setText(String text) {
    setText(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A blob; the array is not copied. */
  public void setBlob(byte[] bytes) {
    set(Tag.BLOB, bytes.length, bytes);
  }

  /** A slice as blob; the array is not copied. */
  public void setBlob(byte[] ref, int offset, int length) {
    set(Tag.BLOB, Tag.slice(offset, length), ref);
  }

  public void set(int tag, long bits, byte[] ref) {
    this.tag = tag;
    this.bits = bits;
    this.ref = ref;
    this.subtype = 0;
  }

  public void set(Value value) {
    set(value.tag(), value.bits(), value.ref());
  }

  /** Takes the other's value; a slice is shared, not copied. */
  public void copyFrom(Register other) {
    tag = other.tag;
    bits = other.bits;
    ref = other.ref;
    subtype = other.subtype;
  }

  /**
   * Copies a slice into bytes of this register's own, so that it outlives the page it came from.
   */
  public void keep() {
    if (tag >= Tag.TEXT) {
      int offset = offset();
      int length = length();
      ref = Arrays.copyOfRange(ref, offset, offset + length);
      bits = length;
    }
  }

  /** The value as an integer, converted as {@code CAST(… AS INTEGER)} does; 0 if NULL. */
  public long asLong() {
    return switch (tag) {
      case Tag.INTEGER -> bits;
      case Tag.REAL -> Numbers.toLong(Double.longBitsToDouble(bits));
      case Tag.TEXT, Tag.BLOB -> TextToNumber.prefixLong(ref, offset(), length());
      default -> 0;
    };
  }

  /** The value as a double, converted as {@code CAST(… AS REAL)} does; 0.0 if NULL. */
  public double asDouble() {
    return switch (tag) {
      case Tag.INTEGER -> (double) bits;
      case Tag.REAL -> Double.longBitsToDouble(bits);
      case Tag.TEXT, Tag.BLOB -> TextToNumber.prefixDouble(ref, offset(), length());
      default -> 0.0;
    };
  }

  /** The value as text, converted as {@code CAST(… AS TEXT)} does; the empty string if NULL. */
  public String asString() {
    return switch (tag) {
      case Tag.INTEGER -> Long.toString(bits);
      case Tag.REAL -> NumberToText.string(Double.longBitsToDouble(bits));
      case Tag.TEXT, Tag.BLOB -> new String(ref, offset(), length(), StandardCharsets.UTF_8);
      default -> "";
    };
  }

  /** A copy of the bytes of a blob or text, or of a number's text; empty if NULL. */
  public byte[] asBytes() {
    return switch (tag) {
      case Tag.INTEGER -> NumberToText.bytes(bits);
      case Tag.REAL -> NumberToText.bytes(Double.longBitsToDouble(bits));
      case Tag.TEXT, Tag.BLOB -> Arrays.copyOfRange(ref, offset(), offset() + length());
      default -> NO_BYTES;
    };
  }

  /** A number becomes its text; NULL, TEXT and BLOB stay. Afterwards a slice can be read. */
  public void textify() {
    if (tag == Tag.INTEGER) {
      setText(NumberToText.bytes(bits));
    } else if (tag == Tag.REAL) {
      setText(NumberToText.bytes(Double.longBitsToDouble(bits)));
    }
  }

  /** An immutable copy. */
  public Value toValue() {
    return Value.of(tag, bits, ref);
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
