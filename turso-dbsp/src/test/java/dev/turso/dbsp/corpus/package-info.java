/**
 * Bodies of SQL that others wrote, run as materialized views: sqllogictest, TPC-H, Nexmark.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Q1: views are created over empty tables, which then change at random, so that what a view holds
 *       at the end was computed from changes alone.
 * </ol>
 */
@NullMarked
package dev.turso.dbsp.corpus;

import org.jspecify.annotations.NullMarked;
