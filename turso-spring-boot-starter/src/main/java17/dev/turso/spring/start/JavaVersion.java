package dev.turso.spring.start;

/** Whether this JVM is new enough for the engine, asked before any class of it is loaded. */
public final class JavaVersion {

  /** The oldest Java release that runs the engine. */
  public static final int NEEDED = 25;

  private JavaVersion() {}

  /** Fails on a JVM that is too old, naming both releases. */
  public static void check(int running) {
    if (running < NEEDED) {
      throw new JavaTooOldException(running);
    }
  }

  /** The start ended because the JVM is too old. */
  public static final class JavaTooOldException extends RuntimeException {

    private static final long serialVersionUID = 1;

    JavaTooOldException(int running) {
      super("Turso needs Java " + NEEDED + ", this JVM is " + running);
    }
  }
}
