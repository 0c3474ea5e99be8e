package dev.turso.sql.print;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tree as text without positions and without the sources that some nodes keep. */
final class Trees {

  private static final Set<String> IGNORED = Set.of("position", "length", "source");

  private Trees() {}

  static String shape(@Nullable Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(Trees::shape).toList().toString();
    }
    if (!(node instanceof Record)) {
      return String.valueOf(node);
    }
    StringBuilder shape = new StringBuilder(node.getClass().getSimpleName()).append("(");
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      if (!IGNORED.contains(component.getName())) {
        shape.append(component.getName()).append("=").append(shape(value(node, component)));
        shape.append(" ");
      }
    }
    return shape.append(")").toString();
  }

  private static @Nullable Object value(Object node, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
