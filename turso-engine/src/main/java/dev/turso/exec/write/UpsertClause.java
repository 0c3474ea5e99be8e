package dev.turso.exec.write;

import dev.turso.exec.expression.Node;
import org.jspecify.annotations.Nullable;

/**
 * An ON CONFLICT clause, ready to run with OLD being the row in the way and NEW the one excluded.
 *
 * @param columns the columns that get values, -1 for the rowid
 * @param values what they get, over OLD and NEW
 * @param updater null for DO NOTHING
 */
record UpsertClause(
    int[] columns, Node[] values, @Nullable Node where, @Nullable RowUpdater updater) {}
