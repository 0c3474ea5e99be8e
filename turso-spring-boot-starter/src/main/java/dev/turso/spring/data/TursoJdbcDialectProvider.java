package dev.turso.spring.data;

import java.sql.Connection;
import java.util.Optional;
import org.springframework.data.jdbc.core.dialect.DialectResolver.JdbcDialectProvider;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** Gives Spring Data JDBC its dialect on connections of our driver, by the URL of the connection. */
public final class TursoJdbcDialectProvider implements JdbcDialectProvider {

  @Override
  public Optional<Dialect> getDialect(JdbcOperations operations) {
    Boolean ours = operations.execute((ConnectionCallback<Boolean>) this::isOurs);
    return Boolean.TRUE.equals(ours) ? Optional.of(TursoDialect.INSTANCE) : Optional.empty();
  }

  private boolean isOurs(Connection connection) throws java.sql.SQLException {
    String url = connection.getMetaData().getURL();
    return url != null && url.startsWith("jdbc:turso:");
  }
}
