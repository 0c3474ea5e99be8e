package dev.turso.jdbc;

import java.io.ByteArrayInputStream;
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

/** A TEXT value in memory, of any language. Positions count from one, as JDBC has them. */
final class JdbcClob implements NClob {

  private String text;

  JdbcClob(String text) {
    this.text = text;
  }

  @Override
  public long length() {
    return text.length();
  }

  @Override
  public String getSubString(long pos, int length) throws SQLException {
    int from = offset(pos);
    return text.substring(from, Math.min(text.length(), from + length));
  }

  @Override
  public Reader getCharacterStream() {
    return new StringReader(text);
  }

  @Override
  public Reader getCharacterStream(long pos, long length) throws SQLException {
    return new StringReader(getSubString(pos, (int) length));
  }

  @Override
  public InputStream getAsciiStream() {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(String pattern, long start) throws SQLException {
    int found = text.indexOf(pattern, offset(start));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob pattern, long start) throws SQLException {
    return position(pattern.getSubString(1, (int) pattern.length()), start);
  }

  @Override
  public int setString(long pos, String from) throws SQLException {
    return setString(pos, from, 0, from.length());
  }

  @Override
  public int setString(long pos, String from, int offset, int length) throws SQLException {
    int at = offset(pos);
    int end = Math.min(text.length(), at + length);
    text = text.substring(0, at) + from.substring(offset, offset + length) + text.substring(end);
    return length;
  }

  @Override
  public OutputStream setAsciiStream(long pos) throws SQLException {
    throw Unsupported.call("setAsciiStream");
  }

  @Override
  public Writer setCharacterStream(long pos) throws SQLException {
    int at = offset(pos);
    return new StringWriter() {
      @Override
      public void close() {
        String written = toString();
        int end = Math.min(text.length(), at + written.length());
        text = text.substring(0, at) + written + text.substring(end);
      }
    };
  }

  @Override
  public void truncate(long length) {
    text = text.substring(0, (int) Math.min(length, text.length()));
  }

  @Override
  public void free() {
    text = "";
  }

  private int offset(long pos) throws SQLException {
    if (pos < 1 || pos > text.length() + 1L) {
      throw SqlErrors.misuse("position " + pos + " is outside the CLOB");
    }
    return (int) (pos - 1);
  }
}
