package dev.turso.spring;

import dev.turso.Database;
import dev.turso.vtab.SqlLibrary;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Opens the database, with the application's {@link SqlLibrary} beans, before a pool connects to it:
 * connections that are there already would not have them.
 */
final class SqlLibraryPostProcessor implements BeanPostProcessor {

  static final String DATABASE = "tursoDatabase";

  private final BeanFactory beans;

  SqlLibraryPostProcessor(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof DataSource
        && beans.getBeanProvider(SqlLibrary.class).iterator().hasNext()
        && beans.containsBean(DATABASE)) {
      beans.getBean(DATABASE, Database.class);
    }
    return bean;
  }
}
