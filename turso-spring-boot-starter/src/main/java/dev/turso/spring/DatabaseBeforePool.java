package dev.turso.spring;

import dev.turso.Database;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Opens the database before a pool connects to it: connections that are there already would not have the
 * functions of the application's {@link dev.turso.vtab.SqlLibrary} beans, and a file that cannot be opened is
 * told of as it is, not as what uses the pool makes of it.
 */
final class DatabaseBeforePool implements BeanPostProcessor {

  static final String DATABASE = "tursoDatabase";

  private final BeanFactory beans;

  DatabaseBeforePool(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof DataSource && beans.containsBean(DATABASE)) {
      beans.getBean(DATABASE, Database.class);
    }
    return bean;
  }
}
