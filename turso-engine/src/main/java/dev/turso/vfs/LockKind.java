package dev.turso.vfs;

/** Who else may lock a byte range. */
public enum LockKind {
  /** Others may hold a shared lock on the range, nobody an exclusive one. */
  SHARED,
  /** Nobody else may hold any lock on the range. */
  EXCLUSIVE
}
