package dev.turso.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A TEXT value in memory, of any language. Positions count from one, as JDBC has them. */
final class JdbcClob implements NClob {

  /** Null once it is freed. */
  private @Nullable String text;

  JdbcClob(String text) {
    this.text = text;
  }

  @Override
  public long length() throws SQLException {
    return value().length();
  }

  @Override
  public String getSubString(long pos, int length) throws SQLException {
    int from = offset(pos);
    checkLength(length);
    return value().substring(from, (int) Math.min(value().length(), from + (long) length));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(value());
  }

  @Override
  public Reader getCharacterStream(long pos, long length) throws SQLException {
    checkLength(length);
    return new StringReader(getSubString(pos, (int) length));
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    return new ByteArrayInputStream(value().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(@Nullable String pattern, long start) throws SQLException {
    if (pattern == null) {
      throw SqlErrors.misuse("a search for nothing");
    }
    int found = value().indexOf(pattern, offset(start));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(@Nullable Clob pattern, long start) throws SQLException {
    return pattern == null
        ? position((String) null, start)
        : position(pattern.getSubString(1, (int) pattern.length()), start);
  }

  @Override
  public int setString(long pos, @Nullable String from) throws SQLException {
    return setString(pos, from, 0, from == null ? 0 : from.length());
  }

  @Override
  public int setString(long pos, @Nullable String from, int offset, int length)
      throws SQLException {
    if (from == null || offset < 0 || length < 0 || length > from.length() - offset) {
      throw SqlErrors.misuse("no such part of the text: " + offset + ", " + length);
    }
    int at = offset(pos);
    String old = value();
    int end = Math.min(old.length(), at + length);
    text = old.substring(0, at) + from.substring(offset, offset + length) + old.substring(end);
    return length;
  }

  @Override
  public OutputStream setAsciiStream(long pos) throws SQLException {
    offset(pos);
    return new ByteArrayOutputStream() {
      @Override
      public void close() throws IOException {
        try {
          setString(pos, toString(StandardCharsets.US_ASCII));
        } catch (SQLException e) {
          throw new IOException(e);
        }
      }
    };
  }

  @Override
  public Writer setCharacterStream(long pos) throws SQLException {
    int at = offset(pos);
    return new StringWriter() {
      @Override
      public void close() throws IOException {
        try {
          setString(at + 1L, toString());
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
    text = value().substring(0, (int) Math.min(length, value().length()));
  }

  @Override
  public void free() {
    text = null;
  }

  private static void checkLength(long length) throws SQLException {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw SqlErrors.misuse("no such length: " + length);
    }
  }

  private String value() throws SQLException {
    String value = text;
    if (value == null) {
      throw SqlErrors.misuse("the CLOB is freed");
    }
    return value;
  }

  private int offset(long pos) throws SQLException {
    if (pos < 1 || pos > value().length() + 1L) {
      throw SqlErrors.misuse("position " + pos + " is outside the CLOB");
    }
    return (int) (pos - 1);
  }
}
