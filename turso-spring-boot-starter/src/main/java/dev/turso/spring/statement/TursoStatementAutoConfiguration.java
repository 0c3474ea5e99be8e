package dev.turso.spring.statement;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.spring.TursoProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Watches the statements of pools, where that is asked for. */
@AutoConfiguration
@Conditional(OnStatementWatch.class)
@ConditionalOnClass(HikariDataSource.class)
@EnableConfigurationProperties(TursoProperties.class)
class TursoStatementAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  StatementWatch statementWatch(TursoProperties properties) {
    return new StatementWatch(properties.getStatements().getSlowThreshold());
  }

  @Bean
  static WatchedPools watchedPools(ObjectProvider<StatementWatch> watch) {
    return new WatchedPools(watch);
  }
}
