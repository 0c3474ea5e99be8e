package dev.turso.spring.kafka;

import dev.turso.Database;
import dev.turso.cdc.debezium.DebeziumOptions;
import dev.turso.cdc.kafka.KafkaSinkOptions;
import dev.turso.cdc.read.ReaderOptions;
import dev.turso.spring.TursoProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The sink to Kafka, where its client is there and {@code turso.kafka.enabled} is set; Flink's statements. */
@AutoConfiguration(afterName = "dev.turso.spring.TursoDatabaseAutoConfiguration")
@ConditionalOnBean(Database.class)
@EnableConfigurationProperties(TursoProperties.class)
class TursoKafkaAutoConfiguration {

  private static final String SERVERS = "spring.kafka.bootstrap-servers";

  @Bean
  @ConditionalOnMissingBean
  FlinkStatements tursoFlinkStatements(
      Database database, TursoProperties properties, Environment environment) {
    return new FlinkStatements(
        database,
        prefix(properties.getKafka(), environment),
        servers(properties.getKafka(), environment));
  }

  private static String servers(TursoProperties.Kafka settings, Environment environment) {
    List<String> own = settings.getBootstrapServers();
    return own.isEmpty()
        ? environment.getProperty(SERVERS, "localhost:9092")
        : String.join(",", own);
  }

  private static String prefix(TursoProperties.Kafka settings, Environment environment) {
    String own = settings.getPrefix();
    return own == null ? environment.getProperty("spring.application.name", "turso") : own;
  }

  /** Of its own, because its condition is a class that may be missing. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.apache.kafka.clients.producer.KafkaProducer")
  @ConditionalOnProperty("turso.kafka.enabled")
  static class Sink {

    @Bean
    @ConditionalOnMissingBean
    KafkaSinkOptions tursoKafkaSinkOptions(TursoProperties properties, Environment environment) {
      TursoProperties.Kafka settings = properties.getKafka();
      String prefix = prefix(settings, environment);
      String cursor = settings.getCursor();
      ReaderOptions reader = ReaderOptions.DEFAULT.from(settings.getStart());
      KafkaSinkOptions options =
          KafkaSinkOptions.of(servers(settings, environment), prefix)
              .cursor(cursor == null ? prefix : cursor)
              .messages(DebeziumOptions.of(prefix))
              .reader(
                  settings.getTables().isEmpty() ? reader : reader.tables(settings.getTables()));
      for (Map.Entry<String, String> each : kafkasOwn(settings).entrySet()) {
        options = options.with(each.getKey(), each.getValue());
      }
      return options;
    }

    /** The sink tries again by itself, and an application that ends does not wait long for Kafka. */
    private static Map<String, String> kafkasOwn(TursoProperties.Kafka settings) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("max.block.ms", "10000");
      all.put("request.timeout.ms", "5000");
      all.put("default.api.timeout.ms", "10000");
      all.putAll(settings.getProperties());
      return all;
    }

    @Bean
    @ConditionalOnMissingBean
    KafkaSinkContainer tursoKafkaSink(Database database, KafkaSinkOptions options) {
      return new KafkaSinkContainer(database, options);
    }
  }
}
