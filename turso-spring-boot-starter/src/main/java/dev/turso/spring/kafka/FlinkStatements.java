package dev.turso.spring.kafka;

import dev.turso.Database;
import dev.turso.Session;
import dev.turso.cdc.flink.FlinkExport;
import java.util.List;

/**
 * Views as statements with which Flink computes them from the topics that the sink fills. Safe for any
 * thread.
 */
public final class FlinkStatements {

  private final Database database;
  private final String prefix;
  private final String servers;

  /**
   * @param prefix the first part of the topics' names
   * @param servers of Kafka, as Flink is to reach them
   */
  public FlinkStatements(Database database, String prefix, String servers) {
    this.database = database;
    this.prefix = prefix;
    this.servers = servers;
  }

  /**
   * The statements for a view, in the order in which they are to be run: its base tables, the views that it
   * reads, itself.
   *
   * @throws dev.turso.error.SqlException if there is no such view, or if it has something that Flink has not
   */
  public List<String> of(String view) {
    try (Session session = database.connect()) {
      return FlinkExport.statements(session, view, prefix, servers);
    }
  }
}
