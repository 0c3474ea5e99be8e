package dev.turso.session;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.pager.PagerOptions;
import dev.turso.schema.Names;
import dev.turso.vfs.OpenMode;

/**
 * What the query of a {@code file:} URI asks for. As in SQLite a parameter that means nothing is
 * passed over; one that means something which is not done here is refused by name.
 *
 * @param options those given, narrowed
 * @param memory whether there is no file
 * @param sharedCache whether a database in memory is that of all connections to its name
 * @param encryption the key that the URI has, if any
 * @see <a href="https://www.sqlite.org/uri.html#recognized_query_parameters">URI parameters</a>
 */
record UriParameters(
    PagerOptions options, boolean memory, boolean sharedCache, KeyParameters encryption) {

  static UriParameters of(String query, PagerOptions given) {
    UriParameters parsed = new UriParameters(given, false, false, KeyParameters.NONE);
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      String name = DatabaseLocation.decoded(equals < 0 ? each : each.substring(0, equals));
      String value = equals < 0 ? "" : DatabaseLocation.decoded(each.substring(equals + 1));
      parsed = parsed.with(name, value);
    }
    return parsed;
  }

  private UriParameters with(String name, String value) {
    return switch (name) {
      case "mode" -> withMode(value);
      case "cache" -> withCache(value);
      case "immutable" ->
          isOn(value)
              ? new UriParameters(options.withImmutable(true), memory, sharedCache, encryption)
              : this;
      case "cipher", "hexkey", "integrity" ->
          new UriParameters(options, memory, sharedCache, encryption.with(name, value));
      case "nolock", "modeof", "vfs" -> {
        if (name.equals("nolock") && !isOn(value)) {
          yield this;
        }
        throw SqlException.unsupported("URI parameter " + name);
      }
      default -> this;
    };
  }

  private UriParameters withMode(String mode) {
    OpenMode allowed = options.mode();
    return switch (mode) {
      case "ro" -> opened(OpenMode.READ_ONLY);
      case "rw" -> {
        if (allowed == OpenMode.READ_ONLY) {
          throw notAllowed(mode);
        }
        yield opened(OpenMode.READ_WRITE);
      }
      case "rwc" -> {
        if (allowed != OpenMode.CREATE) {
          throw notAllowed(mode);
        }
        yield this;
      }
      case "memory" -> new UriParameters(options, true, sharedCache, encryption);
      default -> throw new SqlException(ResultCode.ERROR, "no such access mode: " + mode, -1);
    };
  }

  private static SqlException notAllowed(String mode) {
    return new SqlException(ResultCode.PERM, "access mode not allowed: " + mode, -1);
  }

  private UriParameters opened(OpenMode mode) {
    return new UriParameters(options.withMode(mode), memory, sharedCache, encryption);
  }

  private UriParameters withCache(String cache) {
    return switch (cache) {
      case "shared" -> new UriParameters(options, memory, true, encryption);
      case "private" -> new UriParameters(options, memory, false, encryption);
      default -> throw new SqlException(ResultCode.ERROR, "no such cache mode: " + cache, -1);
    };
  }

  private static boolean isOn(String value) {
    return Names.same(value, "on")
        || Names.same(value, "yes")
        || Names.same(value, "true")
        || !value.isEmpty() && value.chars().allMatch(Character::isDigit) && !value.matches("0*");
  }
}
