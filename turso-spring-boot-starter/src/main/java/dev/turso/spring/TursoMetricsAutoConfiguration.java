package dev.turso.spring;

import dev.turso.Database;
import dev.turso.spring.event.RowChangePublisher;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.observe.TursoMeters;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters, where Micrometer is on the class path. */
@AutoConfiguration(after = TursoDatabaseAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(Database.class)
class TursoMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  TursoMeters tursoMeters(
      Database database, LiveQueryTemplate live, ObjectProvider<RowChangePublisher> events) {
    return new TursoMeters(database, live, events.getIfAvailable());
  }
}
