package dev.turso.cdc.capture;

/** Where rows of a log go. */
@FunctionalInterface
interface LogRows {

  void insert(long id, byte[] record, int offset, int length);
}
