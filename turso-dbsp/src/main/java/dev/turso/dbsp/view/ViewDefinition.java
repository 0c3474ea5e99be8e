package dev.turso.dbsp.view;

import dev.turso.sql.ast.CreateMaterializedView;
import dev.turso.sql.ast.Select;
import dev.turso.sql.parse.Parser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code turso_views}.
 *
 * @param sql the whole CREATE MATERIALIZED VIEW statement
 * @param bases the tables and views that the query reads, directly or through plain views
 * @param message why the view is not current, or null
 * @param shape the layout of its state when it was built
 * @param stamp the schema of its bases when it was built
 */
record ViewDefinition(
    long id,
    String name,
    String sql,
    List<String> bases,
    Status status,
    @Nullable String message,
    String shape,
    String stamp) {

  /** Whether the stored rows can be read. */
  enum Status {
    /** Equal to the query. */
    CURRENT,
    /** Something may have changed that was not seen; the next writer builds it anew. */
    STALE,
    /** The query cannot be computed over the present data. */
    FAILED,
    /** Created WITH NO DATA, until it is refreshed. */
    EMPTY,
    /** Being filled in slices. */
    FILLING
  }

  ViewDefinition with(Status newStatus, @Nullable String newMessage) {
    return new ViewDefinition(id, name, sql, bases, newStatus, newMessage, shape, stamp);
  }

  ViewDefinition built(String newShape, String newStamp) {
    return new ViewDefinition(id, name, sql, bases, Status.CURRENT, null, newShape, newStamp);
  }

  /** The same about to be filled in slices. */
  ViewDefinition filling(String newShape, String newStamp) {
    return new ViewDefinition(id, name, sql, bases, Status.FILLING, null, newShape, newStamp);
  }

  CreateMaterializedView parsed() {
    return (CreateMaterializedView) Parser.parseStatement(sql);
  }

  Select select() {
    return parsed().select();
  }

  String stateTable() {
    return SideTables.STATE + id;
  }

  boolean isCurrent() {
    return status == Status.CURRENT;
  }
}
