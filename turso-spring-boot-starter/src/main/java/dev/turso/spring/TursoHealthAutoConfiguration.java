package dev.turso.spring;

import dev.turso.Database;
import dev.turso.spring.observe.TursoHealthIndicator;
import dev.turso.spring.observe.TursoHealthProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The {@code turso} health contributor, where Boot's health support is on the class path. */
@AutoConfiguration(after = TursoDatabaseAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
@ConditionalOnBean(Database.class)
class TursoHealthAutoConfiguration {

  /** Of its own, because its condition is a class that may be missing. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
  @EnableConfigurationProperties(TursoHealthProperties.class)
  static class Indicator {

    @Bean
    @ConditionalOnMissingBean(name = "tursoHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("turso")
    TursoHealthIndicator tursoHealthIndicator(Database database, TursoHealthProperties settings) {
      return new TursoHealthIndicator(database, settings);
    }
  }
}
