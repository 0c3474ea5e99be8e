package dev.turso.spring.test;

import dev.turso.spring.event.RowChangeRecorder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives the context of a {@link TursoTest} a database of its own, in memory. */
final class TursoTestCustomizer implements ContextCustomizer {

  private static final String NAME = "tursoTest";

  /** Found by Spring's test framework. */
  static final class Factory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
        Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
      return TestContextAnnotationUtils.hasAnnotation(testClass, TursoTest.class)
          ? new TursoTestCustomizer()
          : null;
    }
  }

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    String url = "jdbc:turso:mem:test-" + UUID.randomUUID();
    Map<String, Object> properties =
        Map.of("spring.datasource.url", url, "spring.sql.init.mode", "always");
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(NAME, properties));
    if (context instanceof BeanDefinitionRegistry registry) {
      registry.registerBeanDefinition("tursoRowChangeRecorder", autowired(RowChangeRecorder.class));
      registry.registerBeanDefinition("tursoFreshDatabase", autowired(FreshDatabase.class));
    }
  }

  private static RootBeanDefinition autowired(Class<?> type) {
    RootBeanDefinition definition = new RootBeanDefinition(type);
    definition.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
    definition.setLazyInit(true);
    return definition;
  }

  /** One context serves all tests that are configured alike. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TursoTestCustomizer;
  }

  @Override
  public int hashCode() {
    return TursoTestCustomizer.class.hashCode();
  }
}
