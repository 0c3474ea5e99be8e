package dev.turso.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A BLOB value in memory. Positions count from one, as JDBC has them. */
final class JdbcBlob implements Blob {

  /** Null once it is freed. */
  private byte @Nullable [] bytes;

  JdbcBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() throws SQLException {
    return value().length;
  }

  @Override
  public byte[] getBytes(long pos, int length) throws SQLException {
    int from = offset(pos);
    checkLength(length);
    return Arrays.copyOfRange(value(), from, (int) Math.min(value().length, from + (long) length));
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(value());
  }

  @Override
  public InputStream getBinaryStream(long pos, long length) throws SQLException {
    checkLength(length);
    return new ByteArrayInputStream(getBytes(pos, (int) length));
  }

  @Override
  public long position(byte @Nullable [] pattern, long start) throws SQLException {
    if (pattern == null) {
      throw SqlErrors.misuse("a search for nothing");
    }
    for (int i = offset(start); i + pattern.length <= value().length; i++) {
      if (Arrays.equals(value(), i, i + pattern.length, pattern, 0, pattern.length)) {
        return i + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(@Nullable Blob pattern, long start) throws SQLException {
    return pattern == null
        ? position((byte[]) null, start)
        : position(pattern.getBytes(1, (int) pattern.length()), start);
  }

  @Override
  public int setBytes(long pos, byte @Nullable [] from) throws SQLException {
    return setBytes(pos, from, 0, from == null ? 0 : from.length);
  }

  @Override
  public int setBytes(long pos, byte @Nullable [] from, int offset, int length)
      throws SQLException {
    if (from == null || offset < 0 || length < 0 || length > from.length - offset) {
      throw SqlErrors.misuse("no such part of the bytes: " + offset + ", " + length);
    }
    int at = offset(pos);
    byte[] grown = Arrays.copyOf(value(), Math.max(value().length, at + length));
    System.arraycopy(from, offset, grown, at, length);
    bytes = grown;
    return length;
  }

  @Override
  public OutputStream setBinaryStream(long pos) throws SQLException {
    int at = offset(pos);
    return new ByteArrayOutputStream() {
      @Override
      public void close() throws IOException {
        try {
          setBytes(at + 1L, toByteArray());
        } catch (SQLException e) {
          throw new IOException(e);
        }
      }
    };
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.misuse("a negative length");
    }
    bytes = Arrays.copyOf(value(), (int) Math.min(length, value().length));
  }

  @Override
  public void free() {
    bytes = null;
  }

  private static void checkLength(long length) throws SQLException {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw SqlErrors.misuse("no such length: " + length);
    }
  }

  private byte[] value() throws SQLException {
    byte[] value = bytes;
    if (value == null) {
      throw SqlErrors.misuse("the BLOB is freed");
    }
    return value;
  }

  private int offset(long pos) throws SQLException {
    if (pos < 1 || pos > value().length + 1L) {
      throw SqlErrors.misuse("position " + pos + " is outside the BLOB");
    }
    return (int) (pos - 1);
  }
}
