package dev.turso.spring;

import dev.turso.Database;
import dev.turso.spring.observe.TursoHealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The {@code turso} health contributor, where Boot's health support is on the class path. */
@AutoConfiguration(after = TursoDatabaseAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(Database.class)
@ConditionalOnEnabledHealthIndicator("turso")
class TursoHealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "tursoHealthIndicator")
  TursoHealthIndicator tursoHealthIndicator(Database database) {
    return new TursoHealthIndicator(database);
  }
}
