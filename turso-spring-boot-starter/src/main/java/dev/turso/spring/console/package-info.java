/**
 * A page for the developer at this machine: SQL, its plan, and a query as it changes.
 *
 * <p>Off until {@code turso.console.enabled} is set, and read-only until {@code turso.console.writable}
 * is.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>K1: whoever is not on this machine, or calls it by another name, is refused.
 *   <li>K2: every request that reads or writes data carries the token in a header, which no page of
 *       another site can set; it is compared in constant time, and stands in a file that only its owner
 *       may read, never in a URL or a log.
 *   <li>K3: one statement at a time, of the kinds that touch no other file; text, rows and time are limited.
 * </ol>
 */
@NullMarked
package dev.turso.spring.console;

import org.jspecify.annotations.NullMarked;
