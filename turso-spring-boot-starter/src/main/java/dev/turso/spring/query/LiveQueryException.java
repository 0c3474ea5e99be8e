package dev.turso.spring.query;

/** A declared live query cannot be one; the message names it. Thrown at start. */
public final class LiveQueryException extends IllegalStateException {

  private static final long serialVersionUID = 1;
  private final String remedy;

  public LiveQueryException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
