/**
 * How alike two texts are, as in the sqlean fuzzy extension that Turso has built in: edit
 * distances, Jaro and Winkler's measure. Not SQLite's.
 */
@NullMarked
package dev.turso.function.fuzzy;

import org.jspecify.annotations.NullMarked;
