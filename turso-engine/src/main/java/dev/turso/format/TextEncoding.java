package dev.turso.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a database stores its texts: the number at offset 56 of its header.
 *
 * <p>In memory a text is always UTF-8; records of the two other encodings are converted as they are
 * read and written.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#enc">File format, 1.3.13</a>
 */
public enum TextEncoding {
  UTF_8(1, StandardCharsets.UTF_8),
  UTF_16LE(2, StandardCharsets.UTF_16LE),
  UTF_16BE(3, StandardCharsets.UTF_16BE);

  private final int code;
  private final Charset charset;

  TextEncoding(int code, Charset charset) {
    this.code = code;
    this.charset = charset;
  }

  /** The number in the database header. */
  public int code() {
    return code;
  }

  /** The encoding of a header's number; 0, an empty database, is UTF-8. */
  public static TextEncoding of(int code) {
    return switch (code) {
      case 0, 1 -> UTF_8;
      case 2 -> UTF_16LE;
      case 3 -> UTF_16BE;
      default -> throw Malformed.file();
    };
  }

  /** The UTF-8 form of a stored text, in a new array. */
  public byte[] toUtf8(byte[] stored, int offset, int length) {
    return new String(stored, offset, length, charset).getBytes(StandardCharsets.UTF_8);
  }

  /** The stored form of a UTF-8 text, in a new array. */
  public byte[] fromUtf8(byte[] utf8, int offset, int length) {
    return new String(utf8, offset, length, StandardCharsets.UTF_8).getBytes(charset);
  }
}
