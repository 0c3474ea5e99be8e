package dev.turso.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;

/** A BLOB value in memory. Positions count from one, as JDBC has them. */
final class JdbcBlob implements Blob {

  private byte[] bytes;

  JdbcBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public byte[] getBytes(long pos, int length) throws SQLException {
    int from = offset(pos);
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
  }

  @Override
  public InputStream getBinaryStream() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream getBinaryStream(long pos, long length) throws SQLException {
    return new ByteArrayInputStream(getBytes(pos, (int) length));
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    for (int i = offset(start); i + pattern.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
        return i + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    return position(pattern.getBytes(1, (int) pattern.length()), start);
  }

  @Override
  public int setBytes(long pos, byte[] from) throws SQLException {
    return setBytes(pos, from, 0, from.length);
  }

  @Override
  public int setBytes(long pos, byte[] from, int offset, int length) throws SQLException {
    int at = offset(pos);
    byte[] grown = Arrays.copyOf(bytes, Math.max(bytes.length, at + length));
    System.arraycopy(from, offset, grown, at, length);
    bytes = grown;
    return length;
  }

  @Override
  public OutputStream setBinaryStream(long pos) throws SQLException {
    int at = offset(pos);
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        byte[] written = toByteArray();
        byte[] grown = Arrays.copyOf(bytes, Math.max(bytes.length, at + written.length));
        System.arraycopy(written, 0, grown, at, written.length);
        bytes = grown;
      }
    };
  }

  @Override
  public void truncate(long length) {
    bytes = Arrays.copyOf(bytes, (int) Math.min(length, bytes.length));
  }

  @Override
  public void free() {
    bytes = new byte[0];
  }

  private int offset(long pos) throws SQLException {
    if (pos < 1 || pos > bytes.length + 1L) {
      throw SqlErrors.misuse("position " + pos + " is outside the BLOB");
    }
    return (int) (pos - 1);
  }
}
