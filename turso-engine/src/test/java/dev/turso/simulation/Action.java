package dev.turso.simulation;

/** What a client may do in a step, and how often among others. */
enum Action {
  BEGIN(8),
  BEGIN_IMMEDIATE(6),
  COMMIT(16),
  ROLLBACK(4),
  SAVEPOINT(8),
  ROLLBACK_TO(7),
  RELEASE(4),
  INSERT(12),
  INSERT_MANY(7),
  UPDATE(12),
  UPDATE_MANY(5),
  DELETE(8),
  DELETE_MANY(5),
  FAIL(5),
  READ(16),
  CREATE_INDEX(2),
  DROP_INDEX(2),
  VACUUM(1),
  INCREMENTAL_VACUUM(3),
  CHECKPOINT(8),
  JOURNAL_MODE(2),
  SYNCHRONOUS(2),
  AUTO_CHECKPOINT(1),
  CHECK(2),
  TRANSACTION(10),
  BOTH(6),
  RECONNECT(2),
  RESTART(2),
  KILL(2),
  POWER_CUT(2);

  final int weight;

  Action(int weight) {
    this.weight = weight;
  }

  /** Whether it may happen while a call of another process is under way. */
  boolean mayIntrude() {
    return switch (this) {
      case READ, CHECKPOINT, TRANSACTION, BOTH, CHECK, RECONNECT, RESTART, KILL -> true;
      default -> false;
    };
  }

  /** Whether it is a whole transaction that writes. */
  boolean commitsAlone() {
    return this == TRANSACTION || this == BOTH;
  }

  /** Whether what it writes is built on what the client has read before. */
  boolean writesUnread() {
    return switch (this) {
      case INSERT, INSERT_MANY, UPDATE, UPDATE_MANY, DELETE, DELETE_MANY, FAIL -> true;
      case CREATE_INDEX, DROP_INDEX, VACUUM, INCREMENTAL_VACUUM, JOURNAL_MODE -> true;
      default -> false;
    };
  }
}
