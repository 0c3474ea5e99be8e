package dev.turso.cli.function;

import dev.turso.Rows;
import dev.turso.Statement;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-3 hash over queries and their rows, each value with its type and length before it. */
public final class RowHash {

  private final MessageDigest digest;

  /**
   * @param bits 224, 256, 384 or 512
   */
  public RowHash(int bits) {
    try {
      digest = MessageDigest.getInstance("SHA3-" + bits);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-3", e);
    }
  }

  void bytes(byte[] bytes) {
    digest.update(bytes);
  }

  /** Adds a query's text and its rows. */
  public void query(String text, Statement statement) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    sized('S', utf8);
    try (Rows rows = statement.query()) {
      while (rows.next()) {
        row(rows);
      }
    }
  }

  public byte[] result() {
    return digest.digest();
  }

  private void row(Rows rows) {
    digest.update((byte) 'R');
    for (int i = 0; i < rows.columnCount(); i++) {
      Value value = rows.get(i);
      byte[] bytes = value.asBytes();
      switch (value.tag()) {
        case Tag.NULL -> digest.update((byte) 'N');
        case Tag.INTEGER -> fixed('I', value.asLong());
        case Tag.REAL -> fixed('F', Double.doubleToRawLongBits(value.asDouble()));
        case Tag.TEXT -> sized('T', bytes == null ? new byte[0] : bytes);
        default -> sized('B', bytes == null ? new byte[0] : bytes);
      }
    }
  }

  private void fixed(char kind, long bits) {
    digest.update((byte) kind);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bits).array());
  }

  private void sized(char kind, byte[] bytes) {
    digest.update((kind + Integer.toString(bytes.length) + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
