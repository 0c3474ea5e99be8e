/**
 * The log's changes as messages in Debezium's envelope, as JSON without schemas.
 *
 * <pre>
 *   ChangeBatch ──► DebeziumEncoder ──► PREFIX.main.TABLE      key, value; a tombstone after a delete
 *                                   ├─► PREFIX                 changes of definitions
 *                                   └─► PREFIX.transaction     BEGIN and END, if asked for
 * </pre>
 *
 * <p>Field for field as Debezium's relational connectors write with {@code schemas.enable=false}: {@code
 * before}, {@code after}, {@code source}, {@code transaction}, {@code op} (c, u, d, r), {@code ts_ms}. An
 * update that changes the primary key is a delete of the old key, its tombstone, and a create of the new
 * one, with the headers {@code __debezium.newkey} and {@code __debezium.oldkey}. A table without a primary
 * key gives messages without a key.
 *
 * <p>Values as everywhere on the wire ({@link dev.turso.change.WireJson}): an INTEGER beyond ±2^53 is a
 * string, a BLOB base64, an infinity a string.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>D1: a message depends on the record, its shape and the options alone, but for the time of
 *       encoding ({@code ts_ms} outside of {@code source}).
 *   <li>D2: the messages of a batch are in the order of its changes.
 * </ol>
 *
 * <p>Start at {@link dev.turso.cdc.debezium.DebeziumEncoder}.
 *
 * @see <a href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html">Debezium's
 *     description of change events</a>
 */
@NullMarked
package dev.turso.cdc.debezium;

import org.jspecify.annotations.NullMarked;
