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
 * Brings the keys of {@code turso.encryption.*}, or of the URL, to those who open files. A pool gets a data source that
 * holds the key, as what stands in a JDBC URL or in a pool's properties is logged.
 */
public final class DatabaseKeys {

  private static final String NONE = "none";

  private DatabaseKeys() {}

  /** What a further database is encrypted with: as its own URL or properties say, or as the primary one. */
  public static TursoProperties.Encryption effective(
      TursoProperties.Named named, TursoProperties properties) {
    TursoProperties.Encryption own = named.getEncryption();
    String url = named.getUrl();
    boolean given =
        own.getCipher() != null
            || own.getKey() != null
            || own.getKeyFile() != null
            || url != null && !UrlKey.in(url).isEmpty();
    return given ? own : properties.getEncryption();
  }

  /** The key that a URL or properties give, null if neither does. */
  public static @Nullable EncryptionKey of(
      TursoConnectionDetails details, TursoProperties.Encryption encryption) {
    Properties options = options(details, encryption);
    String hex = options.getProperty(UrlKey.HEXKEY);
    return hex == null ? null : EncryptionKey.ofHex(options.getProperty(UrlKey.CIPHER), hex);
  }

  /** The driver's options for it; none without a key. */
  private static Properties options(
      TursoConnectionDetails details, TursoProperties.Encryption encryption) {
    Properties options = UrlKey.in(details.jdbcUrl());
    String cipher = options.getProperty(UrlKey.CIPHER, encryption.getCipher());
    String hex = NONE.equalsIgnoreCase(cipher) ? null : hex(encryption);
    String inUrl = options.getProperty(UrlKey.HEXKEY);
    String fileInUrl = options.getProperty(UrlKey.HEXKEY_FILE);
    if (inUrl != null || fileInUrl != null) {
      if (hex != null || inUrl != null && fileInUrl != null) {
        throw new IllegalStateException("the database's key is given twice, also in its URL");
      }
      hex = fileInUrl == null ? inUrl : read("hexkey_file", Path.of(fileInUrl));
    }
    options.clear();
    if (hex != null) {
      options.setProperty(UrlKey.HEXKEY, hex.strip());
    } else if (cipher != null && !NONE.equalsIgnoreCase(cipher)) {
      throw new IllegalStateException(
          "turso.encryption.cipher is set, and neither turso.encryption.key nor"
              + " turso.encryption.key-file");
    }
    if (hex != null && cipher != null) {
      options.setProperty(UrlKey.CIPHER, cipher);
    }
    return options;
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
    return read("turso.encryption.key-file", file);
  }

  private static String read(String setting, Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(setting + " cannot be read: " + file, e);
    }
  }

  /** Has a pool open the database with the key that its URL or properties give. */
  public static void give(
      HikariDataSource pool,
      TursoConnectionDetails details,
      TursoProperties.Encryption encryption) {
    Properties options = options(details, encryption);
    if (!options.isEmpty()) {
      pool.setDataSource(new TursoDataSource(details.getJdbcUrl(), options));
    }
  }
}
