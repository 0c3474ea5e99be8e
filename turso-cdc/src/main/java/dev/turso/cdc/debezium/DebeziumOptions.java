package dev.turso.cdc.debezium;

/**
 * What messages are named and which there are. Immutable.
 *
 * @param prefix the first part of every topic, and {@code source.name}
 * @param database {@code source.db}, and the second part of a table's topic
 * @param tombstones whether a delete is followed by a message with the same key and no value
 * @param definitions whether changes of definitions are told
 * @param transactions whether BEGIN and END of transactions are told, and each change's place in them
 */
public record DebeziumOptions(
    String prefix, String database, boolean tombstones, boolean definitions, boolean transactions) {

  /** Tombstones, definitions and transactions, of the database {@code main}. */
  public static DebeziumOptions of(String prefix) {
    return new DebeziumOptions(prefix, "main", true, true, true);
  }

  public DebeziumOptions withoutTombstones() {
    return new DebeziumOptions(prefix, database, false, definitions, transactions);
  }

  public DebeziumOptions withoutDefinitions() {
    return new DebeziumOptions(prefix, database, tombstones, false, transactions);
  }

  public DebeziumOptions withoutTransactions() {
    return new DebeziumOptions(prefix, database, tombstones, definitions, false);
  }
}
