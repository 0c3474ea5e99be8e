package dev.turso.value;

/**
 * The storage class of a value in a lane: what the bits and the reference beside it mean.
 *
 * <p>A value on the engine's hot paths is three things side by side, never a boxed object:
 *
 * <pre>
 *   tag      bits (long)                     ref (byte[])
 *   NULL     meaningless                     meaningless
 *   INTEGER  the 64-bit integer              meaningless
 *   REAL     Double.doubleToRawLongBits      meaningless
 *   TEXT     offset &lt;&lt; 32 | byte length     the array that holds the UTF-8 bytes
 *   BLOB     offset &lt;&lt; 32 | byte length     the array that holds the bytes
 * </pre>
 *
 * <p>The numbers order storage classes as SQLite sorts them, INTEGER and REAL being one class there
 * (<a href="https://www.sqlite.org/datatype3.html#sort_order">Datatypes, 4.1</a>).
 */
public final class Tag {

  public static final int NULL = 0;
  public static final int INTEGER = 1;
  public static final int REAL = 2;
  public static final int TEXT = 3;
  public static final int BLOB = 4;

  private Tag() {}

  /** The bits of a slice of {@code length} bytes that starts at {@code offset}. */
  public static long slice(int offset, int length) {
    return (long) offset << 32 | length;
  }

  /** Where a slice starts in its array. */
  public static int offset(long bits) {
    return (int) (bits >>> 32);
  }

  /** How many bytes a slice has. */
  public static int length(long bits) {
    return (int) bits;
  }
}
