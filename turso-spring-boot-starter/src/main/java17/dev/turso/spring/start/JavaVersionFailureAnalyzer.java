package dev.turso.spring.start;

import dev.turso.spring.start.JavaVersion.JavaTooOldException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which Java is missing instead of leaving a linkage error. */
public final class JavaVersionFailureAnalyzer extends AbstractFailureAnalyzer<JavaTooOldException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, JavaTooOldException cause) {
    return new FailureAnalysis(
        cause.getMessage() + " (" + System.getProperty("java.home") + ").",
        "Run the application on a JDK "
            + JavaVersion.NEEDED
            + " or newer, for example by setting JAVA_HOME.",
        cause);
  }
}
