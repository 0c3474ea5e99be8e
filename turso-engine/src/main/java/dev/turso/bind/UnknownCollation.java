package dev.turso.bind;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.value.Collation;

/** A collation that no one defined: an error where something is compared under it, not before. */
record UnknownCollation(String name) implements Collation {

  @Override
  public int compare(byte[] a, int aOff, int aLen, byte[] b, int bOff, int bLen) {
    throw unknown();
  }

  SqlException unknown() {
    return new SqlException(
        ResultCode.ERROR_MISSING_COLLSEQ, "no such collation sequence: " + name);
  }

  /** The collation, for something that compares under it. */
  static Collation known(Collation collation) {
    if (collation instanceof UnknownCollation missing) {
      throw missing.unknown();
    }
    return collation;
  }
}
