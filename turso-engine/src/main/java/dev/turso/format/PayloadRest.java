package dev.turso.format;

/** Whoever can complete a record of which only the first bytes are at hand. */
@FunctionalInterface
public interface PayloadRest {

  /** The whole record, from its first byte at offset 0 of an array that nobody will change. */
  byte[] complete();
}
