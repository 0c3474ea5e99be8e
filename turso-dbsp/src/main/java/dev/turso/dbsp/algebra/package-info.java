/**
 * Z-sets and ordered keys: the arithmetic of changes, without a word about the engine.
 *
 * <p>A <em>Z-set</em> is a bag in which a row may occur any number of times, also a negative one: rows
 * with weights. It stands for a relation (all weights positive) and for the difference of two
 * relations alike, and the two add up:
 *
 * <pre>
 *   before      { a:1, b:2 }
 *   change      { a:-1, c:+1 }
 *   after       { b:2, c:1 }        = before + change, consolidated
 * </pre>
 *
 * <p>Rows are byte strings. Two rows are one row when their bytes are equal: identity is exact, 1 is not
 * 1.0. Where SQL equality under a collation is wanted (groups, joins, DISTINCT), rows are found by an
 * <em>ordered key</em> made by {@link dev.turso.dbsp.algebra.OrderedKey}: byte strings whose unsigned
 * order is the order of the values, and which are equal exactly when SQL takes the values for equal.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A1: a consolidated Z-set holds each row once, in the order of its bytes, and no weight is zero.
 *   <li>A2: for ordered keys of the same shape, no key is a prefix of another.
 * </ol>
 *
 * <p>Start at {@link dev.turso.dbsp.algebra.ZSet}.
 */
@NullMarked
package dev.turso.dbsp.algebra;

import org.jspecify.annotations.NullMarked;
