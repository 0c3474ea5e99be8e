/**
 * Traces: the ordered maps in which operators keep what they must remember between changes.
 *
 * <p>A trace maps byte strings to byte strings in unsigned byte order. A stored view's operators share one
 * trace, an ordinary B-tree in the database file, each under a prefix of its own; so state is undone by
 * rollback and savepoints and survives a crash exactly as rows do, without code here. A live query's
 * operators share a trace in memory.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>T1: an operator touches only keys that begin with its prefix.
 *   <li>T2: a trace holds nothing that is not a function of the operator's input so far, so it may be
 *       thrown away and rebuilt at any time.
 * </ol>
 *
 * <p>Start at {@link dev.turso.dbsp.trace.Trace}.
 */
@NullMarked
package dev.turso.dbsp.trace;

import org.jspecify.annotations.NullMarked;
