package dev.turso.wal;

import org.jspecify.annotations.Nullable;

/** A cache that may know the page of a frame, so that a checkpoint need not read it. */
@FunctionalInterface
public interface PageImages {

  /** Knows none: for pages whose form in the log is not the one in the cache. */
  PageImages NONE = (state, page, frame) -> null;

  /**
   * The page as a frame of a state's run holds it, not to be modified, or null if it is not cached.
   */
  byte @Nullable [] image(WalState state, int page, int frame);
}
