package dev.turso.spring.web;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may read which declared live query. A bean of this type is asked when a stream begins and
 * about once a second while it runs, on another thread; a stream that may go on no more ends.
 */
@FunctionalInterface
public interface LiveQueryAccess {

  /** Whether a user, null for none, may read a query now. */
  boolean mayRead(String query, @Nullable Principal principal);
}
