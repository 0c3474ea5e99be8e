package dev.turso.spring;

import dev.turso.jdbc.TursoDriver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * The DataSource: connection details from which Boot builds its own pool.
 *
 * <p>Takes part when {@code spring.datasource.url} is a {@code jdbc:turso:} URL or absent; absent, it
 * is the file of {@code turso.path}, or a database in memory named after the application.
 */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@Conditional(OnTursoUrl.class)
@ConditionalOnMissingBean({DataSource.class, JdbcConnectionDetails.class})
@EnableConfigurationProperties(TursoProperties.class)
class TursoDataSourceAutoConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(TursoDataSourceAutoConfiguration.class);

  /**
   * @throws SQLException if the URL carries an option that the driver does not know: now, when that can be
   *     told; a pool or what uses it may pass over its cause
   */
  @Bean
  TursoConnectionDetails tursoConnectionDetails(TursoProperties properties, Environment environment)
      throws SQLException {
    MisspelledProperties.warn(environment);
    String url = environment.getProperty("spring.datasource.url");
    TursoConnectionDetails details =
        new TursoConnectionDetails(UrlWithDefaults.of(url, properties, memoryName(environment)));
    Map<String, String> options = new HashMap<>();
    for (DriverPropertyInfo each : new TursoDriver().getPropertyInfo(details.getJdbcUrl(), null)) {
      options.put(each.name, each.value == null ? "as it is" : each.value);
    }
    boolean inMemory = details.location().startsWith("mem:") || details.location().startsWith(":");
    LOG.info(
        "Turso database {}: journal_mode={}, synchronous={}, foreign_keys={}, SQLite 3.54{}",
        shown(details.location()),
        options.get("journal_mode"),
        options.get("synchronous"),
        options.get("foreign_keys"),
        inMemory ? "; in memory, gone when the process ends" : "");
    return details;
  }

  /** Hands the key to the pool that Boot makes, after its URL was set and before it is used. */
  @Bean
  @ConditionalOnClass(name = "com.zaxxer.hikari.HikariDataSource")
  static BeanPostProcessor tursoKeyPostProcessor(
      ObjectProvider<TursoConnectionDetails> details, ObjectProvider<TursoProperties> properties) {
    return new EncryptedPoolPostProcessor(details, properties);
  }

  /** A URI may hold a key. */
  private static String shown(String location) {
    int question = location.indexOf('?');
    return question < 0 ? location : location.substring(0, question);
  }

  /** Unique to this application context, as Boot's embedded databases are, unless it was named. */
  private static String memoryName(Environment environment) {
    String name = environment.getProperty("spring.datasource.name");
    if (name != null) {
      return name;
    }
    String application = environment.getProperty("spring.application.name", "application");
    boolean unique =
        environment.getProperty("spring.datasource.generate-unique-name", Boolean.class, true);
    return unique ? application + "-" + UUID.randomUUID() : application;
  }
}
