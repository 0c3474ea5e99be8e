package dev.turso.spring.failure;

import dev.turso.spring.query.LiveQueryException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A declared live query cannot be one. */
final class LiveQueryFailureAnalyzer extends AbstractFailureAnalyzer<LiveQueryException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, LiveQueryException cause) {
    return new FailureAnalysis(
        "A live query cannot be declared so: " + cause.getMessage() + ".", cause.remedy(), cause);
  }
}
