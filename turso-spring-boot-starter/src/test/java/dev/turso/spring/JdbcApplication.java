package dev.turso.spring;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application with a data source and Spring's JDBC, to be started as Boot starts one. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  TursoDataSourceAutoConfiguration.class,
  TursoDatabaseAutoConfiguration.class,
  DataSourceAutoConfiguration.class,
  DataSourceInitializationAutoConfiguration.class,
  DataSourceTransactionManagerAutoConfiguration.class,
  JdbcTemplateAutoConfiguration.class,
  JdbcClientAutoConfiguration.class
})
public class JdbcApplication {}
