package dev.turso.cdc.capture;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much of a changed row the log keeps. */
enum CaptureMode {
  OFF,
  ID,
  BEFORE,
  AFTER,
  FULL;

  boolean keepsBefore() {
    return this == BEFORE || this == FULL;
  }

  boolean keepsAfter() {
    return this == AFTER || this == FULL;
  }

  boolean keepsUpdates() {
    return this == FULL;
  }

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable CaptureMode named(String name) {
    for (CaptureMode mode : values()) {
      if (mode.name().equalsIgnoreCase(name)) {
        return mode;
      }
    }
    return null;
  }
}
