package dev.turso.spring;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Tells of {@code turso.*} properties that nobody reads: a misspelt {@code turso.encryption.key} leaves a
 * file in the clear. A warning, since an application may have properties of that name for itself; those of
 * the process's environment are left alone.
 */
final class MisspelledProperties {

  private static final Logger LOG = LoggerFactory.getLogger(MisspelledProperties.class);

  /** Bound by a class of its own, where there is a health endpoint. */
  private static final String HEALTH = "turso.health.";

  private MisspelledProperties() {}

  static void warn(Environment environment) {
    try {
      Binder.get(environment)
          .bind(
              "turso",
              Bindable.of(TursoProperties.class),
              new NoUnboundElementsBindHandler(
                  BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
    } catch (BindException e) {
      if (e.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
        unbound.getUnboundProperties().forEach(MisspelledProperties::warn);
      }
    }
  }

  /** Names it, and where it stands; not its value, which may be a key. */
  private static void warn(ConfigurationProperty property) {
    String name = property.getName().toString();
    if (!name.startsWith(HEALTH)) {
      LOG.warn("There is no property {} (at {}): nobody reads it", name, property.getOrigin());
    }
  }
}
