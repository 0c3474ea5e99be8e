package dev.turso.session;

import dev.turso.exec.write.WriteOperation;

/** INSERT, UPDATE, DELETE. */
final class WriteProgram extends Program {

  final WriteOperation operation;

  /** Whether it gives the number of rows as a row: {@code PRAGMA count_changes}. */
  boolean countsChanges;

  WriteProgram(WriteOperation operation) {
    this.operation = operation;
  }
}
