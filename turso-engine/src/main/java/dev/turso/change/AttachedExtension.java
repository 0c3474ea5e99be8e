package dev.turso.change;

import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An extension in one open database. Safe for any thread where calls carry no transaction. */
public interface AttachedExtension extends CommitParticipant, AutoCloseable {

  /**
   * Whether this extension runs a statement that the engine itself only parses.
   *
   * @param schema of the database that the statement means, which is this extension's
   */
  default boolean handles(Statement statement, DatabaseSchema schema) {
    return false;
  }

  /** Whether a statement that it handles needs a write transaction. */
  default boolean writes(Statement statement) {
    return true;
  }

  /** The columns of the rows that a statement it handles gives; empty for one without rows. */
  default List<String> columns(Statement statement) {
    return List.of();
  }

  /**
   * Runs a statement that {@link #handles} accepted; null for one without rows.
   *
   * @param sql its text, in which the database is {@code main} wherever it has a name
   */
  default @Nullable StatementRows execute(
      Statement statement, String sql, TransactionView transaction) {
    throw new UnsupportedOperationException(name());
  }

  /** The extension's name, for messages. */
  String name();

  /**
   * Called whenever a schema was read: which of its tables store materialized views, by folded name,
   * with their defining queries.
   */
  default Map<String, Select> materializedViews(
      DatabaseSchema schema, TransactionView transaction) {
    return Map.of();
  }

  /**
   * Whether the stored rows of a materialized view may be read now. Where not, the engine reads the
   * view as its defining query.
   */
  default boolean isCurrent(Table materializedView, TransactionView transaction) {
    return true;
  }

  /** Whether reading this table first needs {@link #maintain} of the pending changes. */
  default boolean maintains(Table table) {
    return table.materializedView();
  }

  /** Whether SQL of a user may not write this table. */
  default boolean guards(Table table) {
    return table.materializedView();
  }

  /**
   * Whether a trigger is this extension's own, there only for engines without it: it then does not
   * fire here.
   */
  default boolean standsIn(Trigger trigger) {
    return false;
  }

  /**
   * Another process has committed; called outside of any transaction, before listeners are told, and only
   * while somebody listens. What it made stale may be mended in a transaction of one's own.
   */
  default void foreignCommit() {}

  @Override
  default void close() {}
}
