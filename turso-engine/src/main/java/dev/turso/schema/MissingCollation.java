package dev.turso.schema;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.value.Collation;

/** Stands for a collation that a schema names and this connection does not have: fails when used. */
record MissingCollation(String name) implements Collation {

  @Override
  public int compare(byte[] a, int aOff, int aLen, byte[] b, int bOff, int bLen) {
    throw new SqlException(ResultCode.ERROR_MISSING_COLLSEQ, "no such collation sequence: " + name);
  }
}
