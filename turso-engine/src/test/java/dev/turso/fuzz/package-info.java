/**
 * Random programs in SQL, run statement by statement by this engine and by native SQLite.
 *
 * <pre>
 *   SchemaMaker ┐
 *   QueryMaker  ├─► Program ─► Duel ─► Difference ─► Shrinker ─► a short program, as SQL
 *   WriteMaker  ┘                │
 *                                └─► Coverage: grammar rules, steps of plans, functions
 * </pre>
 *
 * <p>Each engine has a database in memory of its own; no file is opened by both. Compared are rows
 * with the exact bits of their values, result codes, {@code changes()}, {@code last_insert_rowid()},
 * and in the end all tables. Everything follows from a seed, which is printed.
 *
 * <p>Rows are compared as a multiset, unless the query says in which order they come. What SQL leaves
 * open the makers avoid: LIMIT goes with an order over all columns, a text aggregate with an order.
 *
 * <p>Where to start: {@link dev.turso.fuzz.Duel}.
 */
@NullMarked
package dev.turso.fuzz;

import org.jspecify.annotations.NullMarked;
