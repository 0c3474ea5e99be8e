package dev.turso.cdc.debezium;

import dev.turso.cdc.read.ChangeRecord;
import dev.turso.cdc.record.TableShape;
import dev.turso.schema.Column;
import dev.turso.schema.Table;
import dev.turso.value.Affinity;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** One element of {@code tableChanges}: what a table looks like now. */
final class DefinitionJson {

  private DefinitionJson() {}

  static void append(JsonBuffer out, ChangeRecord change, String database) {
    boolean dropped = change.afterImage() == null;
    String type = dropped ? "DROP" : change.beforeImage() == null ? "CREATE" : "ALTER";
    out.raw("{\"type\":\"").raw(type).raw("\",\"id\":");
    out.string(id(database, change.objectName()));
    String previous = OneStatement.previousName(change);
    if (previous != null) {
      out.raw(",\"previousId\":").string(id(database, previous));
    }
    out.raw(",\"table\":");
    TableShape shape = change.shape();
    Table table = dropped || shape == null ? null : shape.definition();
    if (table == null || shape == null) {
      out.raw("null}");
      return;
    }
    out.raw("{\"defaultCharsetName\":null,\"primaryKeyColumnNames\":[");
    int[] keys = shape.keyIndexes();
    for (int i = 0; i < keys.length; i++) {
      out.raw(i == 0 ? "" : ",").string(shape.columns().get(keys[i]));
    }
    out.raw("],\"columns\":[");
    for (int i = 0; i < table.columns().size(); i++) {
      out.raw(i == 0 ? "" : ",");
      column(out, table, i);
    }
    out.raw("],\"comment\":null,\"attributes\":[]}}");
  }

  private static String id(String database, @Nullable String table) {
    return "\"" + database + "\".\"" + table + "\"";
  }

  private static void column(JsonBuffer out, Table table, int index) {
    Column column = table.columns().get(index);
    String type = column.declaredType() == null ? "" : column.declaredType();
    boolean required = column.notNull() || index == table.rowidAlias();
    out.raw("{\"name\":").string(column.name());
    out.raw(",\"jdbcType\":").number(jdbcType(column.affinity()));
    out.raw(",\"nativeType\":null,\"typeName\":").string(type);
    out.raw(",\"typeExpression\":").string(type);
    out.raw(",\"charsetName\":null,\"length\":null,\"scale\":null,\"position\":").number(index + 1);
    out.raw(",\"optional\":").raw(required ? "false" : "true");
    out.raw(",\"autoIncremented\":");
    out.raw(index == table.rowidAlias() && table.autoincrement() ? "true" : "false");
    out.raw(",\"generated\":").raw(column.isGenerated() ? "true" : "false");
    out.raw(",\"comment\":null,\"hasDefaultValue\":");
    boolean has = column.defaultExpression() != null;
    out.raw(has ? "true" : "false").raw(",\"defaultValueExpression\":");
    text(out, has ? column.defaultText() : null);
    out.raw(",\"enumValues\":null,\"attributes\":[]}");
  }

  private static void text(JsonBuffer out, @Nullable String text) {
    if (text == null) {
      out.raw("null");
    } else {
      out.string(text);
    }
  }

  private static int jdbcType(Affinity affinity) {
    return switch (affinity) {
      case INTEGER -> Types.BIGINT;
      case REAL -> Types.DOUBLE;
      case TEXT -> Types.VARCHAR;
      case NUMERIC -> Types.NUMERIC;
      case BLOB, NONE -> Types.BLOB;
    };
  }
}
