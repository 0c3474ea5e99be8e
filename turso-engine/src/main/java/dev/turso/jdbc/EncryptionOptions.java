package dev.turso.jdbc;

import dev.turso.cipher.EncryptionKey;
import dev.turso.error.KeyException;
import dev.turso.error.ResultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key that connection options give. */
final class EncryptionOptions {

  private static final String MASK = "***";

  private EncryptionOptions() {}

  /** Null if the options say nothing of a key. */
  static @Nullable EncryptionKey key(Map<String, String> options) {
    String cipher = options.get(ConnectionOption.CIPHER.key);
    String hex = options.get(ConnectionOption.HEXKEY.key);
    String file = options.get(ConnectionOption.HEXKEY_FILE.key);
    if (hex != null && file != null) {
      throw new KeyException(ResultCode.AUTH, "both hexkey and hexkey_file were given");
    }
    if (file != null) {
      hex = read(file);
    }
    if (hex == null) {
      if (cipher != null) {
        throw new KeyException(ResultCode.AUTH, "a cipher was given without a hexkey");
      }
      return null;
    }
    return EncryptionKey.ofHex(cipher, hex);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new KeyException(ResultCode.AUTH, "cannot read the key file " + file);
    }
  }

  /** A URL that may be shown: the value of {@code hexkey} is not. */
  static String masked(String url) {
    StringBuilder shown = new StringBuilder();
    int from = 0;
    String name = ConnectionOption.HEXKEY.key + "=";
    for (int at = url.indexOf(name); at >= 0; at = url.indexOf(name, from)) {
      shown.append(url, from, at + name.length());
      from = at + name.length();
      while (from < url.length() && url.charAt(from) != '&' && url.charAt(from) != '#') {
        from++;
      }
      shown.append(MASK);
    }
    return shown.append(url, from, url.length()).toString();
  }
}
