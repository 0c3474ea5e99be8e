package dev.turso.spring.event;

/** A row type does not fit the database; the message names both. Thrown at start. */
public final class RowTypeException extends IllegalStateException {

  private static final long serialVersionUID = 1;
  private final String remedy;

  RowTypeException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
