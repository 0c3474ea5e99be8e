package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CREATE TRIGGER. FOR EACH ROW is the only kind there is.
 *
 * @param time BEFORE if not written
 * @param updateOf the columns of UPDATE OF, empty if not written
 * @param body INSERT, UPDATE, DELETE and SELECT statements, at least one
 */
public record CreateTrigger(
    boolean temporary,
    boolean ifNotExists,
    QualifiedName name,
    Time time,
    Event event,
    List<Name> updateOf,
    QualifiedName table,
    @Nullable Expression when,
    List<Statement> body)
    implements Statement {

  /** When the trigger fires. */
  public enum Time {
    BEFORE("BEFORE"),
    AFTER("AFTER"),
    INSTEAD_OF("INSTEAD OF");

    private final String sql;

    Time(String sql) {
      this.sql = sql;
    }

    /** As it is written. */
    public String sql() {
      return sql;
    }
  }

  /** What the trigger fires on. */
  public enum Event {
    INSERT,
    UPDATE,
    DELETE
  }
}
