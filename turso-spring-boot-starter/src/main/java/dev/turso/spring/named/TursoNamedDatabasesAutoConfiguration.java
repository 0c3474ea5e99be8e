package dev.turso.spring.named;

import dev.turso.spring.TursoProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Further databases by name, beside whatever the primary data source is. */
@AutoConfiguration
@EnableConfigurationProperties(TursoProperties.class)
@Import(NamedDatabaseRegistrar.class)
class TursoNamedDatabasesAutoConfiguration {}
