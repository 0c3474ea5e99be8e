package dev.turso.spring.query;

import dev.turso.spring.live.LiveQueryTemplate;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ReflectionUtils;

/** Answers the live query methods of one type. Safe for any thread. */
final class LiveQueryInterceptor implements MethodInterceptor {

  private final Map<Method, LiveQueryMethod> methods = new HashMap<>();
  private final boolean bodies;

  private LiveQueryInterceptor(Map<Method, LiveQueryMethod> methods, boolean bodies) {
    this.methods.putAll(methods);
    this.bodies = bodies;
  }

  /** Of a type whose methods have bodies, which run first; null if none is a live query. */
  static @Nullable LiveQueryInterceptor ofClass(
      Class<?> type, Supplier<LiveQueryTemplate> template) {
    Map<Method, LiveQueryMethod> found = find(type, template);
    return found.isEmpty() ? null : new LiveQueryInterceptor(found, true);
  }

  /** Of an interface, all of whose methods without a body are live queries. */
  static LiveQueryInterceptor ofInterface(Class<?> type, Supplier<LiveQueryTemplate> template) {
    Map<Method, LiveQueryMethod> found = find(type, template);
    for (Method each : type.getMethods()) {
      if (Modifier.isAbstract(each.getModifiers()) && !found.containsKey(each)) {
        throw new LiveQueryException(
            "the method " + each + " has no live query", "Annotate it with @LiveQuery.");
      }
    }
    return new LiveQueryInterceptor(found, false);
  }

  private static Map<Method, LiveQueryMethod> find(
      Class<?> type, Supplier<LiveQueryTemplate> template) {
    return MethodIntrospector.selectMethods(
        type, (Method method) -> LiveQueryMethod.of(method, template));
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    LiveQueryMethod query = methods.get(invocation.getMethod());
    if (query != null) {
      if (bodies) {
        invocation.proceed();
      }
      return query.open(invocation.getArguments());
    }
    if (bodies) {
      return invocation.proceed();
    }
    Object proxy = ((ProxyMethodInvocation) invocation).getProxy();
    if (ReflectionUtils.isObjectMethod(invocation.getMethod())) {
      return ofObject(proxy, invocation);
    }
    return InvocationHandler.invokeDefault(
        proxy, invocation.getMethod(), invocation.getArguments());
  }

  private static Object ofObject(Object proxy, MethodInvocation invocation) {
    return switch (invocation.getMethod().getName()) {
      case "equals" -> proxy == invocation.getArguments()[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "live queries of " + proxy.getClass().getInterfaces()[0].getName();
    };
  }
}
