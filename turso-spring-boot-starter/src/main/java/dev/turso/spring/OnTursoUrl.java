package dev.turso.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when {@code spring.datasource.url} is ours or absent. */
final class OnTursoUrl extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    String url = context.getEnvironment().getProperty("spring.datasource.url");
    ConditionMessage.Builder message = ConditionMessage.forCondition("Turso URL");
    if (url == null || url.startsWith(UrlWithDefaults.PREFIX)) {
      return ConditionOutcome.match(message.because("spring.datasource.url is ours or absent"));
    }
    return ConditionOutcome.noMatch(message.because("spring.datasource.url names another driver"));
  }
}
