/**
 * Tests of the whole: engine, materialized views and change log in one file, under power cuts, foreign
 * writers and planted bugs.
 *
 * <pre>
 *   CrossingScript ─► steps of SQL, from a seed
 *   DatabaseState  ─► all that is in a database, for comparing two of them
 *   Soundness      ─► what must be true of any database at any time
 *   LogReplay      ─► the tables as the change log alone tells them
 * </pre>
 */
@NullMarked
package dev.turso.cdc.crossing;

import org.jspecify.annotations.NullMarked;
