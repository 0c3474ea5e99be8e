package dev.turso.spring.data;

import java.util.Collection;
import java.util.List;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.relational.core.dialect.AbstractDialect;
import org.springframework.data.relational.core.dialect.LimitClause;
import org.springframework.data.relational.core.dialect.LockClause;
import org.springframework.data.relational.core.sql.IdentifierProcessing;
import org.springframework.data.relational.core.sql.IdentifierProcessing.LetterCasing;
import org.springframework.data.relational.core.sql.IdentifierProcessing.Quoting;
import org.springframework.data.relational.core.sql.LockOptions;

/**
 * The SQL that Spring Data JDBC writes for this database: SQLite's.
 *
 * <p>Names are quoted as they are; a lock on rows is no clause, because a transaction that writes has
 * the file to itself.
 */
final class TursoDialect extends AbstractDialect implements JdbcDialect {

  static final TursoDialect INSTANCE = new TursoDialect();

  private static final IdentifierProcessing IDENTIFIERS =
      IdentifierProcessing.create(Quoting.ANSI, LetterCasing.AS_IS);

  private TursoDialect() {}

  @Override
  public String getName() {
    return "Turso";
  }

  @Override
  public IdentifierProcessing getIdentifierProcessing() {
    return IDENTIFIERS;
  }

  @Override
  public LimitClause limit() {
    return new LimitClause() {
      @Override
      public String getLimit(long limit) {
        return "LIMIT " + limit;
      }

      @Override
      public String getOffset(long offset) {
        return "LIMIT -1 OFFSET " + offset;
      }

      @Override
      public String getLimitOffset(long limit, long offset) {
        return "LIMIT " + limit + " OFFSET " + offset;
      }

      @Override
      public LimitClause.Position getClausePosition() {
        return LimitClause.Position.AFTER_ORDER_BY;
      }
    };
  }

  @Override
  public LockClause lock() {
    return new LockClause() {
      @Override
      public String getLock(LockOptions options) {
        return "";
      }

      @Override
      public LockClause.Position getClausePosition() {
        return LockClause.Position.AFTER_ORDER_BY;
      }
    };
  }

  @Override
  public Collection<Object> getConverters() {
    return List.copyOf(StoredValues.converters());
  }
}
