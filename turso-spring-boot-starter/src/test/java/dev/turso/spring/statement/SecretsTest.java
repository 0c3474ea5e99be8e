package dev.turso.spring.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.spring.Contexts;
import dev.turso.spring.TursoConnectionDetails;
import dev.turso.spring.TursoProperties;
import dev.turso.spring.operate.TursoEndpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A search of logs, endpoints, exceptions and texts of beans for a key and for parameters. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

  private static final String KEY = "c0ffee99".repeat(8);
  private static final String OTHER_KEY = "decade77".repeat(8);
  private static final String PARAMETER = "needle-in-a-parameter";

  @TempDir Path folder;

  private ApplicationContextRunner contexts(String key) {
    return Contexts.on(
            "jdbc:turso:" + folder.resolve("secret.db") + "?hexkey=" + key,
            TursoStatementAutoConfiguration.class,
            EnvironmentEndpointAutoConfiguration.class,
            ConfigurationPropertiesReportEndpointAutoConfiguration.class)
        .withPropertyValues(
            "management.endpoints.web.exposure.include=*",
            "management.endpoints.jmx.exposure.include=*",
            "turso.statements.slow-threshold=0ms",
            "logging.level.root=DEBUG");
  }

  @Test
  void noKeyAndNoParameterIsInALogAnEndpointOrATextOfABean(CapturedOutput output) {
    contexts(KEY)
        .run(context -> {
          assertThat(context).hasNotFailed();
          JdbcClient jdbc = context.getBean(JdbcClient.class);
          jdbc.sql("CREATE TABLE t (a TEXT UNIQUE)").update();
          jdbc.sql("INSERT INTO t VALUES (?)").param(PARAMETER).update();
          StringWriter said = new StringWriter();
          refused(jdbc, said);
          endpoints(context, said);
          beans(context, said);
          assertThat(said.toString())
              .contains("INSERT INTO t VALUES", "secret.db", "UNIQUE constraint failed: t.a")
              .doesNotContain("c0ffee")
              .doesNotContain(PARAMETER);
        });
    assertThat(output).contains("secret.db").doesNotContain("c0ffee").doesNotContain(PARAMETER);
  }

  @Test
  void norWhereEndpointsShowTheValuesOfProperties() {
    Contexts.on(
            "jdbc:turso:" + folder.resolve("shown.db"),
            EnvironmentEndpointAutoConfiguration.class,
            ConfigurationPropertiesReportEndpointAutoConfiguration.class)
        .withPropertyValues(
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always",
            "from.elsewhere=" + KEY,
            "turso.encryption.key=${from.elsewhere}",
            "turso.encryption.cipher=aes256gcm",
            "turso.databases.other.path=" + folder.resolve("other.db"),
            "turso.databases.other.encryption.key=" + OTHER_KEY,
            "turso.databases.other.encryption.cipher=aes256gcm",
            "a.url=jdbc:turso:x.db?hexkey=" + OTHER_KEY + "&busy_timeout=7")
        .run(context -> {
          assertThat(context).hasNotFailed();
          StringWriter said = new StringWriter();
          endpoints(context, said);
          assertThat(said.toString())
              .contains("shown.db", "other.db", "aes256gcm", "hexkey=******&busy_timeout=7")
              .doesNotContain("c0ffee")
              .doesNotContain("decade");
        });
  }

  private static void refused(JdbcClient jdbc, StringWriter said) {
    try {
      jdbc.sql("INSERT INTO t VALUES (?)").param(PARAMETER).update();
      throw new AssertionError("not refused");
    } catch (RuntimeException e) {
      e.printStackTrace(new PrintWriter(said, true));
    }
  }

  private static void endpoints(ApplicationContext context, StringWriter said) {
    TursoEndpoint endpoint = context.getBean(TursoEndpoint.class);
    said.append(endpoint.show().toString());
    for (String part : List.of("sessions", "slowStatements")) {
      said.append(String.valueOf(endpoint.show(part)));
    }
    context
        .getBean(EnvironmentEndpoint.class)
        .environment(null)
        .getPropertySources()
        .forEach(source ->
            source
                .getProperties()
                .forEach((name, value) -> said.append(name).append('=').append(text(value))));
    context
        .getBean(ConfigurationPropertiesReportEndpoint.class)
        .configurationProperties()
        .getContexts()
        .values()
        .forEach(each ->
            each.getBeans()
                .values()
                .forEach(bean ->
                    said.append(bean.getProperties().toString())
                        .append(bean.getInputs().toString())));
  }

  private static String text(EnvironmentEndpoint.PropertyValueDescriptor value) {
    return String.valueOf(value.getValue());
  }

  private static void beans(ApplicationContext context, StringWriter said) throws Exception {
    said.append(context.getBean(TursoConnectionDetails.class).toString())
        .append(context.getBean(Database.class).options().toString())
        .append(context.getBean(TursoProperties.class).toString());
    try (Connection connection = context.getBean(DataSource.class).getConnection()) {
      said.append(connection.toString()).append(connection.getMetaData().getURL());
    }
  }

  @Test
  void aWrongKeyIsRefusedWithoutShowingIt(CapturedOutput output) {
    contexts(KEY)
        .run(context -> context.getBean(JdbcClient.class).sql("CREATE TABLE t (a)").update());
    contexts(OTHER_KEY)
        .run(context -> {
          StringWriter said = new StringWriter();
          Throwable failure = context.getStartupFailure();
          assertThat(failure).isNotNull();
          failure.printStackTrace(new PrintWriter(said, true));
          assertThat(said.toString()).contains("another key").doesNotContain("decade");
        });
    assertThat(output).doesNotContain("c0ffee").doesNotContain("decade");
  }
}
