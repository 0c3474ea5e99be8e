/**
 * Live queries as a bean and as server-sent events.
 *
 * <p>{@link dev.turso.spring.live.LiveQueryTemplate} opens subscriptions with plain Java parameters;
 * {@link dev.turso.spring.live.LiveStream} sends several of them over one connection, because browsers
 * allow six connections to a host. Clients of the web never send SQL through these: a controller
 * declares the query and takes typed parameters.
 */
@NullMarked
package dev.turso.spring.live;

import org.jspecify.annotations.NullMarked;
