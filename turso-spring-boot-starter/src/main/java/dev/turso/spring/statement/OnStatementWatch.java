package dev.turso.spring.statement;

import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when somebody has asked for statements to be watched. */
final class OnStatementWatch extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    Environment environment = context.getEnvironment();
    ConditionMessage.Builder message = ConditionMessage.forCondition("Turso statement watch");
    Boolean asked = environment.getProperty("turso.statements.watch", Boolean.class);
    if (asked != null) {
      return new ConditionOutcome(asked, message.because("turso.statements.watch is " + asked));
    }
    if (environment.containsProperty("turso.statements.slow-threshold")) {
      return ConditionOutcome.match(message.because("turso.statements.slow-threshold is set"));
    }
    return LoggerFactory.getLogger(StatementWatch.LOGGER).isDebugEnabled()
        ? ConditionOutcome.match(message.because("the logger is at debug"))
        : ConditionOutcome.noMatch(message.because("nobody has asked"));
  }
}
