package dev.turso.exec;

import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;

/**
 * How a running statement reaches the pages of the databases it names.
 *
 * <p>Given by the session when a statement is opened; valid until it is closed.
 */
public interface StorageAccess {

  /** The pages of a database in the statement's transaction; 0 is main, 1 temp, then attached. */
  PageStore store(int databaseIndex);

  /** Where rows go that do not stay in memory. */
  default TemporarySpace temporary() {
    return TemporarySpace.NONE;
  }

  /** How a database stores its texts. */
  default TextEncoding encoding(int databaseIndex) {
    return TextEncoding.UTF_8;
  }
}
