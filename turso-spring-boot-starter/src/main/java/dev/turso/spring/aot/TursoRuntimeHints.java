package dev.turso.spring.aot;

import dev.turso.jdbc.TursoDriver;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** The driver, which is made by its name; the browser's script; extensions found by their services. */
final class TursoRuntimeHints implements RuntimeHintsRegistrar {

  private static final List<String> RESOURCES =
      List.of(
          "META-INF/resources/turso/*",
          "META-INF/services/java.sql.Driver",
          "META-INF/services/dev.turso.change.DatabaseExtension",
          "META-INF/services/org.flywaydb.core.extensibility.Plugin");

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    hints.reflection().registerType(TursoDriver.class, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
    for (String each : RESOURCES) {
      hints.resources().registerPattern(each);
    }
    for (Class<?> each :
        List.of(
            Connection.class, Statement.class, PreparedStatement.class, CallableStatement.class)) {
      hints.proxies().registerJdkProxy(each);
    }
  }
}
