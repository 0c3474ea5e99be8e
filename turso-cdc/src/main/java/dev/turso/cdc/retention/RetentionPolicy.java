package dev.turso.cdc.retention;

import dev.turso.error.SqlException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long rows of the log are kept. Immutable.
 *
 * @param keepAge rows younger than this are kept; zero for no such wish
 * @param keepRows so many of the newest rows are kept; 0 for no such wish
 * @param limitAge rows older than this are removed even if a cursor has not seen them; null for none
 * @param limitRows rows beyond so many of the newest likewise; null for none
 * @param limitBytes the oldest rows likewise while the log has more bytes; null for none
 */
public record RetentionPolicy(
    Duration keepAge,
    long keepRows,
    @Nullable Duration limitAge,
    @Nullable Long limitRows,
    @Nullable Long limitBytes) {

  /** Rows go as soon as every cursor is past them. */
  public static final RetentionPolicy CURSORS =
      new RetentionPolicy(Duration.ZERO, 0, null, null, null);

  public RetentionPolicy keeping(Duration age, long rows) {
    return new RetentionPolicy(age, rows, limitAge, limitRows, limitBytes);
  }

  public RetentionPolicy limit(@Nullable Duration age, @Nullable Long rows) {
    return new RetentionPolicy(keepAge, keepRows, age, rows, limitBytes);
  }

  /** Limits the log to about so many bytes, whoever still waits for its changes. */
  public RetentionPolicy limitBytes(@Nullable Long bytes) {
    return new RetentionPolicy(keepAge, keepRows, limitAge, limitRows, bytes);
  }

  /**
   * Reads {@code keep_age=7d, keep_rows=100000, limit_age=30d, limit_rows=10000000, limit_bytes=2gb};
   * ages end in s, m, h or d, and bytes may end in kb, mb or gb. Each part may be missing.
   */
  public static RetentionPolicy parse(String text) {
    RetentionPolicy policy = CURSORS;
    for (String each : text.split(",")) {
      String part = each.strip();
      if (part.isEmpty() || part.equalsIgnoreCase("cursors")) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw unknown(part);
      }
      String value = part.substring(equals + 1).strip();
      policy =
          switch (part.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
            case "keep_age" -> policy.keeping(age(value), policy.keepRows);
            case "keep_rows" -> policy.keeping(policy.keepAge, rows(value));
            case "limit_age" -> policy.limit(age(value), policy.limitRows);
            case "limit_rows" -> policy.limit(policy.limitAge, rows(value));
            case "limit_bytes" -> policy.limitBytes(bytes(value));
            default -> throw unknown(part);
          };
    }
    return policy;
  }

  private static SqlException unknown(String part) {
    return new SqlException(
        "unknown retention '"
            + part
            + "': expected keep_age=, keep_rows=, limit_age=, limit_rows= or limit_bytes=, or off");
  }

  private static Duration age(String value) {
    long unit =
        switch (value.isEmpty() ? ' ' : value.charAt(value.length() - 1)) {
          case 's' -> 1;
          case 'm' -> 60;
          case 'h' -> 3600;
          case 'd' -> 86_400;
          default -> throw unknown(value);
        };
    return Duration.ofSeconds(rows(value.substring(0, value.length() - 1)) * unit);
  }

  private static long bytes(String value) {
    String text = value.toLowerCase(Locale.ROOT);
    int shift = text.endsWith("kb") ? 10 : text.endsWith("mb") ? 20 : text.endsWith("gb") ? 30 : 0;
    long number = rows(shift == 0 ? text : text.substring(0, text.length() - 2));
    if (number > Long.MAX_VALUE >> shift) {
      throw unknown(value);
    }
    return number << shift;
  }

  private static long rows(String value) {
    try {
      long rows = Long.parseLong(value.strip());
      if (rows >= 0) {
        return rows;
      }
    } catch (NumberFormatException e) {
      throw unknown(value);
    }
    throw unknown(value);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (!keepAge.isZero()) {
      parts.add("keep_age=" + keepAge.toSeconds() + "s");
    }
    if (keepRows > 0) {
      parts.add("keep_rows=" + keepRows);
    }
    if (limitAge != null) {
      parts.add("limit_age=" + limitAge.toSeconds() + "s");
    }
    if (limitRows != null) {
      parts.add("limit_rows=" + limitRows);
    }
    if (limitBytes != null) {
      parts.add("limit_bytes=" + limitBytes);
    }
    return parts.isEmpty() ? "cursors" : String.join(",", parts);
  }
}
