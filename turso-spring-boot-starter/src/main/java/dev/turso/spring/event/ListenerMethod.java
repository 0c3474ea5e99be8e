package dev.turso.spring.event;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/** A bean's method with {@link RowChangeListener}: which row type it takes, and how it is called. */
final class ListenerMethod {

  private final Object bean;
  private final Method method;
  private final boolean whole;
  private final Class<?> row;

  ListenerMethod(Object bean, Method method, Class<?> declaring) {
    this.bean = bean;
    this.method = method;
    this.row = row(method, declaring);
    this.whole = List.class.equals(method.getParameterTypes()[0]);
    ReflectionUtils.makeAccessible(method);
  }

  /** The type of the rows that a method takes. */
  static Class<?> row(Method method, Class<?> declaring) {
    if (method.getParameterCount() != 1) {
      throw wrong(method);
    }
    ResolvableType parameter = ResolvableType.forMethodParameter(method, 0, declaring);
    ResolvableType event =
        List.class.equals(parameter.resolve()) ? parameter.getGeneric(0) : parameter;
    Class<?> type = event.getGeneric(0).resolve();
    if (!RowChangeEvent.class.equals(event.resolve()) || type == null) {
      throw wrong(method);
    }
    return type;
  }

  private static RowTypeException wrong(Method method) {
    return new RowTypeException(
        "the listener " + method + " does not take row changes",
        "Give it one parameter, RowChangeEvent<T> or List<RowChangeEvent<T>>.");
  }

  /** The type of the rows that it takes. */
  Class<?> row() {
    return row;
  }

  /** Hands over the changes of one transaction. */
  void take(List<RowChangeEvent<?>> events) throws Exception {
    if (whole) {
      invoke(events);
    } else {
      for (RowChangeEvent<?> each : events) {
        invoke(each);
      }
    }
  }

  private void invoke(Object argument) throws Exception {
    try {
      method.invoke(bean, argument);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
