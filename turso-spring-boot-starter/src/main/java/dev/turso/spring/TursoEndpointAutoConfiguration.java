package dev.turso.spring;

import dev.turso.spring.operate.TursoEndpoint;
import dev.turso.spring.operate.TursoOperations;
import dev.turso.spring.statement.StatementWatch;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The actuator endpoint {@code turso}, where the actuator is on the class path and exposes it. */
@AutoConfiguration(after = TursoDatabaseAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
@ConditionalOnBean(TursoOperations.class)
class TursoEndpointAutoConfiguration {

  /** Of its own, because its condition is a class that may be missing. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
  static class ExposedEndpoint {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    TursoEndpoint tursoEndpoint(
        TursoOperations operations,
        TursoProperties properties,
        ObjectProvider<StatementWatch> statements) {
      return new TursoEndpoint(
          operations, properties.getBackupDirectory(), statements.getIfAvailable());
    }
  }
}
