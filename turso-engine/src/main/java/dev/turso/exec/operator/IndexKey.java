package dev.turso.exec.operator;

import dev.turso.exec.expression.Node;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import org.jspecify.annotations.Nullable;

/**
 * One equality of an index seek: a value, or the values of an IN one after another.
 *
 * @param node the value, or null for an IN
 * @param list the values of an IN, or null
 * @param affinity applied to the value before the seek
 * @param nullMatches whether a NULL seeks the NULLs (IS) instead of nothing (=)
 */
record IndexKey(
    @Nullable Node node,
    @Nullable ValueList list,
    Affinity affinity,
    Collation collation,
    boolean nullMatches) {}
