package dev.turso.exec.ddl;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.schema.CollationLookup;
import dev.turso.value.Collation;

/** The collations that a new object may name: those that exist. What is in a file may name others. */
record KnownCollations(CollationLookup all) implements CollationLookup {

  @Override
  public Collation collation(String name) {
    Collation found = all.collation(name);
    if (found == null) {
      throw new SqlException(
          ResultCode.ERROR_MISSING_COLLSEQ, "no such collation sequence: " + name);
    }
    return found;
  }
}
