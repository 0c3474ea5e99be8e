package dev.turso.jdbc;

import java.sql.DriverPropertyInfo;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a URL's query or in the connection properties.
 *
 * <p>Most are pragmas that the driver runs on each new connection, before anything else.
 */
enum ConnectionOption {
  JOURNAL_MODE(
      "journal_mode",
      "wal, delete, truncate, persist, memory or off",
      true,
      "wal delete truncate persist memory off"),
  SYNCHRONOUS("synchronous", "off, normal, full or extra", true, "off normal full extra 0 1 2 3"),
  BUSY_TIMEOUT("busy_timeout", "milliseconds to wait for a lock", true, Values.NUMBER),
  FOREIGN_KEYS("foreign_keys", "on or off", true, Values.SWITCH),
  RECURSIVE_TRIGGERS("recursive_triggers", "on or off", true, Values.SWITCH),
  CACHE_SIZE("cache_size", "pages, or kibibytes when negative", true, Values.NUMBER),
  PAGE_SIZE("page_size", "512 to 65536, for a new file", true, Values.NUMBER),
  TEMP_STORE("temp_store", "default, file or memory", true, "default file memory 0 1 2"),
  WAL_AUTOCHECKPOINT("wal_autocheckpoint", "frames between checkpoints", true, Values.NUMBER),
  CAPTURE(
      "capture_data_changes_conn",
      "off, id, before, after or full, with an optional table",
      true,
      Values.CHECKED_LATER),
  CIPHER("cipher", "aes128gcm or aes256gcm, of an encrypted file", false, Values.CHECKED_LATER),
  HEXKEY("hexkey", "the key of an encrypted file, in hexadecimal", false, Values.CHECKED_LATER),
  HEXKEY_FILE(
      "hexkey_file", "a file that holds the key, in hexadecimal", false, Values.CHECKED_LATER),
  TRANSACTION(
      "transaction",
      "how transactions begin: auto (default), deferred or immediate",
      false,
      "auto deferred immediate"),
  DATE_FORMAT(
      "date_format", "how dates are written: text (default) or millis", false, "text millis");

  /** What an option may be set to, other than words of its own. */
  private static final class Values {
    static final String SWITCH = "on off true false yes no 1 0";
    static final String NUMBER = "number";
    static final String CHECKED_LATER = "";
  }

  final String key;
  final String description;
  final boolean pragma;
  private final String values;

  ConnectionOption(String key, String description, boolean pragma, String values) {
    this.key = key;
    this.description = description;
    this.pragma = pragma;
    this.values = values;
  }

  /** Whether the option can be set to a value; a pragma itself would pass over what it does not know. */
  boolean accepts(String value) {
    if (values.equals(Values.CHECKED_LATER)) {
      return true;
    }
    if (values.equals(Values.NUMBER)) {
      try {
        Integer.parseInt(value);
        return true;
      } catch (NumberFormatException e) {
        return false;
      }
    }
    return List.of(values.split(" ")).contains(value.toLowerCase(Locale.ROOT));
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
    if (values.indexOf(' ') > 0) {
      info.choices = values.split(" ");
    }
    return info;
  }
}
