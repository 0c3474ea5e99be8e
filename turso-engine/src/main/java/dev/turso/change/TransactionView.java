package dev.turso.change;

import dev.turso.function.FunctionRegistry;
import dev.turso.pager.PageStore;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.sql.ast.Select;
import dev.turso.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open transaction as an extension sees it: it may read everything and write its own tables.
 *
 * <p>Used only on the thread that calls the extension, and only during that call.
 */
public interface TransactionView {

  /** What the connection can name. */
  Catalog catalog();

  /** The schema of the database that the extension is attached to. */
  DatabaseSchema schema();

  /** The functions and collations that every session on the database can name. */
  FunctionRegistry functions();

  /** The pages of that database. Cursors over them see the transaction's own writes. */
  PageStore store();

  /** Whether the stored rows of a materialized view may be read. */
  boolean isCurrent(Table materializedView);

  /** Whether pages may be written in this transaction. */
  boolean writable();

  /** A writer for one of the extension's tables, which keeps indexes and records the changes. */
  RowWriter writer(Table table);

  /** Runs one SQL statement without capture by the caller's plan cache; changes have origin VIEW. */
  void execute(String sql, Value... parameters);

  /** Runs a query and calls back for each row with its values. */
  void query(String sql, List<Value> parameters, RowConsumer consumer);

  /** Runs a query that is already parsed, under fixed settings. */
  void query(Select select, RowConsumer consumer);

  /** The changes of this transaction so far. */
  ChangeSet changes();

  /**
   * Has somebody take part in every transaction of this session alone, from now on: in all its
   * databases but the temporary one, and always with the view of its main database. Null ends that.
   */
  void participate(@Nullable CommitParticipant participant);

  /** Who takes part in this session's transactions alone, or null. */
  @Nullable CommitParticipant participant();

  /** The origin text that the session was given, or null. */
  @Nullable String sessionOrigin();

  /** Receives rows. */
  @FunctionalInterface
  interface RowConsumer {

    /** One row; the list is the consumer's own. Return false to end the query. */
    boolean row(List<Value> values);
  }
}
