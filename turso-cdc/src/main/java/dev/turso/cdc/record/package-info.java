/**
 * Images of rows as the log stores them: SQLite records with the key filled in.
 */
@NullMarked
package dev.turso.cdc.record;

import org.jspecify.annotations.NullMarked;
