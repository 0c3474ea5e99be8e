package dev.turso.dbsp.compile;

import dev.turso.error.SqlException;
import dev.turso.function.StatementEnvironment;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What functions in a view may know of the world: nothing that changes. */
enum FixedEnvironment implements StatementEnvironment {
  INSTANCE;

  private static SqlException changing(String what) {
    return new SqlException("a materialized view cannot depend on " + what);
  }

  @Override
  public long currentTimeMillis() {
    throw changing("the current time");
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public long random() {
    throw changing("random numbers");
  }

  @Override
  public void randomBytes(byte[] bytes) {
    throw changing("random bytes");
  }

  @Override
  public long changes() {
    throw changing("changes()");
  }

  @Override
  public long totalChanges() {
    throw changing("total_changes()");
  }

  @Override
  public long lastInsertRowId() {
    throw changing("last_insert_rowid()");
  }

  @Override
  public boolean likeIsCaseSensitive() {
    return false;
  }
}
