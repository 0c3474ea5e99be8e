package dev.turso.jdbc;

import dev.turso.Rows;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The schema as JDBC's metadata tables show it, read from {@code sqlite_schema} and pragmas.
 *
 * <p>A materialized view is reported as VIEW with a remark, {@code turso_*} and {@code sqlite_*} as
 * SYSTEM TABLE. Catalog and schema are null throughout.
 */
final class SchemaQueries {

  private static final String SIDE_TABLE_PREFIX = "turso_";

  private final JdbcConnection connection;

  SchemaQueries(JdbcConnection connection) {
    this.connection = connection;
  }

  /** One named thing with rows. */
  private record Relation(String name, String type, @Nullable String remarks) {}

  ResultSet tables(@Nullable String pattern, String @Nullable [] types) throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "TABLE_TYPE",
            "REMARKS",
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SELF_REFERENCING_COL_NAME",
            "REF_GENERATION");
    for (Relation relation : relations(pattern)) {
      if (types == null || List.of(types).contains(relation.type)) {
        rows.row(
            null,
            null,
            relation.name,
            relation.type,
            relation.remarks,
            null,
            null,
            null,
            null,
            null);
      }
    }
    return rows.done();
  }

  private List<Relation> relations(@Nullable String pattern) throws SQLException {
    List<String> materialized = materializedViews();
    List<Relation> relations = new ArrayList<>();
    connection.each(
        "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')"
            + " UNION ALL SELECT name, type FROM sqlite_temp_schema WHERE type IN ('table', 'view')",
        row -> {
          String name = row.getText(0);
          if (name != null && LikePattern.matches(pattern, name)) {
            relations.add(relation(name, "view".equals(row.getText(1)), materialized));
          }
        });
    relations.sort(Comparator.comparing(Relation::type).thenComparing(Relation::name));
    return relations;
  }

  private static Relation relation(String name, boolean view, List<String> materialized) {
    if (view) {
      return new Relation(name, "VIEW", null);
    }
    if (materialized.contains(name.toLowerCase(Locale.ROOT))) {
      return new Relation(name, "VIEW", "materialized view");
    }
    boolean system = name.startsWith(SIDE_TABLE_PREFIX) || name.startsWith("sqlite_");
    return new Relation(name, system ? "SYSTEM TABLE" : "TABLE", null);
  }

  private List<String> materializedViews() throws SQLException {
    List<String> names = new ArrayList<>();
    boolean[] any = new boolean[1];
    connection.each(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'turso_views'",
        row -> any[0] = true);
    if (any[0]) {
      connection.each(
          "SELECT name FROM turso_views",
          row -> names.add(String.valueOf(row.getText(0)).toLowerCase(Locale.ROOT)));
    }
    return names;
  }

  ResultSet columns(@Nullable String tablePattern, @Nullable String columnPattern)
      throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "COLUMN_NAME",
            "DATA_TYPE",
            "TYPE_NAME",
            "COLUMN_SIZE",
            "BUFFER_LENGTH",
            "DECIMAL_DIGITS",
            "NUM_PREC_RADIX",
            "NULLABLE",
            "REMARKS",
            "COLUMN_DEF",
            "SQL_DATA_TYPE",
            "SQL_DATETIME_SUB",
            "CHAR_OCTET_LENGTH",
            "ORDINAL_POSITION",
            "IS_NULLABLE",
            "SCOPE_CATALOG",
            "SCOPE_SCHEMA",
            "SCOPE_TABLE",
            "SOURCE_DATA_TYPE",
            "IS_AUTOINCREMENT",
            "IS_GENERATEDCOLUMN");
    for (Relation relation : relations(tablePattern)) {
      TableColumns table = TableColumns.of(connection, relation.name);
      connection.each(
          "PRAGMA table_xinfo(" + KeyReturning.quoted(relation.name) + ")",
          row -> {
            String name = String.valueOf(row.getText(1));
            if (LikePattern.matches(columnPattern, name) && row.getLong(6) != 1) {
              rows.row(column(relation.name, name, table, row));
            }
          });
    }
    return rows.done();
  }

  private static @Nullable Object[] column(
      String table, String name, TableColumns columns, Rows row) {
    String declared = row.getText(2);
    // A key that is the rowid has 64 bits whatever it is called, and is never NULL.
    boolean rowid = columns.rowidAlias(name);
    int type = rowid ? Types.BIGINT : TypeNames.jdbcType(declared);
    boolean required = row.getLong(3) != 0;
    int size = TypeNames.size(declared, 0);
    int nullable = required ? DatabaseMetaData.columnNoNulls : DatabaseMetaData.columnNullable;
    return new @Nullable Object[] {
      null,
      null,
      table,
      name,
      type == Types.OTHER ? Types.VARCHAR : type,
      TypeNames.name(declared),
      size == 0 ? 2_000_000_000 : size,
      null,
      TypeNames.size(declared, 1),
      10,
      nullable,
      null,
      row.getText(4),
      0,
      0,
      2_000_000_000,
      (int) row.getLong(0) + 1,
      required ? "NO" : "YES",
      null,
      null,
      null,
      null,
      rowid ? "YES" : "NO",
      row.getLong(6) > 1 ? "YES" : "NO",
    };
  }

  ResultSet primaryKeys(String table) throws SQLException {
    MetaRows rows =
        MetaRows.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ", "PK_NAME");
    String name = primaryKeyName(table);
    TableColumns.of(connection, table).columns().stream()
        .filter(column -> column.primaryKey() > 0)
        .sorted(Comparator.comparing(TableColumns.Column::name))
        .forEach(column -> rows.row(null, null, table, column.name(), column.primaryKey(), name));
    return rows.done();
  }

  /** The name given to the primary key in the table's own text, or null. */
  private @Nullable String primaryKeyName(String table) throws SQLException {
    String[] sql = new String[1];
    connection.each(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = " + literal(table),
        row -> sql[0] = row.getText(0));
    return sql[0] == null ? null : ConstraintNames.primaryKey(sql[0]);
  }

  ResultSet indexes(String table, boolean uniqueOnly) throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "NON_UNIQUE",
            "INDEX_QUALIFIER",
            "INDEX_NAME",
            "TYPE",
            "ORDINAL_POSITION",
            "COLUMN_NAME",
            "ASC_OR_DESC",
            "CARDINALITY",
            "PAGES",
            "FILTER_CONDITION");
    List<@Nullable Object[]> indexes = new ArrayList<>();
    connection.each(
        "PRAGMA index_list(" + KeyReturning.quoted(table) + ")",
        row -> indexes.add(new @Nullable Object[] {row.getText(1), row.getLong(2) != 0}));
    for (@Nullable Object[] index : indexes) {
      boolean unique = Boolean.TRUE.equals(index[1]);
      if (uniqueOnly && !unique) {
        continue;
      }
      String name = String.valueOf(index[0]);
      connection.each(
          "PRAGMA index_xinfo(" + KeyReturning.quoted(name) + ")",
          row -> {
            if (row.getLong(5) != 0) {
              rows.row(
                  null,
                  null,
                  table,
                  unique ? 0 : 1,
                  null,
                  name,
                  (int) DatabaseMetaData.tableIndexOther,
                  (int) row.getLong(0) + 1,
                  row.getText(2),
                  row.getLong(3) != 0 ? "D" : "A",
                  0,
                  0,
                  null);
            }
          });
    }
    rows.rows()
        .sort(
            Comparator.comparing((@Nullable Object[] row) -> (Integer) row[3])
                .thenComparing(row -> String.valueOf(row[5]))
                .thenComparing(row -> (Integer) row[7]));
    return rows.done();
  }

  ResultSet foreignKeys(@Nullable String parent, @Nullable String child) throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "PKTABLE_CAT",
            "PKTABLE_SCHEM",
            "PKTABLE_NAME",
            "PKCOLUMN_NAME",
            "FKTABLE_CAT",
            "FKTABLE_SCHEM",
            "FKTABLE_NAME",
            "FKCOLUMN_NAME",
            "KEY_SEQ",
            "UPDATE_RULE",
            "DELETE_RULE",
            "FK_NAME",
            "PK_NAME",
            "DEFERRABILITY");
    for (Relation relation : relations(null)) {
      boolean wanted = child == null || relation.name.equalsIgnoreCase(child);
      if (wanted && relation.type.equals("TABLE")) {
        foreignKeysOf(relation.name, parent, rows);
      }
    }
    return rows.done();
  }

  private void foreignKeysOf(String child, @Nullable String parent, MetaRows into)
      throws SQLException {
    List<@Nullable Object[]> found = new ArrayList<>();
    connection.each(
        "PRAGMA foreign_key_list(" + KeyReturning.quoted(child) + ")",
        row ->
            found.add(
                new @Nullable Object[] {
                  row.getLong(0),
                  row.getLong(1),
                  row.getText(2),
                  row.getText(3),
                  row.getText(4),
                  row.getText(5),
                  row.getText(6)
                }));
    for (@Nullable Object[] key : found) {
      String target = String.valueOf(key[2]);
      if (parent == null || target.equalsIgnoreCase(parent)) {
        int sequence = ((Long) key[1]).intValue();
        into.row(
            null,
            null,
            target,
            parentColumn(target, key[4], sequence),
            null,
            null,
            child,
            key[3],
            sequence + 1,
            rule(key[5]),
            rule(key[6]),
            child + "_fk_" + key[0],
            null,
            (int) DatabaseMetaData.importedKeyNotDeferrable);
      }
    }
  }

  private @Nullable Object parentColumn(String parent, @Nullable Object named, int sequence)
      throws SQLException {
    if (named != null) {
      return named;
    }
    for (TableColumns.Column column : TableColumns.of(connection, parent).columns()) {
      if (column.primaryKey() == sequence + 1) {
        return column.name();
      }
    }
    return null;
  }

  private static int rule(@Nullable Object action) {
    return switch (String.valueOf(action)) {
      case "CASCADE" -> DatabaseMetaData.importedKeyCascade;
      case "SET NULL" -> DatabaseMetaData.importedKeySetNull;
      case "SET DEFAULT" -> DatabaseMetaData.importedKeySetDefault;
      case "RESTRICT" -> DatabaseMetaData.importedKeyRestrict;
      default -> DatabaseMetaData.importedKeyNoAction;
    };
  }

  ResultSet bestRowIdentifier(String table) throws SQLException {
    MetaRows rows =
        MetaRows.of(
            "SCOPE",
            "COLUMN_NAME",
            "DATA_TYPE",
            "TYPE_NAME",
            "COLUMN_SIZE",
            "BUFFER_LENGTH",
            "DECIMAL_DIGITS",
            "PSEUDO_COLUMN");
    for (TableColumns.Column column : TableColumns.of(connection, table).columns()) {
      if (column.primaryKey() > 0) {
        rows.row(
            DatabaseMetaData.bestRowSession,
            column.name(),
            TypeNames.jdbcType(column.type()),
            TypeNames.base(column.type()),
            0,
            null,
            0,
            DatabaseMetaData.bestRowNotPseudo);
      }
    }
    return rows.done();
  }

  static ResultSet typeInfo() {
    MetaRows rows =
        MetaRows.of(
            "TYPE_NAME",
            "DATA_TYPE",
            "PRECISION",
            "LITERAL_PREFIX",
            "LITERAL_SUFFIX",
            "CREATE_PARAMS",
            "NULLABLE",
            "CASE_SENSITIVE",
            "SEARCHABLE",
            "UNSIGNED_ATTRIBUTE",
            "FIXED_PREC_SCALE",
            "AUTO_INCREMENT",
            "LOCAL_TYPE_NAME",
            "MINIMUM_SCALE",
            "MAXIMUM_SCALE",
            "SQL_DATA_TYPE",
            "SQL_DATETIME_SUB",
            "NUM_PREC_RADIX");
    type(rows, "BLOB", Types.BLOB, "x'", "'");
    type(rows, "INTEGER", Types.INTEGER, null, null);
    type(rows, "NUMERIC", Types.NUMERIC, null, null);
    type(rows, "REAL", Types.REAL, null, null);
    type(rows, "TEXT", Types.VARCHAR, "'", "'");
    rows.rows().sort(Comparator.comparing(row -> (Integer) row[1]));
    return rows.done();
  }

  private static void type(
      MetaRows rows, String name, int type, @Nullable String prefix, @Nullable String suffix) {
    rows.row(
        name,
        type,
        0,
        prefix,
        suffix,
        null,
        (int) DatabaseMetaData.typeNullable,
        1,
        (int) DatabaseMetaData.typeSearchable,
        0,
        0,
        type == Types.INTEGER ? 1 : 0,
        name,
        0,
        0,
        0,
        0,
        10);
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
