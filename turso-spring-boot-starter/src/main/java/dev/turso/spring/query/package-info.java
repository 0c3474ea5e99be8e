/**
 * Live queries declared where they are used: a method with {@link dev.turso.spring.query.LiveQuery}.
 *
 * <pre>
 *   controller method ──► proxy ──┐
 *                                 ├─► LiveQueryMethod ──► values by name ──► LiveQueryTemplate
 *   interface method ───► proxy ──┘                                           │
 *                                        SseEmitter · Flow.Publisher · Flux ◄─┘
 * </pre>
 *
 * <p>The text is checked when the application starts: each {@code :name} in it is a parameter of the
 * method, or a property of one. Interfaces marked {@link dev.turso.spring.query.LiveQueryRepository} in
 * the application's packages become beans. Start at {@link dev.turso.spring.query.LiveQuery}.
 */
@NullMarked
package dev.turso.spring.query;

import org.jspecify.annotations.NullMarked;
