/**
 * Transactions over pages.
 *
 * <p>The B-tree sees a {@link dev.turso.pager.PageStore}: numbered pages of equal size, as one
 * transaction sees them.
 */
@NullMarked
package dev.turso.pager;

import org.jspecify.annotations.NullMarked;
