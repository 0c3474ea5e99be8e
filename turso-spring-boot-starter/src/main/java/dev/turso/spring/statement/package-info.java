/**
 * What statements an application runs: logged, timed, and which connections are busy with them.
 *
 * <p>Off unless it is asked for ({@code turso.statements.*}, or the logger {@code dev.turso.sql} at
 * debug), because it puts a proxy around each connection and statement of the pool. A statement's time
 * is from its start to the end of its rows, so it includes what the application did between two rows.
 *
 * <p>Invariant: a literal is never shown, only the shape of the text; parameters are logged at trace, and
 * nowhere else.
 */
@NullMarked
package dev.turso.spring.statement;

import org.jspecify.annotations.NullMarked;
