package dev.turso.spring.event;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/** What the listeners of an application context take of a database's stream. */
final class ListenedTypes {

  private final Set<Class<?>> rows = new LinkedHashSet<>();
  private boolean externalCommits;

  private ListenedTypes() {}

  static ListenedTypes in(ConfigurableListableBeanFactory beans) {
    ListenedTypes listened = new ListenedTypes();
    for (String name : beans.getBeanDefinitionNames()) {
      Class<?> type = beans.getType(name, false);
      if (type != null && !type.getName().startsWith("org.springframework.")) {
        listened.collect(ClassUtils.getUserClass(type));
      }
    }
    return listened;
  }

  /** The row types of {@link RowChangeEvent}s. */
  Set<Class<?>> rows() {
    return rows;
  }

  /** The row types that {@link RowChangeListener} methods take. */
  static Set<Class<?>> logged(ConfigurableListableBeanFactory beans) {
    Set<Class<?>> rows = new LinkedHashSet<>();
    for (String name : beans.getBeanDefinitionNames()) {
      Class<?> type = beans.getType(name, false);
      if (type != null && !type.getName().startsWith("org.springframework.")) {
        Class<?> user = ClassUtils.getUserClass(type);
        MethodIntrospector.selectMethods(
                user,
                (Method method) ->
                    AnnotatedElementUtils.hasAnnotation(method, RowChangeListener.class))
            .forEach(method -> rows.add(ListenerMethod.row(method, user)));
      }
    }
    return rows;
  }

  /** Whether somebody takes {@link ExternalCommitEvent}s. */
  boolean externalCommits() {
    return externalCommits;
  }

  private void collect(Class<?> beanType) {
    ResolvableType listener = ResolvableType.forClass(beanType).as(ApplicationListener.class);
    add(listener.getGeneric(0));
    Set<Method> methods =
        MethodIntrospector.selectMethods(
            beanType,
            (Method method) -> AnnotatedElementUtils.hasAnnotation(method, EventListener.class));
    for (Method method : methods) {
      if (method.getParameterCount() == 1) {
        Method declared = AopUtils.getMostSpecificMethod(method, beanType);
        add(ResolvableType.forMethodParameter(declared, 0, beanType));
      }
    }
  }

  private void add(ResolvableType event) {
    externalCommits |= ExternalCommitEvent.class.equals(event.resolve());
    if (RowChangeEvent.class.equals(event.resolve())) {
      Class<?> row = event.getGeneric(0).resolve();
      if (row != null && row != Object.class) {
        rows.add(row);
      }
    }
  }
}
