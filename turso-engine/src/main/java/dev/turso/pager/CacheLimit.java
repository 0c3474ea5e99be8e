package dev.turso.pager;

/**
 * How much memory the page images of one database may take: what it was opened with, or the most that
 * a connection has asked for since. Never more than half of the heap. Thread-safe.
 */
final class CacheLimit {

  private static final int FEWEST_IMAGES = 64;

  private volatile long bytes;

  CacheLimit(long bytes) {
    this.bytes = bytes;
  }

  synchronized void raise(long wanted) {
    bytes = Math.max(bytes, Math.min(wanted, Runtime.getRuntime().maxMemory() / 2));
  }

  /** How many images to keep. */
  int images(int pageSize) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(FEWEST_IMAGES, bytes / pageSize));
  }

  /** How many dirty pages a transaction keeps in memory if it can spill. */
  int dirtyImages(int pageSize) {
    return Math.max(256, images(pageSize) / 2);
  }
}
