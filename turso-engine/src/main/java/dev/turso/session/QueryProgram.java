package dev.turso.session;

import dev.turso.exec.operator.Executable;

/** A query. */
final class QueryProgram extends Program {

  final Executable executable;

  QueryProgram(Executable executable) {
    this.executable = executable;
  }
}
