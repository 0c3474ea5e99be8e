package dev.turso.exec.write;

import dev.turso.value.Tag;

/** The names of storage classes in messages. */
final class StorageClassName {

  private StorageClassName() {}

  static String of(int tag) {
    return switch (tag) {
      case Tag.INTEGER -> "INT";
      case Tag.REAL -> "REAL";
      case Tag.TEXT -> "TEXT";
      case Tag.BLOB -> "BLOB";
      default -> "NULL";
    };
  }
}
