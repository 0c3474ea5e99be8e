/**
 * Live queries as a bean and as server-sent events.
 *
 * <pre>
 *   LiveQueryTemplate ── subscribe ──────────────────────────► LiveQuery of the engine
 *          └── stream ──► LiveStream ──► LiveChannel ── one ──► LiveQuery of the engine
 *                         a connection   shared by streams      a circuit
 *                                        of the same query
 * </pre>
 *
 * <p>{@link dev.turso.spring.live.LiveQueryTemplate} opens subscriptions with plain Java parameters;
 * {@link dev.turso.spring.live.LiveStream} sends several of them over one connection, because browsers
 * allow six connections to a host. Clients of the web never send SQL through these: a controller
 * declares the query and takes typed parameters.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>S1: a client that comes back with the id of the last event it has is sent every later message of
 *       the same channel once and in order, or a snapshot; never a delta that does not follow.
 *   <li>S2: a client that does not read delays neither writers nor other clients.
 *   <li>S3: no thread and no query outlives its stream by more than the resume window.
 * </ol>
 *
 * <p>Start reading at {@code LiveChannel}.
 */
@NullMarked
package dev.turso.spring.live;

import org.jspecify.annotations.NullMarked;
