package dev.turso.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers in byte arrays, as every structure of the file keeps them. */
public final class Bytes {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  /** An unsigned 16-bit number. */
  public static int u16(byte[] a, int at) {
    return (short) SHORT.get(a, at) & 0xffff;
  }

  /** A signed 16-bit number. */
  public static int i16(byte[] a, int at) {
    return (short) SHORT.get(a, at);
  }

  /** A signed 32-bit number; page numbers that turn out negative are damage. */
  public static int i32(byte[] a, int at) {
    return (int) INT.get(a, at);
  }

  /** A signed 64-bit number. */
  public static long i64(byte[] a, int at) {
    return (long) LONG.get(a, at);
  }

  /** A signed 24-bit number. */
  public static int i24(byte[] a, int at) {
    return a[at] << 16 | u16(a, at + 1);
  }

  /** A signed 48-bit number. */
  public static long i48(byte[] a, int at) {
    return (long) i16(a, at) << 32 | i32(a, at + 2) & 0xffff_ffffL;
  }

  /** Writes the low 16 bits. */
  public static void put16(byte[] a, int at, int value) {
    SHORT.set(a, at, (short) value);
  }

  /** Writes 32 bits. */
  public static void put32(byte[] a, int at, int value) {
    INT.set(a, at, value);
  }

  /** Writes 64 bits. */
  public static void put64(byte[] a, int at, long value) {
    LONG.set(a, at, value);
  }
}
