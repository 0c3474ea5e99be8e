/**
 * A live flight board: real flights replayed into the database, shown as they happen.
 *
 * <p>The three places that matter are the views in {@code db/migration/V2__views.sql}, the listener
 * in {@link dev.turso.sample.DelayAlerts}, and the live queries in {@link
 * dev.turso.sample.BoardController}. The rest is an ordinary Spring application; {@link
 * dev.turso.sample.Replayer} stands in for the outside world.
 */
@NullMarked
package dev.turso.sample;

import org.jspecify.annotations.NullMarked;
