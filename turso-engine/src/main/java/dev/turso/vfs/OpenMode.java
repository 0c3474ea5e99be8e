package dev.turso.vfs;

/** How a file is opened. */
public enum OpenMode {
  /** For reading; the file must exist. */
  READ_ONLY,
  /** For reading and writing; the file must exist. */
  READ_WRITE,
  /** For reading and writing; created if it does not exist. */
  CREATE
}
