package dev.turso.spring.failure;

import dev.turso.spring.event.RowTypeException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A listener's row type and its table do not fit. */
final class RowTypeFailureAnalyzer extends AbstractFailureAnalyzer<RowTypeException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, RowTypeException cause) {
    return new FailureAnalysis(
        "A listener takes row changes that the database cannot give: " + cause.getMessage() + ".",
        cause.remedy(),
        cause);
  }
}
