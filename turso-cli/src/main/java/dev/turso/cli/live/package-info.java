/**
 * What shell and server both tell of a database's life: its committed changes as they come.
 *
 * <p>Start at {@link dev.turso.cli.live.ChangeFeed}.
 */
@NullMarked
package dev.turso.cli.live;

import org.jspecify.annotations.NullMarked;
