package dev.turso.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What tools ask of a database: names and versions, and the schema by way of {@link SchemaQueries}.
 *
 * <p>The product is {@code SQLite} (invariant J1), at the level whose SQL this engine matches.
 */
final class JdbcDatabaseMetaData extends SqliteCapabilities {

  static final int SQLITE_MAJOR = 3;
  static final int SQLITE_MINOR = 54;
  static final String SQLITE_VERSION = "3.54.1";

  private final JdbcConnection connection;
  private final SchemaQueries schema;

  JdbcDatabaseMetaData(JdbcConnection connection) {
    this.connection = connection;
    this.schema = new SchemaQueries(connection);
  }

  @Override
  public String getDatabaseProductName() {
    return "SQLite";
  }

  @Override
  public String getDatabaseProductVersion() {
    return SQLITE_VERSION;
  }

  @Override
  public int getDatabaseMajorVersion() {
    return SQLITE_MAJOR;
  }

  @Override
  public int getDatabaseMinorVersion() {
    return SQLITE_MINOR;
  }

  @Override
  public String getDriverName() {
    return "Turso JDBC (pure Java)";
  }

  @Override
  public String getDriverVersion() {
    return TursoDriver.VERSION;
  }

  @Override
  public int getDriverMajorVersion() {
    return TursoDriver.MAJOR;
  }

  @Override
  public int getDriverMinorVersion() {
    return TursoDriver.MINOR;
  }

  @Override
  public int getJDBCMajorVersion() {
    return 4;
  }

  @Override
  public int getJDBCMinorVersion() {
    return 3;
  }

  @Override
  public String getURL() {
    return EncryptionOptions.masked(connection.url().url());
  }

  @Override
  public String getUserName() {
    return "";
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public int getSQLStateType() {
    return sqlStateSQL;
  }

  @Override
  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_SERIALIZABLE;
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) {
    return level != Connection.TRANSACTION_NONE;
  }

  @Override
  public int getResultSetHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public boolean supportsResultSetConcurrency(int type, int concurrency) {
    return type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public boolean supportsConvert() {
    return false;
  }

  @Override
  public boolean supportsConvert(int from, int to) {
    return false;
  }

  @Override
  public RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }

