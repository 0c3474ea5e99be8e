package dev.turso.spring;

import dev.turso.spring.flyway.ViewsBeforeClean;
import org.flywaydb.core.api.callback.Callback;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What Flyway must know of materialized views, where Flyway is on the class path. */
@AutoConfiguration(after = TursoDataSourceAutoConfiguration.class)
@ConditionalOnClass(Callback.class)
@ConditionalOnBean(TursoConnectionDetails.class)
class TursoFlywayAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ViewsBeforeClean viewsBeforeClean() {
    return new ViewsBeforeClean();
  }
}
