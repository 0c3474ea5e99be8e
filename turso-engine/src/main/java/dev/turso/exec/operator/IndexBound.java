package dev.turso.exec.operator;

import dev.turso.exec.expression.Node;
import dev.turso.value.Affinity;
import org.jspecify.annotations.Nullable;

/**
 * An end of the range that an index is read over.
 *
 * @param node null for the NULLs: an exclusive lower bound that leaves them out
 * @param affinity applied to the value before the seek
 */
record IndexBound(@Nullable Node node, boolean exclusive, Affinity affinity) {

  static final IndexBound AFTER_NULLS = new IndexBound(null, true, Affinity.NONE);
}
