package dev.turso.spring.operate;

import dev.turso.spring.statement.StatementWatch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code turso}.
 *
 * <p>GET shows the database, its views and cursors, and, where statements are watched, connections and
 * slow statements; GET {@code /check} compares views and file with what they should be; POST {@code /checkpoint}, {@code /backup} with {@code name} and {@code /rebuild} with
 * {@code name} act.
 */
@Endpoint(id = "turso")
public final class TursoEndpoint {

  private final TursoOperations operations;
  private final @Nullable Path backups;
  private final @Nullable StatementWatch statements;

  public TursoEndpoint(
      TursoOperations operations, @Nullable Path backups, @Nullable StatementWatch statements) {
    this.operations = operations;
    this.backups = backups;
    this.statements = statements;
  }

  @ReadOperation
  public Map<String, Object> show() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("database", operations.status());
    shown.put("views", operations.views());
    shown.put("cursors", operations.cursors());
    if (statements != null) {
      shown.put("sessions", statements.sessions());
      shown.put("slowStatements", statements.slowStatements());
    }
    return shown;
  }

  @ReadOperation
  public @Nullable Object show(@Selector String part) {
    return switch (part) {
      case "views" -> operations.views();
      case "cursors" -> operations.cursors();
      case "sessions" -> statements == null ? null : statements.sessions();
      case "slowStatements" -> statements == null ? null : statements.slowStatements();
      case "check" ->
          Map.of("views", operations.checkViews(), "integrity", operations.checkIntegrity());
      default -> null;
    };
  }

  @WriteOperation
  public @Nullable Object act(@Selector String action, @Nullable String name) {
    return switch (action) {
      case "checkpoint" -> operations.checkpoint();
      case "backup" -> Map.of("written", backup(name));
      case "rebuild" -> rebuild(name);
      default -> null;
    };
  }

  private String backup(@Nullable String name) {
    Path folder = backups;
    if (folder == null) {
      throw new IllegalArgumentException("a backup needs turso.backup-directory to be set");
    }
    if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException("a backup needs a file name without a path");
    }
    operations.backup(folder.resolve(name));
    return name;
  }

  private Object rebuild(@Nullable String view) {
    if (view == null) {
      throw new IllegalArgumentException("the name of the view to rebuild is missing");
    }
    operations.rebuild(view);
    return Map.of("rebuilt", view);
  }
}
