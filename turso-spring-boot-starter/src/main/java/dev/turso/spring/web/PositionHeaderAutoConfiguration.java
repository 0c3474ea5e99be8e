package dev.turso.spring.web;

import dev.turso.Database;
import dev.turso.spring.TursoProperties;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/** The position of a request's commits in a response header, unless it is switched off. */
@AutoConfiguration(afterName = "dev.turso.spring.TursoDatabaseAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "turso.live.web.position-header.enabled", matchIfMissing = true)
@ConditionalOnBean(Database.class)
class PositionHeaderAutoConfiguration {

  /** Of its own, because its condition is a class that may be missing. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
  static class Header {

    @Bean
    @ConditionalOnMissingBean
    PositionHeaderFilter positionHeaderFilter(Database database, TursoProperties properties) {
      return new PositionHeaderFilter(
          database, properties.getLive().getWeb().getPositionHeader().getName());
    }
  }
}
