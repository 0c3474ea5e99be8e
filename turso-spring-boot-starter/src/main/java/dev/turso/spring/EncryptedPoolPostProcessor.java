package dev.turso.spring;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Hands the key to the pool that Boot makes, when its URL is set and no connection is open. */
final class EncryptedPoolPostProcessor implements BeanPostProcessor {

  private final ObjectProvider<TursoConnectionDetails> details;
  private final ObjectProvider<TursoProperties> properties;

  EncryptedPoolPostProcessor(
      ObjectProvider<TursoConnectionDetails> details, ObjectProvider<TursoProperties> properties) {
    this.details = details;
    this.properties = properties;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool) {
      TursoConnectionDetails own = details.getIfUnique();
      if (own != null && own.getJdbcUrl().equals(pool.getJdbcUrl())) {
        DatabaseKeys.give(pool, own, properties.getObject().getEncryption());
      }
    }
    return bean;
  }
}
