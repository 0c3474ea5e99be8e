package dev.turso.jdbc;

import dev.turso.Rows;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import dev.turso.value.Tag;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a running statement. */
final class RowsCursor implements RowCursor {

  private final JdbcConnection connection;
  private final Statement statement;
  private final Rows rows;
  private final @Nullable Deadline deadline;
  private final int columns;
  private boolean onRow;

  RowsCursor(
      JdbcConnection connection, Statement statement, Rows rows, @Nullable Deadline deadline) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
    this.deadline = deadline;
    this.columns = statement.columnCount();
  }

  @Override
  public boolean next() throws SQLException {
    Occupancy occupancy = connection.occupancy();
    occupancy.enter();
    DatabaseException failure;
    try {
      onRow = rows.next();
      return onRow;
    } catch (DatabaseException e) {
      failure = e;
    } finally {
      occupancy.leave();
    }
    close();
    throw SqlErrors.of(failure);
  }

  /** The storage class of a value of the current row; NULL between rows. */
  int tagOnRow(int column) {
    return onRow ? rows.tag(column) : Tag.NULL;
  }

  @Override
  public int columnCount() {
    return columns;
  }

  @Override
  public String label(int column) {
    return statement.columnName(column);
  }

  @Override
  public int tag(int column) {
    return rows.tag(column);
  }

  @Override
  public long getLong(int column) {
    return rows.getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return rows.getDouble(column);
  }

  @Override
  public @Nullable String getText(int column) {
    return rows.getText(column);
  }

  @Override
  public byte @Nullable [] getBlob(int column) {
    return rows.getBlob(column);
  }

  @Override
  public ResultSetMetaData metaData() {
    return new StatementMetaData(connection, statement, this);
  }

  @Override
  public void close() throws SQLException {
    onRow = false;
    boolean entered = connection.occupancy().tryEnter();
    try {
      if (entered) {
        rows.close();
      }
    } catch (DatabaseException e) {
      throw SqlErrors.of(e);
    } finally {
      if (entered) {
        connection.occupancy().leave();
      }
      if (deadline != null) {
        deadline.cancel();
      }
    }
  }
}
