package dev.turso.schema;

/** Why an index exists. */
public enum IndexOrigin {
  CREATE_INDEX("c"),
  UNIQUE("u"),
  PRIMARY_KEY("pk");

  private final String code;

  IndexOrigin(String code) {
    this.code = code;
  }

  /** What {@code PRAGMA index_list} shows. */
  public String code() {
    return code;
  }
}
