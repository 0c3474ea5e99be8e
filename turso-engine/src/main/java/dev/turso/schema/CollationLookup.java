package dev.turso.schema;

import dev.turso.value.Collation;
import org.jspecify.annotations.Nullable;

/** Finds collations by name, whatever their case. */
public interface CollationLookup {

  /** The collations every connection has. */
  CollationLookup BUILT_IN =
      name -> {
        if (Names.same(name, "BINARY")) {
          return Collation.BINARY;
        }
        if (Names.same(name, "NOCASE")) {
          return Collation.NOCASE;
        }
        return Names.same(name, "RTRIM") ? Collation.RTRIM : null;
      };

  /** The collation of this name, or null. */
  @Nullable Collation collation(String name);
}