  @Override
  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String table,
      String @Nullable [] types)
      throws SQLException {
    return schema.tables(table, types);
  }

  @Override
  public ResultSet getTableTypes() {
    return MetaRows.of("TABLE_TYPE").row("SYSTEM TABLE").row("TABLE").row("VIEW").done();
  }

  @Override
  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return schema.columns(table, column);
  }

  @Override
  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schemaName, @Nullable String table)
      throws SQLException {
    return schema.primaryKeys(named(table));
  }

  @Override
  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schemaName,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    return schema.indexes(named(table), unique);
  }

  @Override
  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schemaName, String table) throws SQLException {
    return schema.foreignKeys(null, table);
  }

  @Override
  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schemaName, String table) throws SQLException {
    return schema.foreignKeys(table, null);
  }

  @Override
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      @Nullable String foreignTable)
      throws SQLException {
    return schema.foreignKeys(parentTable, foreignTable);
  }

  @Override
  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schemaName,
      @Nullable String table,
      int scope,
      boolean nulls)
      throws SQLException {
    return schema.bestRowIdentifier(named(table));
  }

  private static String named(@Nullable String table) throws SQLException {
    if (table == null) {
      throw SqlErrors.misuse("no table was named");
    }
    return table;
  }

  @Override
  public ResultSet getTypeInfo() {
    return SchemaQueries.typeInfo();
  }

  @Override
  public ResultSet getCatalogs() {
    return MetaRows.of("TABLE_CAT").done();
  }

  @Override
  public ResultSet getSchemas() {
    return MetaRows.of("TABLE_SCHEM", "TABLE_CATALOG").done();
  }

  @Override
  public ResultSet getSchemas(@Nullable String catalog, @Nullable String pattern) {
    return getSchemas();
  }

  @Override
  public ResultSet getProcedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String name) {
    return MetaRows.of(
            "PROCEDURE_CAT",
            "PROCEDURE_SCHEM",
            "PROCEDURE_NAME",
            "",
            "",
            "",
            "REMARKS",
            "PROCEDURE_TYPE",
            "SPECIFIC_NAME")
        .done();
  }

  @Override
  public ResultSet getProcedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String name,
      @Nullable String column) {
    return MetaRows.of(
            "PROCEDURE_CAT",
            "PROCEDURE_SCHEM",
            "PROCEDURE_NAME",
            "COLUMN_NAME",
            "COLUMN_TYPE",
            "DATA_TYPE",
            "TYPE_NAME",
            "PRECISION",
            "LENGTH",
            "SCALE",
            "RADIX",
            "NULLABLE",
            "REMARKS",
            "COLUMN_DEF",
            "SQL_DATA_TYPE",
            "SQL_DATETIME_SUB",
            "CHAR_OCTET_LENGTH",
            "ORDINAL_POSITION",
            "IS_NULLABLE",
            "SPECIFIC_NAME")
        .done();
  }

  @Override
  public ResultSet getFunctions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String name) {
    return MetaRows.of(
            "FUNCTION_CAT",
            "FUNCTION_SCHEM",
            "FUNCTION_NAME",
            "REMARKS",
            "FUNCTION_TYPE",
            "SPECIFIC_NAME")
        .done();
  }

  @Override
  public ResultSet getFunctionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String name,
      @Nullable String column) {
    return MetaRows.of(
            "FUNCTION_CAT",
            "FUNCTION_SCHEM",
            "FUNCTION_NAME",
            "COLUMN_NAME",
            "COLUMN_TYPE",
            "DATA_TYPE",
            "TYPE_NAME",
            "PRECISION",
            "LENGTH",
            "SCALE",
            "RADIX",
            "NULLABLE",
            "REMARKS",
            "CHAR_OCTET_LENGTH",
            "ORDINAL_POSITION",
            "IS_NULLABLE",
            "SPECIFIC_NAME")
        .done();
  }

  @Override
  public ResultSet getColumnPrivileges(
      @Nullable String catalog, @Nullable String schemaName, String table, String column) {
    return MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "COLUMN_NAME",
            "GRANTOR",
            "GRANTEE",
            "PRIVILEGE",
            "IS_GRANTABLE")
        .done();
  }

  @Override
  public ResultSet getTablePrivileges(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String table) {
    return MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "GRANTOR",
            "GRANTEE",
            "PRIVILEGE",
            "IS_GRANTABLE")
        .done();
  }

  @Override
  public ResultSet getVersionColumns(
      @Nullable String catalog, @Nullable String schemaName, String table) {
    return MetaRows.of(
            "SCOPE",
            "COLUMN_NAME",
            "DATA_TYPE",
            "TYPE_NAME",
            "COLUMN_SIZE",
            "BUFFER_LENGTH",
            "DECIMAL_DIGITS",
            "PSEUDO_COLUMN")
        .done();
  }

  @Override
  public ResultSet getUDTs(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String name,
      int @Nullable [] types) {
    return MetaRows.of(
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "CLASS_NAME",
            "DATA_TYPE",
            "REMARKS",
            "BASE_TYPE")
        .done();
  }

  @Override
  public ResultSet getSuperTypes(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String name) {
    return MetaRows.of(
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SUPERTYPE_CAT",
            "SUPERTYPE_SCHEM",
            "SUPERTYPE_NAME")
        .done();
  }

  @Override
  public ResultSet getSuperTables(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String name) {
    return MetaRows.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME").done();
  }

  @Override
  public ResultSet getAttributes(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String type,
      @Nullable String attribute) {
    return MetaRows.of(
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "ATTR_NAME",
            "DATA_TYPE",
            "ATTR_TYPE_NAME",
            "ATTR_SIZE",
            "DECIMAL_DIGITS",
            "NUM_PREC_RADIX",
            "NULLABLE",
            "REMARKS",
            "ATTR_DEF",
            "SQL_DATA_TYPE",
            "SQL_DATETIME_SUB",
            "CHAR_OCTET_LENGTH",
            "ORDINAL_POSITION",
            "IS_NULLABLE",
            "SCOPE_CATALOG",
            "SCOPE_SCHEMA",
            "SCOPE_TABLE",
            "SOURCE_DATA_TYPE")
        .done();
  }

  @Override
  public ResultSet getClientInfoProperties() {
    return MetaRows.of("NAME", "MAX_LEN", "DEFAULT_VALUE", "DESCRIPTION").done();
  }

  @Override
  public ResultSet getPseudoColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String table,
      @Nullable String column) {
    return MetaRows.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "COLUMN_NAME",
            "DATA_TYPE",
            "COLUMN_SIZE",
            "DECIMAL_DIGITS",
            "NUM_PREC_RADIX",
            "COLUMN_USAGE",
            "REMARKS",
            "CHAR_OCTET_LENGTH",
            "IS_NULLABLE")
        .done();
  }

  @Override
  public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    return Wrapping.unwrap(type, this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return Wrapping.wraps(type, this);
  }
}
