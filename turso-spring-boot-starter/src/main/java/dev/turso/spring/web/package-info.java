/**
 * The ready-made endpoint of live queries: {@code GET turso.live.web.path/NAME[,NAME…]?parameter=value}.
 *
 * <p>Off until the path is set. Clients name queries that the application has declared, in properties or
 * as {@link dev.turso.spring.web.DeclaredLiveQuery} beans, and give typed parameters; they never send
 * SQL. What a row filter takes from the user comes from the request's principal.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>W1: a request with an {@code Origin} that is neither the server's own nor allowed is refused, and
 *       so is one from this machine that addresses the server by a name that is not this machine's.
 *   <li>W2: an unknown query, an unknown or missing parameter and one of another type are refused, so
 *       that nothing else can travel in the query string.
 *   <li>W3: streams are limited, in all and for each principal.
 *   <li>W4: a stream ends when its session ends or {@link dev.turso.spring.web.LiveQueryAccess} says no.
 * </ol>
 */
@NullMarked
package dev.turso.spring.web;

import org.jspecify.annotations.NullMarked;
