package dev.turso.sql.print;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tree as text without positions and without the sources that some nodes keep. */
final class Trees {

  private static final Set<String> IGNORED = Set.of("position", "length", "source");

  private static final ClassValue<List<Method>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .filter(c -> !IGNORED.contains(c.getName()))
              .map(RecordComponent::getAccessor)
              .toList();
        }
      };

  private Trees() {}

  static String shape(@Nullable Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(Trees::shape).toList().toString();
    }
    if (!(node instanceof Record)) {
      return String.valueOf(node);
    }
    StringBuilder shape = new StringBuilder(node.getClass().getSimpleName()).append("(");
    for (Method component : COMPONENTS.get(node.getClass())) {
      shape.append(component.getName()).append("=").append(shape(value(node, component)));
      shape.append(" ");
    }
    return shape.append(")").toString();
  }

  private static @Nullable Object value(Object node, Method component) {
    try {
      return component.invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
