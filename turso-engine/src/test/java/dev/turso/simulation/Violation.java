package dev.turso.simulation;

import org.jspecify.annotations.Nullable;

/** The engine broke a promise. */
final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Violation(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
