/**
 * Digests and encodings, as in the sqlean crypto extension that Turso has built in. Not SQLite's.
 */
@NullMarked
package dev.turso.function.crypto;

import org.jspecify.annotations.NullMarked;
