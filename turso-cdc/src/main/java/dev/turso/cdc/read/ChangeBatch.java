package dev.turso.cdc.read;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one committed transaction, or a piece of them if they are many. Immutable.
 *
 * @param position after the last of these changes
 * @param transaction the id that all changes of the transaction share; 0 for a snapshot
 * @param first whether this is the first piece
 * @param last whether this is the last piece
 * @param snapshot whether these are rows that a snapshot found
 * @param committed when the transaction was committed
 * @param origin the text that its session was given, or null; known with the last piece only
 * @param changes in the order in which they were written
 */
public record ChangeBatch(
    LogPosition position,
    long transaction,
    boolean first,
    boolean last,
    boolean snapshot,
    Instant committed,
    @Nullable String origin,
    List<ChangeRecord> changes) {}
