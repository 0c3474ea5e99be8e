package dev.turso.spring.query;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.util.ReflectionUtils;

/** Values for the names in a SELECT, out of a method's parameters. Immutable. */
final class MethodArguments {

  private final Map<String, Integer> positions = new HashMap<>();

  MethodArguments(Method method, NamedSelect select) {
    String[] names = new DefaultParameterNameDiscoverer().getParameterNames(method);
    for (int i = 0; names != null && i < names.length; i++) {
      positions.put(names[i], i);
    }
    for (String each : select.names()) {
      if (!positions.containsKey(head(each))) {
        throw new LiveQueryException(
            "the live query of " + method + " names :" + each + ", and no parameter is called so",
            names == null
                ? "Compile with -parameters, so that parameters keep their names."
                : "Name a parameter '" + head(each) + "'.");
      }
    }
  }

  private static String head(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** The value of a name: a parameter's, or that of a property of it. */
  @Nullable Object value(String name, @Nullable Object[] arguments) {
    Object value = arguments[positions.getOrDefault(head(name), -1)];
    int dot = name.indexOf('.');
    while (dot >= 0 && value != null) {
      int next = name.indexOf('.', dot + 1);
      value = property(value, name.substring(dot + 1, next < 0 ? name.length() : next));
      dot = next;
    }
    return value;
  }

  private static @Nullable Object property(Object owner, String name) {
    if (owner instanceof Principal principal && name.equals("name")) {
      return principal.getName();
    }
    if (owner instanceof Record) {
      return component(owner, name);
    }
    return PropertyAccessorFactory.forBeanPropertyAccess(owner).getPropertyValue(name);
  }

  private static @Nullable Object component(Object owner, String name) {
    try {
      Method accessor = owner.getClass().getDeclaredMethod(name);
      ReflectionUtils.makeAccessible(accessor);
      return accessor.invoke(owner);
    } catch (InvocationTargetException | IllegalAccessException | NoSuchMethodException e) {
      throw new IllegalArgumentException(
          "no component '" + name + "' in " + owner.getClass().getName(), e);
    }
  }
}
