/**
 * What a value is, and how SQLite compares and converts it.
 *
 * <p>Storage classes, affinities, collations, comparison, arithmetic, and the two conversions that
 * everything rests on: text to number and number to text, digit for digit as SQLite does them.
 * Nothing here knows of rows, pages or SQL.
 *
 * <pre>
 *   Value     immutable, boxed: constants, parameters, results of the API
 *   Register  mutable, one per expression result: (tag, bits, ref)
 *   a lane    the same three, loose, in somebody's arrays: Tag says what they mean
 *
 *   declared type ──Affinity──► what a column stores, what a comparison converts
 *   CAST ──Cast──► a conversion that is forced
 *   + - * / % &amp; | ~ &lt;&lt; &gt;&gt; || ──Arithmetic      = &lt; ORDER BY GROUP BY ──Comparison      WHERE ──Truth
 *                        │                                │
 *                 TextToNumber, NumberToText ── Decimal ── PowersOfTen
 * </pre>
 *
 * <p>Words. <i>Lane</i>: where a value lies unboxed. <i>Slice</i>: offset and length in an array
 * that may be somebody else's. <i>To keep</i>: to copy a slice into bytes of one's own.
 *
 * <p>Invariants.
 *
 * <ol> <li>A lane's tag is read before its bits: under NULL they are stale. <li>No REAL is NaN:
 * {@link dev.turso.value.Register#setReal} makes it NULL. <li>A TEXT's bytes are whatever was
 * stored; they are UTF-8 unless the application stored something else, and nothing here fails on
 * bytes that are not. <li>Helpers for numbers allocate nothing and stay small enough to be inlined.
 * </ol>
 *
 * <p>Start with {@link dev.turso.value.Tag}, then {@link dev.turso.value.Register} and {@link
 * dev.turso.value.Comparison}.
 */
@NullMarked
package dev.turso.value;

import org.jspecify.annotations.NullMarked;
