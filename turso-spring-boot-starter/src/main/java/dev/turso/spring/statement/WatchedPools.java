package dev.turso.spring.statement;

import com.zaxxer.hikari.HikariDataSource;
import dev.turso.jdbc.TursoDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Has the pools of our URLs take watched connections. */
final class WatchedPools implements BeanPostProcessor {

  private static final String PREFIX = "jdbc:turso:";

  private final ObjectProvider<StatementWatch> watch;

  WatchedPools(ObjectProvider<StatementWatch> watch) {
    this.watch = watch;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof HikariDataSource pool
        && pool.getDataSource() == null
        && pool.getJdbcUrl() != null
        && pool.getJdbcUrl().startsWith(PREFIX)) {
      pool.setDataSource(new Watched(pool.getJdbcUrl(), watch.getObject()));
    }
    return bean;
  }

  /** Gives watched connections. */
  private static final class Watched extends DelegatingDataSource {

    private final StatementWatch watch;

    Watched(String url, StatementWatch watch) {
      super(new TursoDataSource(url));
      this.watch = watch;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return WatchedConnection.of(super.getConnection(), watch);
    }

    /** The pool has no user of its own. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }
  }
}
