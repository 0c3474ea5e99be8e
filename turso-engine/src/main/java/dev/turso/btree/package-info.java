/** B-trees over a {@link dev.turso.pager.PageStore}: cursors, balancing, overflow, the free list. */
@NullMarked
package dev.turso.btree;

import org.jspecify.annotations.NullMarked;
