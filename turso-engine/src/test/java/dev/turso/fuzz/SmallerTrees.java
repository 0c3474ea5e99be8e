package dev.turso.fuzz;

import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.Select;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes smaller forms of a syntax tree: a node gives way to one below it, a list loses an element, an
 * optional part goes, an expression becomes NULL or 1. Knows nothing of the single kinds of nodes: they
 * are records.
 */
final class SmallerTrees {

  private static final Expression NULL = new Expression.Literal(Expression.LiteralKind.NULL, "", 0);
  private static final Expression ONE =
      new Expression.Literal(Expression.LiteralKind.INTEGER, "1", 0);

  private SmallerTrees() {}

  /** All trees that are one step smaller, the smallest first where that is easily told. */
  static List<Object> of(Object node) {
    List<Object> all = new ArrayList<>();
    if (node instanceof Expression && !(node instanceof Expression.Literal)) {
      all.add(NULL);
      all.add(ONE);
      below(node, Expression.class, all);
    } else if (node instanceof Select) {
      below(node, Select.class, all);
    } else if (node instanceof dev.turso.sql.ast.TableReference) {
      below(node, dev.turso.sql.ast.TableReference.class, all);
    }
    components(node, all);
    return all;
  }

  /** The nodes of a kind directly below, through nodes of other kinds. */
  private static void below(Object node, Class<?> kind, List<Object> into) {
    for (Object each : parts(node)) {
      if (kind.isInstance(each)) {
        into.add(each);
      } else if (each instanceof Record) {
        below(each, kind, into);
      }
    }
  }

  private static List<Object> parts(Object node) {
    List<Object> parts = new ArrayList<>();
    for (RecordComponent each : node.getClass().getRecordComponents()) {
      Object value = get(node, each);
      if (value instanceof List<?> list) {
        for (Object element : list) {
          if (element instanceof List<?> inner) {
            parts.addAll(inner);
          } else {
            parts.add(element);
          }
        }
      } else if (value instanceof Record) {
        parts.add(value);
      }
    }
    return parts;
  }

  private static void components(Object node, List<Object> all) {
    RecordComponent[] components = node.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Object value = get(node, components[i]);
      if (value == null) {
        continue;
      }
      boolean nullable = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (nullable) {
        add(all, with(node, components, i, null));
      }
      if (value instanceof List<?> list) {
        for (Object each : lists(list)) {
          add(all, with(node, components, i, each));
        }
      } else if (value instanceof Record && !(value instanceof dev.turso.sql.ast.Name)) {
        for (Object each : of(value)) {
          add(all, with(node, components, i, each));
        }
      } else if (value instanceof Boolean flag && flag) {
        add(all, with(node, components, i, false));
      }
    }
  }

  private static void add(List<Object> to, @Nullable Object tree) {
    if (tree != null) {
      to.add(tree);
    }
  }

  private static List<Object> lists(List<?> list) {
    List<Object> all = new ArrayList<>();
    boolean order = !list.isEmpty() && list.get(0) instanceof OrderingTerm;
    if (list.size() > 3 && !order) {
      all.add(List.copyOf(list.subList(0, list.size() / 2)));
      all.add(List.copyOf(list.subList(list.size() / 2, list.size())));
    }
    for (int i = 0; i < list.size(); i++) {
      if (!order) {
        List<Object> copy = new ArrayList<>(list);
        copy.remove(i);
        all.add(List.copyOf(copy));
      }
      Object element = list.get(i);
      List<Object> smaller =
          element instanceof Record
              ? of(element)
              : element instanceof List<?> inner ? lists(inner) : List.of();
      for (Object each : smaller) {
        List<Object> copy = new ArrayList<>(list);
        copy.set(i, each);
        all.add(List.copyOf(copy));
      }
    }
    return all;
  }

  private static @Nullable Object get(Object node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Object with(
      Object node, RecordComponent[] components, int at, @Nullable Object value) {
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = i == at ? value : get(node, components[i]);
    }
    if (value != null && !wrapped(types[at]).isInstance(value)) {
      return null;
    }
    try {
      Constructor<?> constructor = node.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static Class<?> wrapped(Class<?> type) {
    return type == boolean.class ? Boolean.class : type;
  }
}
