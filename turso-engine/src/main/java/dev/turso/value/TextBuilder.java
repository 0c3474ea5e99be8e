package dev.turso.value;

import java.util.Arrays;

/** Bytes that grow: for making texts and blobs. Used by one thread at a time. */
public final class TextBuilder {

  private byte[] bytes;
  private int length;

  public TextBuilder() {
    this(32);
  }

  /**
   * @param expected how many bytes there will be, if the guess is good
   */
  public TextBuilder(int expected) {
    bytes = new byte[Math.max(expected, 8)];
  }

  public int length() {
    return length;
  }

  public TextBuilder append(int oneByte) {
    if (length == bytes.length) {
      reserve(1);
    }
    bytes[length++] = (byte) oneByte;
    return this;
  }

  public TextBuilder append(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return this;
  }

  public TextBuilder append(byte[] source) {
    return append(source, 0, source.length);
  }

  /** Appends characters that are ASCII, all of them. */
  public TextBuilder append(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Appends the same byte {@code count} times; nothing if that is not positive. */
  public TextBuilder repeat(int oneByte, long count) {
    if (count > 0) {
      reserve(count);
      Arrays.fill(bytes, length, length + (int) count, (byte) oneByte);
      length += (int) count;
    }
    return this;
  }

  public TextBuilder append(long number) {
    reserve(NumberToText.MAX_LENGTH);
    length += NumberToText.write(number, bytes, length);
    return this;
  }

  public TextBuilder append(double number) {
    reserve(NumberToText.MAX_LENGTH);
    length += NumberToText.write(number, bytes, length);
    return this;
  }

  /** Appends a number of at least {@code digits} digits, with zeros in front. */
  public TextBuilder appendPadded(long number, int digits) {
    if (number < 0) {
      append('-');
      return appendPadded(-number, digits);
    }
    repeat('0', digits - NumberToText.length(number));
    return append(number);
  }

  public TextBuilder appendCodePoint(int codePoint) {
    reserve(4);
    length = Utf8.write(codePoint, bytes, length);
    return this;
  }

  /** Appends a value as text; a NULL appends nothing. */
  public TextBuilder append(Register value) {
    switch (value.tag) {
      case Tag.INTEGER -> append(value.bits);
      case Tag.REAL -> append(value.real());
      case Tag.TEXT, Tag.BLOB -> append(value.ref, value.offset(), value.length());
      default -> {}
    }
    return this;
  }

  /** Cuts the bytes off from {@code newLength} on. */
  public void truncate(int newLength) {
    length = Math.min(length, newLength);
  }

  /** The bytes so far, copied. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Makes a register a TEXT of the bytes so far; this builder must not be used afterwards. */
  public void moveTo(Register result) {
    result.setText(bytes, 0, length);
  }

  private void reserve(long more) {
    long needed = length + more;
    if (needed > bytes.length) {
      long wanted = Math.max(needed, Math.min(bytes.length * 2L, Arithmetic.MAX_LENGTH));
      byte[] grown = Allocation.bytes(wanted);
      System.arraycopy(bytes, 0, grown, 0, length);
      bytes = grown;
    }
  }
}
