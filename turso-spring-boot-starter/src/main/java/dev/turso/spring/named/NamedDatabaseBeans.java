package dev.turso.spring.named;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.Database;
import dev.turso.Options;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.spring.DatabaseKeys;
import dev.turso.spring.TursoConnectionDetails;
import dev.turso.spring.TursoProperties;
import dev.turso.spring.UsableDatabase;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.vtab.SqlLibrary;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Makes the beans of one further database. */
final class NamedDatabaseBeans {

  private NamedDatabaseBeans() {}

  /** Opened before the pool: connections that are there already would not have its libraries. */
  static Database database(
      String name, TursoProperties properties, ObjectProvider<SqlLibrary> libraries) {
    TursoProperties.Named named = named(name, properties);
    TursoConnectionDetails details = TursoConnectionDetails.of(name, named, properties);
    return UsableDatabase.open(
        details.location(),
        Options.DEFAULT.withEncryption(
            DatabaseKeys.of(details, DatabaseKeys.effective(named, properties))),
        libraries);
  }

  static HikariDataSource dataSource(String name, TursoProperties properties) {
    TursoProperties.Named named = named(name, properties);
    HikariDataSource source = new HikariDataSource();
    source.setPoolName(name);
    source.setMaximumPoolSize(named.getPoolSize());
    TursoConnectionDetails details = TursoConnectionDetails.of(name, named, properties);
    source.setJdbcUrl(details.getJdbcUrl());
    DatabaseKeys.give(source, details, DatabaseKeys.effective(named, properties));
    return source;
  }

  private static TursoProperties.Named named(String name, TursoProperties properties) {
    TursoProperties.Named named = properties.getDatabases().get(name);
    if (named == null) {
      throw new IllegalStateException("no properties turso.databases." + name);
    }
    return named;
  }

  static JdbcTransactionManager transactionManager(HikariDataSource source) {
    return new JdbcTransactionManager(source);
  }

  static JdbcClient jdbcClient(HikariDataSource source) {
    return JdbcClient.create(source);
  }

  static LiveQueryTemplate liveQueryTemplate(Database database, TursoProperties properties) {
    return new LiveQueryTemplate(
        LiveQueries.of(database),
        properties.getLive().getMaxSubscriptions(),
        properties.getLive().getHeartbeat(),
        properties.getLive().getResumeWindow());
  }
}
