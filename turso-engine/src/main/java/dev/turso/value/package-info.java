/**
 * What a value is, and how SQLite compares and converts it.
 *
 * <p>Storage classes ({@link dev.turso.value.Tag}), affinities, collations, comparison, and the two
 * conversions that everything rests on: text to number and number to text, digit for digit as SQLite
 * does them. Nothing here knows of rows, pages or SQL.
 */
@NullMarked
package dev.turso.value;

import org.jspecify.annotations.NullMarked;
