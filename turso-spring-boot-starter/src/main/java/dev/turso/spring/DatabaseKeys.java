package dev.turso.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.cipher.EncryptionKey;
import dev.turso.jdbc.TursoDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Brings the keys of {@code turso.encryption.*} to those who open files. A pool gets a data source that
 * holds the key, as what stands in a JDBC URL or in a pool's properties is logged.
 */
public final class DatabaseKeys {

  private static final String NONE = "none";

  private DatabaseKeys() {}

  /** What a further database is encrypted with: as its own properties say, or as the primary one. */
  public static TursoProperties.Encryption effective(
      TursoProperties.Named named, TursoProperties properties) {
    TursoProperties.Encryption own = named.getEncryption();
    boolean given = own.getCipher() != null || own.getKey() != null || own.getKeyFile() != null;
    return given ? own : properties.getEncryption();
  }

  /** The key that properties give, null if they give none. */
  public static @Nullable EncryptionKey of(TursoProperties.Encryption encryption) {
    String hex = hex(encryption);
    String cipher = encryption.getCipher();
    if (NONE.equalsIgnoreCase(cipher)) {
      return null;
    }
    if (hex == null) {
      if (cipher != null) {
        throw new IllegalStateException(
            "turso.encryption.cipher is set, and neither turso.encryption.key nor"
                + " turso.encryption.key-file");
      }
      return null;
    }
    return EncryptionKey.ofHex(cipher, hex);
  }

  private static @Nullable String hex(TursoProperties.Encryption encryption) {
    Path file = encryption.getKeyFile();
    String key = encryption.getKey();
    if (file == null) {
      return key == null || key.isBlank() ? null : key;
    }
    if (key != null) {
      throw new IllegalStateException(
          "both turso.encryption.key and turso.encryption.key-file are set");
    }
    try {
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("turso.encryption.key-file cannot be read: " + file, e);
    }
  }

  /** Has a pool open the database of its URL with the key that properties give. */
  public static void give(HikariDataSource pool, TursoProperties.Encryption encryption) {
    String hex = hex(encryption);
    if (of(encryption) == null || hex == null) {
      return;
    }
    Properties options = new Properties();
    options.setProperty("hexkey", hex.strip());
    pool.setDataSource(new TursoDataSource(pool.getJdbcUrl(), options));
  }
}
