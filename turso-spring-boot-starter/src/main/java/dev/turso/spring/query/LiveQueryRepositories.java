package dev.turso.spring.query;

import dev.turso.spring.live.LiveQueryTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Makes a bean of each interface with {@link LiveQueryRepository} in the application's packages. */
final class LiveQueryRepositories
    implements ImportBeanDefinitionRegistrar, BeanFactoryAware, EnvironmentAware {

  private final Scanner scanner = new Scanner();
  private @Nullable BeanFactory beans;

  @Override
  public void setBeanFactory(BeanFactory factory) {
    beans = factory;
  }

  @Override
  public void setEnvironment(Environment environment) {
    scanner.setEnvironment(environment);
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    for (String each : packages()) {
      for (BeanDefinition found : scanner.findCandidateComponents(each)) {
        String type = String.valueOf(found.getBeanClassName());
        RootBeanDefinition definition = new RootBeanDefinition(LiveQueryRepositories.class);
        Class<?> resolved = ClassUtils.resolveClassName(type, getClass().getClassLoader());
        definition.setTargetType(resolved);
        definition.setFactoryMethodName("repository");
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, resolved);
        definition.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        registry.registerBeanDefinition(type, definition);
      }
    }
  }

  /** Known only when the application's own classes have been registered. */
  private List<String> packages() {
    BeanFactory factory = beans;
    return factory != null && AutoConfigurationPackages.has(factory)
        ? AutoConfigurationPackages.get(factory)
        : List.of();
  }

  /** The bean of an interface. */
  static <T> T repository(Class<T> type, LiveQueryTemplate template) {
    ProxyFactory proxy = new ProxyFactory();
    proxy.setInterfaces(type);
    proxy.addAdvice(LiveQueryInterceptor.ofInterface(type, () -> template));
    return type.cast(proxy.getProxy(type.getClassLoader()));
  }

  /** Finds interfaces, which are no components by themselves. */
  private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

    Scanner() {
      super(false);
      addIncludeFilter(new AnnotationTypeFilter(LiveQueryRepository.class));
    }

    @Override
    protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
      return definition.getMetadata().isInterface() && !definition.getMetadata().isAnnotation();
    }
  }
}
