/**
 * Live queries: the result of a SELECT, pushed as it changes.
 *
 * <p>{@code LiveQueries.of(database)} is the entry: {@code subscribe(String sql, List<Value>
 * parameters, LiveQueryListener)} answers with a {@link dev.turso.dbsp.subscribe.LiveQuery};
 * {@code publisher(String sql, List<Value> parameters)} is the same as a {@code Flow.Publisher}. The
 * first message is a snapshot at a position, each later one the difference that a commit made.
 * After the snapshot no statement runs: deltas come out of a circuit that reads the change stream.
 *
 * <p>A subscriber joins the stream without the writer's turn: it fills its circuit from a snapshot
 * taken between two commits and keeps what later ones change, until it has caught up; then it steps
 * inside each commit. A transaction that had begun before it came may lack rows that nobody wanted to
 * know of then: after such a commit the query begins anew.
 *
 * <p>Who comes back with a position is told what changed since, if the stream's tail has all of it
 * ({@code CompleteTables}) and the circuit keeps no state: one step over the net changes, from no state
 * at all, then gives the difference.
 *
 * <p>A commit does not ask every query: {@code LiveRoutes} finds those that
 * read a table that changed and, where a query compares a column of it with one value, only by rows that
 * hold the value. Queries that differ in such values share one circuit ({@code LiveSelect}), which is
 * given the parameters and the state of one after another: so every form of query can share, and none
 * sees another's rows.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>L1: a message tells of whole commits only, in commit order, without gap or repetition.
 *   <li>L2: a subscriber never holds up a writer or another subscriber; what it has not taken is
 *       merged by key, and past a bound replaced by a fresh snapshot.
 *   <li>L3: no read snapshot is held beyond the first answer.
 *   <li>L4: closing frees everything.
 *   <li>L5: a query that a commit did not ask would have had an empty difference.
 *   <li>L6: nothing of a query's parameters or state stays in a shared circuit after its step.
 * </ol>
 */
@NullMarked
package dev.turso.dbsp.subscribe;

import org.jspecify.annotations.NullMarked;
