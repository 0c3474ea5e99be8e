package dev.turso.spring.event;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * From column values to a row type, by its resolvable constructor.
 *
 * <p>A component {@code tailNumber} takes the column {@code tail_number} or {@code tailNumber}; an
 * extra column is ignored.
 */
final class RowMapping<T> {

  private final Class<T> type;
  private final Constructor<T> constructor;
  private final String[] columns;
  private final TypeDescriptor[] targets;
  private final ConversionService conversions;

  RowMapping(Class<T> type, ConversionService conversions) {
    this.type = type;
    this.conversions = conversions;
    this.constructor = BeanUtils.getResolvableConstructor(type);
    String[] names = BeanUtils.getParameterNames(constructor);
    Parameter[] parameters = constructor.getParameters();
    this.columns = names;
    this.targets = new TypeDescriptor[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      targets[i] = new TypeDescriptor(new MethodParameter(constructor, i));
    }
  }

  Class<T> type() {
    return type;
  }

  /** The name of a component that has no column, or null if every one has its column. */
  @Nullable String missingColumn(Iterable<String> present) {
    for (String component : columns) {
      if (columnOf(component, present) == null) {
        return component;
      }
    }
    return null;
  }

  /** The name of a primitive component whose column may be NULL, or null if there is none. */
  @Nullable String primitiveOf(Iterable<String> nullable) {
    for (int i = 0; i < columns.length; i++) {
      if (targets[i].isPrimitive() && columnOf(columns[i], nullable) != null) {
        return columns[i];
      }
    }
    return null;
  }

  private static @Nullable String columnOf(String component, Iterable<String> present) {
    for (String column : present) {
      if (column.equalsIgnoreCase(component) || column.equalsIgnoreCase(underscored(component))) {
        return column;
      }
    }
    return null;
  }

  T map(Map<String, @Nullable Object> values) {
    @Nullable Object[] arguments = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      arguments[i] = convert(value(values, columns[i]), targets[i], columns[i]);
    }
    return BeanUtils.instantiateClass(constructor, arguments);
  }

  private @Nullable Object convert(
      @Nullable Object value, TypeDescriptor target, String component) {
    if (value == null) {
      if (target.isPrimitive()) {
        throw new IllegalStateException(
            "NULL for the primitive component '" + component + "' of " + type.getName());
      }
      return null;
    }
    if (target.getType() == LocalDateTime.class && value instanceof String text) {
      return LocalDateTime.parse(text.trim().replace(' ', 'T'));
    }
    return target.getType().isInstance(value)
        ? value
        : conversions.convert(value, TypeDescriptor.forObject(value), target);
  }

  private static @Nullable Object value(Map<String, @Nullable Object> values, String component) {
    String folded = component.toLowerCase(Locale.ROOT);
    return values.containsKey(folded) ? values.get(folded) : values.get(underscored(component));
  }

  private static String underscored(String component) {
    return JdbcUtils.convertPropertyNameToUnderscoreName(component);
  }
}
