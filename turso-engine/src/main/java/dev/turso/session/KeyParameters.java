package dev.turso.session;

import dev.turso.cipher.EncryptionKey;
import dev.turso.error.KeyException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import org.jspecify.annotations.Nullable;

/**
 * What {@code cipher} and {@code hexkey} say together, in a URI or in pragmas. Shows no key.
 *
 * @param cipher its name, null if nothing was said
 * @param hex the key in hexadecimal, null if nothing was said
 */
record KeyParameters(@Nullable String cipher, @Nullable String hex) {

  static final KeyParameters NONE = new KeyParameters(null, null);

  /** The cipher of a file that is not encrypted. */
  private static final String PLAIN = "none";

  /** With one more parameter. */
  KeyParameters with(String name, String value) {
    return switch (name) {
      case "cipher" -> new KeyParameters(value, hex);
      case "hexkey" -> new KeyParameters(cipher, value);
      case "integrity" -> {
        if (Names.same(value, "page")) {
          yield this;
        }
        throw SqlException.unsupported("integrity=" + value);
      }
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Whether anything was said: also that there is no key. */
  boolean isGiven() {
    return cipher != null || hex != null;
  }

  /** The key, null if the file is to be plain. */
  @Nullable EncryptionKey key() {
    boolean plain = cipher == null ? hex == null || hex.isEmpty() : Names.same(cipher, PLAIN);
    if (plain) {
      if (hex != null && !hex.isEmpty()) {
        throw new KeyException(ResultCode.AUTH, "a hexkey was given with cipher=none");
      }
      return null;
    }
    if (hex == null || hex.isEmpty()) {
      throw new KeyException(ResultCode.AUTH, "a cipher was given without a hexkey");
    }
    return EncryptionKey.ofHex(cipher, hex);
  }

  @Override
  public String toString() {
    return "KeyParameters[cipher=" + cipher + "]";
  }
}
