/**
 * Sends the log to Kafka as Debezium's messages. Needs {@code org.apache.kafka:kafka-clients} on the
 * class path, which this module does not bring along; nothing else of it does.
 *
 * <pre>
 *   ChangeReader ──► DebeziumEncoder ──► TransactionalTopics ──► PREFIX.main.TABLE, PREFIX, …
 *        ▲                                       │ position, in the same transaction of Kafka's
 *        └────── cursor advanced ◄───────────────┘ as an offset of the group PREFIX-CURSOR
 * </pre>
 *
 * <p>A round: batches are polled; one commit with a sync of its own makes sure that what they hold has
 * reached the disk, whatever the writers' {@code synchronous} is; the messages and the position after
 * them are one transaction of Kafka's; then the cursor is advanced. Whatever dies in between, the next
 * sink begins after the later of the two positions: consumers that read committed messages see each
 * change once. A snapshot is the exception: one that was not finished is sent again from its beginning.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>K1: nothing is sent that a power cut could still take from the database.
 *   <li>K2: only the owner of the cursor's lease sends; whoever became the owner fences the former one
 *       off in Kafka, too.
 *   <li>K3: the messages of one table row are in one partition, in the order of its changes.
 *   <li>K4: a position that Kafka has and that the log does not know (the file was put back to an older
 *       state) stops the sink with an error; nothing is skipped.
 * </ol>
 *
 * <p>Start at {@link dev.turso.cdc.kafka.KafkaSink}.
 *
 * @see <a href="https://kafka.apache.org/documentation/#semantics">Kafka on message delivery</a>
 */
@NullMarked
package dev.turso.cdc.kafka;

import org.jspecify.annotations.NullMarked;
