package dev.turso.spring;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Application contexts for tests: ours and Boot's JDBC auto-configuration, nothing else. */
public final class Contexts {

  private Contexts() {}

  /** A context on a URL, with further auto-configurations. */
  public static ApplicationContextRunner on(String url, Class<?>... more) {
    return new ApplicationContextRunner()
        .withConfiguration(TursoAutoConfigurationTest.ALL)
        .withConfiguration(AutoConfigurations.of(more))
        .withPropertyValues("spring.datasource.url=" + url);
  }
}
