package dev.turso.exec.ddl;

import dev.turso.format.TextEncoding;
import dev.turso.pager.PageStore;
import dev.turso.schema.Catalog;
import dev.turso.schema.CollationLookup;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.schema.View;
import dev.turso.sql.ast.Select;
import dev.turso.value.Value;
import dev.turso.vtab.TableRegistry;
import dev.turso.vtab.VirtualTableDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command that changes a schema may ask of the session that runs it. */
public interface SchemaContext {

  Catalog catalog();

  /** The pages of a database, in a write transaction. */
  PageStore store(int databaseIndex);

  TextEncoding encoding(int databaseIndex);

  CollationLookup collations();

  /** The modules of virtual tables. */
  TableRegistry tables();

  /** What a virtual table says of itself, now that it goes. */
  VirtualTableDefinition dropping(Table virtual);

  /** Reads the schema of a database again, after its rows have changed. */
  void reload(int databaseIndex);

  /** Throws what is wrong with a DEFAULT of a table: that it is not constant. */
  void checkDefaults(Table table);

  /** Binds every expression of a table, to find what it names wrongly. */
  void check(Table table);

  /** Runs checks under which this name in double quotes is never a string. */
  void withNameOnly(String name, Runnable checks);

  /** Binds a view's query, likewise. */
  void check(View view);

  /** Binds a trigger's statements, likewise. */
  void check(Trigger trigger);

  /** The names and declared types that a table made of a query's rows has. */
  List<QueryColumn> columnsOf(Select select);

  /** Fills an empty index from its table; fails if it is unique and the rows are not. */
  void fill(Index index);

  /** Runs a statement inside the current one. It may write tables that SQL of users may not. */
  void execute(String sql, Value... parameters);

  /** Deletes the rows of a table that is about to be dropped, so that its foreign keys are kept. */
  void deleteForDrop(String schema, Table table);

  /** Runs a statement that is already parsed inside the current one. */
  void executeInsert(String schema, String table, Select source);

  /** Runs a query inside the current statement. */
  List<List<Value>> query(String sql, Value... parameters);

  /** Whether names that begin with {@code sqlite_} may be made: for commands run by others. */
  boolean internal();

  /** Whether {@code PRAGMA writable_schema} is on. */
  boolean writableSchema();

  /** Fails if another thread has asked for an end. */
  void checkInterrupt();

  /** Whether the transaction has violations of deferred foreign keys. */
  boolean hasDeferredViolations();

  /** Whether {@code PRAGMA foreign_keys} is on. */
  boolean foreignKeys();

  /** Whether {@code PRAGMA legacy_alter_table} is on. */
  boolean legacyAlter();

  /**
   * A column of a query.
   *
   * @param type TEXT, NUM, INT, REAL or null, as a table made of the query declares it
   */
  record QueryColumn(String name, @Nullable String type) {}
}
