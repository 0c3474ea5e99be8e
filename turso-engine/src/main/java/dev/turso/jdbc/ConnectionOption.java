package dev.turso.jdbc;

import java.sql.DriverPropertyInfo;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a URL's query or in the connection properties.
 *
 * <p>Most are pragmas that the driver runs on each new connection, before anything else.
 */
enum ConnectionOption {
  JOURNAL_MODE("journal_mode", "wal, delete, truncate, persist, memory or off", true),
  SYNCHRONOUS("synchronous", "off, normal, full or extra", true),
  BUSY_TIMEOUT("busy_timeout", "milliseconds to wait for a lock", true),
  FOREIGN_KEYS("foreign_keys", "on or off", true),
  RECURSIVE_TRIGGERS("recursive_triggers", "on or off", true),
  CACHE_SIZE("cache_size", "pages, or kibibytes when negative", true),
  PAGE_SIZE("page_size", "512 to 65536, for a new file", true),
  TEMP_STORE("temp_store", "default, file or memory", true),
  WAL_AUTOCHECKPOINT("wal_autocheckpoint", "frames between checkpoints", true),
  CAPTURE(
      "capture_data_changes_conn", "off, id, before, after or full, with an optional table", true),
  CIPHER("cipher", "aes128gcm or aes256gcm, of an encrypted file", false),
  HEXKEY("hexkey", "the key of an encrypted file, in hexadecimal", false),
  HEXKEY_FILE("hexkey_file", "a file that holds the key, in hexadecimal", false),
  TRANSACTION(
      "transaction", "how transactions begin: auto (default), deferred or immediate", false),
  DATE_FORMAT("date_format", "how dates are written: text (default) or millis", false);

  final String key;
  final String description;
  final boolean pragma;

  ConnectionOption(String key, String description, boolean pragma) {
    this.key = key;
    this.description = description;
    this.pragma = pragma;
  }

  static @Nullable ConnectionOption named(String name) {
    for (ConnectionOption option : values()) {
      if (option.key.equals(name)) {
        return option;
      }
    }
    return null;
  }

  static String names() {
    StringBuilder names = new StringBuilder();
    for (ConnectionOption option : values()) {
      names.append(names.isEmpty() ? "" : ", ").append(option.key);
    }
    return names.toString();
  }

  DriverPropertyInfo info() {
    DriverPropertyInfo info = new DriverPropertyInfo(key, null);
    info.description = description;
    return info;
  }
}
