package dev.turso.pager;

import org.jspecify.annotations.Nullable;

/**
 * One page as of one commit, newest first in a chain.
 *
 * <p>Published by a plain array element: the final field is all that a racing reader needs, and an
 * image it sees belongs to the version for ever.
 */
final class PageVersion {

  /** The commit, see {@link Snapshot#stamp}; 0 = as the database file had it at first. */
  final long stamp;

  /** The bytes, never modified; null when not read yet or evicted. */
  volatile byte @Nullable [] image;

  volatile @Nullable PageVersion older;

  /** Read since the clock hand of the cache passed. */
  boolean used = true;

  PageVersion(long stamp, byte @Nullable [] image, @Nullable PageVersion older) {
    this.stamp = stamp;
    this.image = image;
    this.older = older;
  }
}
