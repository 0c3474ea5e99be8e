package dev.turso.session;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.operator.Executable;
import dev.turso.value.Register;

/** The rows of a query, computed as they are asked for. */
final class QueryRows extends ResultRows {

  private final Connection connection;
  private final Executable executable;
  private final long rollbacks;
  private Register value = new Register();
  private boolean open = true;

  QueryRows(Connection connection, Executable executable) {
    this.connection = connection;
    this.executable = executable;
    this.rollbacks = connection.transactions().rollbacks();
  }

  @Override
  public boolean next() {
    if (!open) {
      return false;
    }
    if (rollbacks != connection.transactions().rollbacks()) {
      close();
      throw new SqlException(ResultCode.ABORT_ROLLBACK, "abort due to ROLLBACK");
    }
    boolean found = false;
    try {
      found = executable.next();
      return found;
    } finally {
      if (!found) {
        close();
      }
    }
  }

  @Override
  public int load(int column) {
    value = executable.column(column);
    return value.tag;
  }

  @Override
  public long bits() {
    return value.bits;
  }

  @Override
  public byte[] ref() {
    return value.ref;
  }

  @Override
  public int columnCount() {
    return executable.columnCount();
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      try {
        executable.close();
      } finally {
        connection.readEnded(executable.frame());
      }
    }
  }
}
