package dev.turso.spring;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.spring.event.JsonColumns;
import dev.turso.spring.event.RowChangeListenerRegistry;
import dev.turso.spring.event.RowChangePublisher;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.operate.TursoOperations;
import dev.turso.vtab.SqlLibrary;
import io.micrometer.observation.ObservationRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.transaction.PlatformTransactionManager;

/** The open database as a bean, and what reads its stream: row change events and live queries. */
@AutoConfiguration(
    after = {
      TursoDataSourceAutoConfiguration.class,
      DataSourceTransactionManagerAutoConfiguration.class
    })
@ConditionalOnBean(TursoConnectionDetails.class)
class TursoDatabaseAutoConfiguration {

  @Bean(DatabaseBeforePool.DATABASE)
  @ConditionalOnMissingBean
  Database tursoDatabase(
      TursoConnectionDetails details,
      TursoProperties properties,
      ObjectProvider<SqlLibrary> libraries) {
    return UsableDatabase.open(
        details.location(),
        Options.DEFAULT
            .withBusyTimeout((int) properties.getBusyTimeout().toMillis())
            .withEncryption(DatabaseKeys.of(details, properties.getEncryption())),
        libraries);
  }

  @Bean
  static DatabaseBeforePool databaseBeforePool(BeanFactory beans) {
    return new DatabaseBeforePool(beans);
  }

  @Bean
  @ConditionalOnMissingBean
  LiveQueries liveQueries(Database database) {
    return LiveQueries.of(database);
  }

  @Bean
  @ConditionalOnMissingBean
  LiveQueryTemplate liveQueryTemplate(LiveQueries queries, TursoProperties properties) {
    TursoProperties.Live settings = properties.getLive();
    return new LiveQueryTemplate(
        queries,
        settings.getMaxSubscriptions(),
        settings.getHeartbeat(),
        settings.getResumeWindow());
  }

  @Bean
  @ConditionalOnMissingBean
  TursoOperations tursoOperations(Database database, LiveQueryTemplate live) {
    return new TursoOperations(database, live);
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty(name = "turso.events.enabled", matchIfMissing = true)
  RowChangePublisher rowChangePublisher(
      Database database,
      ConfigurableApplicationContext context,
      ObjectProvider<PlatformTransactionManager> transactions,
      ObjectProvider<ConversionService> conversions,
      ObjectProvider<JsonColumns> json,
      ObjectProvider<ObservationRegistry> observations) {
    return new RowChangePublisher(
        database,
        context,
        transactions.getIfUnique(),
        conversions.getIfUnique(DefaultConversionService::getSharedInstance),
        json.getIfUnique(),
        observations.getIfUnique(() -> ObservationRegistry.NOOP));
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBean(DataSource.class)
  @ConditionalOnSingleCandidate(PlatformTransactionManager.class)
  RowChangeListenerRegistry rowChangeListenerRegistry(
      Database database,
      DataSource source,
      ConfigurableApplicationContext context,
      PlatformTransactionManager transactions,
      ObjectProvider<ConversionService> conversions,
      ObjectProvider<JsonColumns> json,
      ObjectProvider<ObservationRegistry> observations) {
    boolean virtual = Threading.VIRTUAL.isActive(context.getEnvironment());
    return new RowChangeListenerRegistry(
        database,
        source,
        context.getBeanFactory(),
        transactions,
        conversions.getIfUnique(DefaultConversionService::getSharedInstance),
        json.getIfUnique(),
        virtual ? Thread.ofVirtual().factory() : Thread.ofPlatform().daemon().factory(),
        observations.getIfUnique(() -> ObservationRegistry.NOOP));
  }
}
