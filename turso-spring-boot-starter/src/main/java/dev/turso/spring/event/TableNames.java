package dev.turso.spring.event;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.annotation.MergedAnnotations;

/** The table of a row type: by our {@link Row} or Spring Data's {@code @Table}, never guessed. */
final class TableNames {

  private static final String SPRING_DATA_TABLE =
      "org.springframework.data.relational.core.mapping.Table";

  private TableNames() {}

  static String of(Class<?> type) {
    Row row = AnnotatedElementUtils.findMergedAnnotation(type, Row.class);
    if (row != null) {
      return row.value();
    }
    AnnotationAttributes table =
        MergedAnnotations.from(type).get(SPRING_DATA_TABLE).isPresent()
            ? MergedAnnotations.from(type).get(SPRING_DATA_TABLE).asAnnotationAttributes()
            : null;
    String name = table == null ? "" : table.getString("value");
    if (name.isEmpty()) {
      throw new RowTypeException(
          "the row type " + type.getName() + " names no table",
          "Annotate it with @Row(\"table\") or Spring Data's @Table(\"table\").");
    }
    return name;
  }
}
