package dev.turso.spring.named;

import dev.turso.spring.TursoProperties;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers the beans of each {@code turso.databases.NAME}. */
final class NamedDatabaseRegistrar implements ImportBeanDefinitionRegistrar, EnvironmentAware {

  private static final String PREFIX = "turso.databases";

  private Set<String> names = Set.of();

  @Override
  public void setEnvironment(Environment environment) {
    names =
        Binder.get(environment)
            .bind(PREFIX, Bindable.mapOf(String.class, Object.class))
            .map(Map::keySet)
            .orElse(Set.of());
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    for (String name : names) {
      RootBeanDefinition opened =
          add(registry, name, "Database", "database", name, properties(), "close");
      // What is missing of its arguments is injected.
      opened.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
      RootBeanDefinition pool =
          add(registry, name, "DataSource", "dataSource", name, properties(), "close");
      pool.setDependsOn(name + "Database");
      Object source = new RuntimeBeanReference(name + "DataSource");
      add(registry, name, "TransactionManager", "transactionManager", source, null, null);
      add(registry, name, "JdbcClient", "jdbcClient", source, null, null);
      Object database = new RuntimeBeanReference(name + "Database");
      add(registry, name, "LiveQueryTemplate", "liveQueryTemplate", database, properties(), null);
    }
  }

  private static Object properties() {
    return new RuntimeBeanReference(TursoProperties.class);
  }

  private static RootBeanDefinition add(
      BeanDefinitionRegistry registry,
      String name,
      String suffix,
      String factory,
      Object first,
      @Nullable Object second,
      @Nullable String destroy) {
    RootBeanDefinition definition = new RootBeanDefinition(NamedDatabaseBeans.class);
    definition.setFactoryMethodName(factory);
    definition.getConstructorArgumentValues().addIndexedArgumentValue(0, first);
    if (second != null) {
      definition.getConstructorArgumentValues().addIndexedArgumentValue(1, second);
    }
    if (destroy != null) {
      definition.setDestroyMethodName(destroy);
    }
    definition.setDefaultCandidate(false);
    definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
    registry.registerBeanDefinition(name + suffix, definition);
    return definition;
  }
}
