package dev.turso.dbsp.trace;

import org.jspecify.annotations.Nullable;

/**
 * An ordered map from byte strings to byte strings, in unsigned byte order of the keys.
 *
 * <p>Arrays given to it are not modified and must not be modified afterwards; the same holds for arrays
 * that it gives. One thread at a time.
 */
public interface Trace {

  /** The value of a key, or null. */
  byte @Nullable [] get(byte[] key);

  /** Sets the value of a key. */
  void put(byte[] key, byte[] value);

  /** Removes a key, if it is there. */
  void remove(byte[] key);

  /**
   * Walks the entries whose keys begin with a prefix, in order, from the first key that is not below
   * {@code from}. The trace may be changed by the visitor only after the visitor has said stop.
   */
  void scan(byte[] prefix, byte[] from, Visitor visitor);

  /** Walks all entries whose keys begin with a prefix. */
  default void scan(byte[] prefix, Visitor visitor) {
    scan(prefix, prefix, visitor);
  }

  /**
   * Walks the entries whose keys begin with a prefix and are below {@code below}, which begins with it,
   * backwards. The trace may be changed by the visitor only after the visitor has said stop.
   */
  void scanBack(byte[] prefix, byte[] below, Visitor visitor);

  /** Receives entries. */
  interface Visitor {

    /** Takes one entry; false ends the walk. */
    boolean visit(byte[] key, byte[] value);
  }
}
