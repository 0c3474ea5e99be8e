package dev.turso.spring.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Makes the database fresh before a test's transaction and scripts begin. */
final class FreshDatabaseListener extends AbstractTestExecutionListener {

  /** Before transactions (4000) and scripts (5000). */
  private static final int ORDER = 3900;

  @Override
  public int getOrder() {
    return ORDER;
  }

  @Override
  public void beforeTestClass(TestContext test) {
    if (isFresh(test)) {
      of(test).keep();
    }
  }

  @Override
  public void beforeTestMethod(TestContext test) {
    if (isFresh(test)) {
      of(test).restore();
    }
  }

  private static boolean isFresh(TestContext test) {
    return TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), TursoTest.class);
  }

  private static FreshDatabase of(TestContext test) {
    return test.getApplicationContext().getBean(FreshDatabase.class);
  }
}
