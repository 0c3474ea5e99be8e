package dev.turso.pager;

import dev.turso.cipher.EncryptionKey;
import dev.turso.vfs.OpenMode;
import org.jspecify.annotations.Nullable;

/**
 * How a database file is opened. All but the mode count only for whoever opens it first in this JVM.
 *
 * @param mode whether it may be written and created
 * @param pageSize of a new database, a power of two from 512 to 65536
 * @param reservedBytes at the end of each page of a new database
 * @param journalMode of a new database
 * @param cacheBytes how much page cache all connections of the file share
 * @param immutable whether the caller promises that nobody changes the file: no locks are taken, and
 *     a journal or log beside it is not looked at
 * @param key what the file is encrypted with, null = it is not; all who open a file have to agree
 */
public record PagerOptions(
    OpenMode mode,
    int pageSize,
    int reservedBytes,
    JournalMode journalMode,
    long cacheBytes,
    boolean immutable,
    @Nullable EncryptionKey key) {

  /** Created if missing, pages of 4096 bytes, WAL, a cache of a sixth of the heap. */
  public static final PagerOptions DEFAULT =
      new PagerOptions(
          OpenMode.CREATE,
          4096,
          0,
          JournalMode.WAL,
          Runtime.getRuntime().maxMemory() / 6,
          false,
          null);

  public PagerOptions {
    if (pageSize < 512 || pageSize > 65536 || Integer.bitCount(pageSize) != 1) {
      throw new IllegalArgumentException("page size " + pageSize);
    }
    if (reservedBytes < 0 || reservedBytes > 255 || pageSize - reservedBytes < 480) {
      throw new IllegalArgumentException("reserved bytes " + reservedBytes);
    }
  }

  public PagerOptions withMode(OpenMode value) {
    return new PagerOptions(
        value, pageSize, reservedBytes, journalMode, cacheBytes, immutable, key);
  }

  public PagerOptions withPageSize(int value) {
    return new PagerOptions(mode, value, reservedBytes, journalMode, cacheBytes, immutable, key);
  }

  public PagerOptions withReservedBytes(int value) {
    return new PagerOptions(mode, pageSize, value, journalMode, cacheBytes, immutable, key);
  }

  public PagerOptions withJournalMode(JournalMode value) {
    return new PagerOptions(mode, pageSize, reservedBytes, value, cacheBytes, immutable, key);
  }

  public PagerOptions withCacheBytes(long value) {
    return new PagerOptions(mode, pageSize, reservedBytes, journalMode, value, immutable, key);
  }

  /** Whether its connection may not write, whatever others that share the file may. */
  boolean onlyReads() {
    return mode == OpenMode.READ_ONLY || immutable;
  }

  public PagerOptions withImmutable(boolean value) {
    return new PagerOptions(mode, pageSize, reservedBytes, journalMode, cacheBytes, value, key);
  }

  public PagerOptions withKey(@Nullable EncryptionKey value) {
    return new PagerOptions(
        mode, pageSize, reservedBytes, journalMode, cacheBytes, immutable, value);
  }
}
