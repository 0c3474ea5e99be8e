package dev.turso.spring.start;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What Boot cannot know about this database, as defaults below everything an application sets.
 *
 * <p>Only where {@code spring.datasource.url} is ours or absent. Boot's test slices keep the data
 * source, jOOQ gets its dialect, and a database in memory is initialised as Boot's embedded ones are.
 * A script is not cut at its semicolons, of which a trigger has some inside: the driver runs it whole.
 */
public final class TursoDefaults implements EnvironmentPostProcessor {

  private static final String NAME = "tursoDefaults";
  private static final String PREFIX = "jdbc:turso:";

  /** Spring's {@code ScriptUtils.EOF_STATEMENT_SEPARATOR}. */
  private static final String WHOLE_SCRIPT = "^^^ END OF SCRIPT ^^^";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String url = environment.getProperty("spring.datasource.url");
    if (url != null && !url.startsWith(PREFIX)) {
      return;
    }
    JavaVersion.check(Runtime.version().feature());
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("spring.test.database.replace", "none");
    defaults.put("spring.jooq.sql-dialect", "sqlite");
    if (!environment.getProperty("spring.sql.init.continue-on-error", Boolean.class, false)) {
      defaults.put("spring.sql.init.separator", WHOLE_SCRIPT);
    }
    boolean noFile = url == null && environment.getProperty("turso.path") == null;
    if (noFile || url != null && isInMemory(url.substring(PREFIX.length()))) {
      defaults.put("spring.sql.init.mode", "always");
      defaults.put("spring.batch.jdbc.initialize-schema", "always");
      defaults.put("spring.session.jdbc.initialize-schema", "always");
    }
    // Also above the default properties of an application, which Boot keeps at the end.
    defaults.keySet().removeIf(environment::containsProperty);
    environment.getPropertySources().addLast(new MapPropertySource(NAME, defaults));
  }

  private static boolean isInMemory(String location) {
    return location.startsWith(":memory:") || location.startsWith("mem:");
  }
}
