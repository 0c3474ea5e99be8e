package dev.turso.session;

import dev.turso.exec.write.WriteOperation;

/** INSERT, UPDATE, DELETE. */
final class WriteProgram extends Program {

  final WriteOperation operation;

  WriteProgram(WriteOperation operation) {
    this.operation = operation;
  }
}
