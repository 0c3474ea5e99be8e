package dev.turso.spring.console;

import dev.turso.Database;
import dev.turso.spring.TursoProperties;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.web.RequestChecks;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** The console, once {@code turso.console.enabled} is set. */
@AutoConfiguration(afterName = "dev.turso.spring.TursoDatabaseAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "turso.console.enabled", havingValue = "true")
@ConditionalOnBean({Database.class, LiveQueryTemplate.class})
class TursoConsoleAutoConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(TursoConsoleAutoConfiguration.class);

  @Bean
  ConsoleController tursoConsoleController(
      Database database, LiveQueryTemplate live, TursoProperties properties) {
    TursoProperties.Console console = properties.getConsole();
    Path file = console.getTokenFile();
    ConsoleToken token =
        ConsoleToken.write(file == null ? Path.of("turso-console.token").toAbsolutePath() : file);
    LOG.info("The Turso console is at {}, its token in {}", console.getPath(), token.file());
    return new ConsoleController(
        new ConsoleSession(database, console.isWritable()),
        live,
        token,
        new RequestChecks(List.of(), List.of()),
        console.getPath());
  }
}
