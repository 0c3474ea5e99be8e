package dev.turso.function;

/** What a function's result is for. The last three must not change with time. */
public enum CallPurpose {
  QUERY(""),
  CHECK_CONSTRAINT("a CHECK constraint"),
  GENERATED_COLUMN("a generated column"),
  INDEX("an index");

  private final String words;

  CallPurpose(String words) {
    this.words = words;
  }

  /** As error messages name it. */
  public String words() {
    return words;
  }
}
