package dev.turso.value;

import java.util.Arrays;

/**
 * An order over texts.
 *
 * <p>Compares slices of UTF-8 bytes. Implementations are stateless and safe for use by any thread.
 *
 * @see <a href="https://www.sqlite.org/datatype3.html#collating_sequences">Datatypes, 7</a>
 */
public interface Collation {

  /** Bytes as unsigned numbers. */
  Collation BINARY =
      new Collation() {
        @Override
        public String name() {
          return "BINARY";
        }

        @Override
        public int compare(byte[] a, int aOff, int aLen, byte[] b, int bOff, int bLen) {
          return Arrays.compareUnsigned(a, aOff, aOff + aLen, b, bOff, bOff + bLen);
        }
      };

  /** As {@link #BINARY}, with the 26 upper-case ASCII letters folded to lower case. */
  Collation NOCASE = new NoCaseCollation();

  /** As {@link #BINARY}, with trailing spaces ignored. */
  Collation RTRIM = new RightTrimCollation();

  /** The name by which SQL refers to this collation. */
  String name();

  /** Negative, zero or positive as the first text sorts before, with or after the second. */
  int compare(byte[] a, int aOff, int aLen, byte[] b, int bOff, int bLen);
}
