package dev.turso.spring;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Keys are not shown by the actuator's endpoints either, whatever {@code show-values} says: neither the
 * properties that hold one, nor one in a URL, nor the property that a placeholder takes it from.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
class TursoSanitizingAutoConfiguration {

  private static final Pattern IN_URL = Pattern.compile("(?i)(hexkey=)[^&;\\s]+");

  @Bean
  static SanitizingFunction tursoKeySanitizingFunction(Environment environment) {
    return data -> sanitized(data, environment.getProperty("turso.encryption.key", ""));
  }

  private static SanitizableData sanitized(SanitizableData data, String primaryKey) {
    Object value = data.getValue();
    if (value == null) {
      return data;
    }
    String text = value.toString();
    if (isKey(data.getKey()) || !primaryKey.isEmpty() && text.equals(primaryKey)) {
      return data.withSanitizedValue();
    }
    String masked = IN_URL.matcher(text).replaceAll("$1" + SanitizableData.SANITIZED_VALUE);
    return masked.equals(text) ? data : data.withValue(masked);
  }

  /** In the spelling of files and in that of environment variables. */
  private static boolean isKey(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return letters.startsWith("turso") && letters.endsWith("encryptionkey");
  }
}
