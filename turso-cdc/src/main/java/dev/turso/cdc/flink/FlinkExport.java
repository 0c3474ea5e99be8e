package dev.turso.cdc.flink;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.error.SqlException;
import dev.turso.schema.Column;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.View;
import dev.turso.sql.ast.Select;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The statements with which Flink computes a view from the topics that {@code KafkaSink} fills: its base
 * tables, the views that it reads, itself. Also as SQL: {@code PRAGMA turso_flink('VIEW, PREFIX,
 * SERVERS')}.
 */
public final class FlinkExport {

  private final DatabaseSchema schema;
  private final String prefix;
  private final String servers;
  private final FlinkNames names = new FlinkNames();
  private final Map<String, String> statements = new LinkedHashMap<>();

  private FlinkExport(DatabaseSchema schema, String prefix, String servers) {
    this.schema = schema;
    this.prefix = prefix;
    this.servers = servers;
  }

  /**
   * The statements for a view, in the order in which they are to be run.
   *
   * @param view a materialized view or a view
   * @param prefix the first part of the topics' names, as {@code KafkaSinkOptions} has it
   * @param bootstrapServers of Kafka
   * @throws SqlException if there is no such view, or if it has something that Flink has not
   */
  public static List<String> statements(
      Session session, String view, String prefix, String bootstrapServers) {
    String argument = String.join(",", view, prefix, bootstrapServers).replace("'", "''");
    List<String> all = new ArrayList<>();
    try (Statement statement = session.prepare("PRAGMA turso_flink('" + argument + "')");
        Rows rows = statement.query()) {
      while (rows.next()) {
        all.add(String.valueOf(rows.getText(0)));
      }
    }
    return all;
  }

  /** The same off a schema. */
  public static List<String> statements(
      DatabaseSchema schema, String view, String prefix, String bootstrapServers) {
    FlinkExport export = new FlinkExport(schema, prefix, bootstrapServers);
    if (export.definition(view) == null) {
      throw new SqlException("no such view: " + view);
    }
    export.add(view);
    return List.copyOf(export.statements.values());
  }

  private record Definition(String name, List<String> columns, Select select) {}

  private @Nullable Definition definition(String name) {
    Table table = schema.table(name);
    if (table != null) {
      Select select = table.materializedSelect();
      return select == null
          ? null
          : new Definition(
              table.name(), table.columns().stream().map(Column::name).toList(), select);
    }
    View view = schema.view(name);
    return view == null ? null : new Definition(view.name(), view.columns(), view.select());
  }

  /** A table or view that a query reads: what defines it comes first. Returns how it is written. */
  String add(String name) {
    String key = Names.fold(name);
    Definition definition = definition(name);
    if (!statements.containsKey(key)) {
      Table table = schema.table(name);
      if (definition != null) {
        String text = view(definition);
        statements.put(key, text);
      } else if (table != null) {
        statements.put(key, table(table));
      } else {
        throw new SqlException("no such table: " + name);
      }
    }
    Table table = schema.table(name);
    return FlinkNames.quotedExactly(
        definition != null ? definition.name() : table == null ? name : table.name());
  }

  private String view(Definition definition) {
    String body = new FlinkQuery(this, names).print(definition.select());
    StringBuilder text = new StringBuilder("CREATE TEMPORARY VIEW ");
    text.append(FlinkNames.quotedExactly(definition.name()));
    if (!definition.columns().isEmpty()) {
      text.append(" (");
      String separator = "";
      for (String each : definition.columns()) {
        text.append(separator).append(names.quoted(each));
        separator = ", ";
      }
      text.append(')');
    }
    return text.append(" AS ").append(body).toString();
  }

  private String table(Table table) {
    List<String> parts = new ArrayList<>();
    Map<Integer, String> key = new TreeMap<>();
    for (Column each : table.columns()) {
      if (each.isVirtual()) {
        continue;
      }
      names.declare(table.name(), each.name());
      String quoted = FlinkNames.quotedExactly(each.name());
      boolean ofKey = each.primaryKeyPosition() > 0;
      parts.add(quoted + " " + type(table, each) + (ofKey ? " NOT NULL" : ""));
      if (ofKey) {
        key.put(each.primaryKeyPosition(), quoted);
      }
    }
    if (!key.isEmpty()) {
      parts.add("PRIMARY KEY (" + String.join(", ", key.values()) + ") NOT ENFORCED");
    }
    return "CREATE TEMPORARY TABLE "
        + FlinkNames.quotedExactly(table.name())
        + " (\n  "
        + String.join(",\n  ", parts)
        + "\n) WITH (\n  'connector' = 'kafka',\n  'topic' = "
        + FlinkNames.string(prefix + ".main." + table.name())
        + ",\n  'properties.bootstrap.servers' = "
        + FlinkNames.string(servers)
        + ",\n  'properties.isolation.level' = 'read_committed',\n"
        + "  'scan.startup.mode' = 'earliest-offset',\n  'format' = 'debezium-json'\n)";
  }

  private static String type(Table table, Column column) {
    String declared = String.valueOf(column.declaredType()).toUpperCase(Locale.ROOT);
    return switch (column.affinity()) {
      case INTEGER -> "BIGINT";
      case REAL -> "DOUBLE";
      case TEXT -> "STRING";
      case NUMERIC ->
          declared.contains("DATE") || declared.contains("TIME")
              ? "STRING"
              : declared.contains("BOOL") ? "BIGINT" : "DOUBLE";
      case BLOB, NONE -> {
        if (declared.contains("BLOB")) {
          yield "BYTES";
        }
        throw SqlException.unsupported(
            "exporting to Flink a column without a type: " + table.name() + "." + column.name());
      }
    };
  }
}
