package dev.turso.cli.function;

import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.DatabaseException;
import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Register;
import org.jspecify.annotations.Nullable;

/** {@code sha3} over a value, and {@code sha3_query} over the rows of queries. */
final class HashFunction implements ScalarFunction {

  private static final int USUAL_BITS = 256;

  private final @Nullable Session session;

  /**
   * @param session where to run queries; null to hash the value itself
   */
  HashFunction(@Nullable Session session) {
    this.session = session;
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    int bits = count > 1 ? (int) arguments[1].asLong() : USUAL_BITS;
    if (bits != 224 && bits != 256 && bits != 384 && bits != 512) {
      throw new SqlException("SHA3 size should be one of: 224 256 384 512");
    }
    if (arguments[0].isNull()) {
      result.setNull();
      return;
    }
    RowHash hash = new RowHash(bits);
    if (session == null) {
      hash.bytes(arguments[0].asBytes());
    } else {
      queries(session, arguments[0].asString(), hash);
    }
    result.setBlob(hash.result());
  }

  private static void queries(Session session, String sql, RowHash hash) {
    String rest = sql;
    while (!rest.isBlank()) {
      try (Statement statement = prepare(session, rest)) {
        String text = rest.substring(0, statement.tail());
        rest = rest.substring(statement.tail());
        if (statement.isEmpty()) {
          continue;
        }
        if (!statement.readOnly()) {
          throw new SqlException("non-query: [" + text + "]");
        }
        hash.query(text, statement);
      }
    }
  }

  private static Statement prepare(Session session, String sql) {
    try {
      return session.prepare(sql);
    } catch (DatabaseException e) {
      throw new SqlException("error SQL statement []: " + e.getMessage());
    }
  }
}
