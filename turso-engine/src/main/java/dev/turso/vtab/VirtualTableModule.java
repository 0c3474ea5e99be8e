package dev.turso.vtab;

/**
 * What answers for the tables made by {@code CREATE VIRTUAL TABLE name USING module(arguments)}: rows
 * that are somewhere else, in a file or in the application, as a table.
 *
 * <p>The schema keeps the statement and nothing more. One instance serves all sessions and threads.
 *
 * @see <a href="https://www.sqlite.org/vtab.html">The virtual table mechanism of SQLite</a>
 */
@FunctionalInterface
public interface VirtualTableModule {

  /**
   * What reads a table. Asked once in a session for as long as the schema stays what it is, and before
   * the table is made; its {@linkplain TableFunction#name name} does not matter. A {@link
   * WritableTable} can be written, too.
   *
   * @throws dev.turso.error.SqlException if the arguments make no sense; the table is then not made,
   *     or cannot be read
   */
  TableFunction connect(VirtualTableDefinition table);

  /** The table is made, in a transaction that may yet be rolled back. */
  default void created(VirtualTableDefinition table) {}

  /** The table is dropped, in a transaction that may yet be rolled back. */
  default void dropped(VirtualTableDefinition table) {}
}
