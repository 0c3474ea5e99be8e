package dev.turso.spring;

import dev.turso.spring.event.JsonColumns;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** JSON columns of row types by the application's Jackson mapper, where Jackson is on the class path. */
@AutoConfiguration(
    afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(name = "tools.jackson.databind.json.JsonMapper")
class TursoJacksonAutoConfiguration {

  /** Of its own, because its condition is a class that may be missing. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(JsonMapper.class)
  static class Mapped {

    @Bean
    @ConditionalOnBean(JsonMapper.class)
    @ConditionalOnMissingBean
    JsonColumns tursoJsonColumns(JsonMapper mapper) {
      return (json, type) -> mapper.readValue(json, mapper.constructType(type));
    }
  }
}
