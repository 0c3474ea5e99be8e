package dev.turso.spring.event;

import dev.turso.Database;
import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
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
 * extra column is ignored. A column that is declared as JSON is read by {@link JsonColumns} unless its
 * component is a text, and so is a text in another column that no conversion knows how to convert.
 */
final class RowMapping<T> {

  private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

  private final Class<T> type;
  private final String table;
  private final Constructor<T> constructor;
  private final String[] columns;
  private final TypeDescriptor[] targets;
  private final Type[] types;
  private final boolean[] declaredJson;
  private final ConversionService conversions;
  private final @Nullable JsonColumns json;

  private RowMapping(Class<T> type, ConversionService conversions, @Nullable JsonColumns json) {
    this.type = type;
    this.table = TableNames.of(type);
    this.conversions = conversions;
    this.json = json;
    this.constructor = BeanUtils.getResolvableConstructor(type);
    String[] names = BeanUtils.getParameterNames(constructor);
    Parameter[] parameters = constructor.getParameters();
    this.columns = names;
    this.targets = new TypeDescriptor[parameters.length];
    this.types = constructor.getGenericParameterTypes();
    this.declaredJson = new boolean[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      targets[i] = new TypeDescriptor(new MethodParameter(constructor, i));
    }
  }

  /**
   * The mapping of a type to its table as it is now.
   *
   * @throws RowTypeException if the table or a column is missing, a primitive could be NULL, or nothing
   *     reads a JSON column
   */
  static <T> RowMapping<T> checked(
      Class<T> type, ConversionService conversions, @Nullable JsonColumns json, Database database) {
    RowMapping<T> mapping = new RowMapping<>(type, conversions, json);
    mapping.check(database);
    return mapping;
  }

  private void check(Database database) {
    List<String> present = new ArrayList<>();
    List<String> nullable = new ArrayList<>();
    List<String> inJson = new ArrayList<>();
    try (Session session = database.connect();
        Statement info =
            session.prepare(
                "SELECT name, \"notnull\" OR pk, upper(type) LIKE 'JSON%'"
                    + " FROM pragma_table_xinfo(?)");
        Rows rows = info.bind(1, table).query()) {
      while (rows.next()) {
        present.add(String.valueOf(rows.getText(0)));
        if (rows.getLong(1) == 0) {
          nullable.add(String.valueOf(rows.getText(0)));
        }
        if (rows.getLong(2) != 0) {
          inJson.add(String.valueOf(rows.getText(0)));
        }
      }
    }
    if (present.isEmpty()) {
      throw new RowTypeException(
          "no table '" + table + "' for the row type " + type.getName(),
          "Create the table in a migration, or name another with @Row(\"table\").");
    }
    String missing = missingColumn(present);
    if (missing != null) {
      throw new RowTypeException(
          "no column in table '"
              + table
              + "' for the component '"
              + missing
              + "' of "
              + type.getName(),
          "Add the column, or rename or remove the component; tailNumber takes tail_number.");
    }
    String primitive = primitiveOf(nullable);
    if (primitive != null) {
      throw new RowTypeException(
          "the column of the component '"
              + primitive
              + "' of "
              + type.getName()
              + " in table '"
              + table
              + "' may be NULL, and the component is a primitive",
          "Declare the column NOT NULL, or use the wrapper type.");
    }
    markJson(inJson);
  }

  private void markJson(Iterable<String> inJson) {
    for (int i = 0; i < columns.length; i++) {
      declaredJson[i] =
          targets[i].getType() != String.class && columnOf(columns[i], inJson) != null;
      if (declaredJson[i] && json == null) {
        throw new RowTypeException(
            "the column of the component '"
                + columns[i]
                + "' of "
                + type.getName()
                + " in table '"
                + table
                + "' is JSON, and nothing reads it",
            "Add Jackson (spring-boot-starter-jackson) or a JsonColumns bean, or make it a String.");
      }
    }
  }

  Class<T> type() {
    return type;
  }

  String table() {
    return table;
  }

  /** The name of a component that has no column, or null if every one has its column. */
  private @Nullable String missingColumn(Iterable<String> present) {
    for (String component : columns) {
      if (columnOf(component, present) == null) {
        return component;
      }
    }
    return null;
  }

  /** The name of a primitive component whose column may be NULL, or null if there is none. */
  private @Nullable String primitiveOf(Iterable<String> nullable) {
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
      arguments[i] = convert(value(values, columns[i]), i);
    }
    return BeanUtils.instantiateClass(constructor, arguments);
  }

  private @Nullable Object convert(@Nullable Object value, int index) {
    TypeDescriptor target = targets[index];
    if (value == null) {
      if (target.isPrimitive()) {
        throw new IllegalStateException(
            "NULL for the primitive component '" + columns[index] + "' of " + type.getName());
      }
      return null;
    }
    if (value instanceof String text && json != null && isJson(index)) {
      return json.read(text, types[index]);
    }
    if (target.getType() == LocalDateTime.class && value instanceof String text) {
      return LocalDateTime.parse(text.trim().replace(' ', 'T'));
    }
    return target.getType().isInstance(value)
        ? value
        : conversions.convert(value, TypeDescriptor.forObject(value), target);
  }

  private boolean isJson(int index) {
    Class<?> target = targets[index].getType();
    return declaredJson[index]
        || target != LocalDateTime.class
            && !target.isAssignableFrom(String.class)
            && !conversions.canConvert(TEXT, targets[index]);
  }

  private static @Nullable Object value(Map<String, @Nullable Object> values, String component) {
    String folded = component.toLowerCase(Locale.ROOT);
    return values.containsKey(folded) ? values.get(folded) : values.get(underscored(component));
  }

  private static String underscored(String component) {
    return JdbcUtils.convertPropertyNameToUnderscoreName(component);
  }
}
