package dev.turso.schema;

import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.Select;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a {@link Table} before it is one. */
final class TableBuilder {

  long id;
  int databaseIndex;
  String name;
  int rootPage;
  final List<Column> columns = new ArrayList<>();
  int rowidAlias = -1;
  boolean withoutRowid;
  boolean strict;
  boolean autoincrement;
  final List<KeyPart> primaryKey = new ArrayList<>();
  @Nullable ConflictAction primaryKeyConflict;
  final List<Check> checks = new ArrayList<>();
  final List<ForeignKey> foreignKeys = new ArrayList<>();
  String sql = "";
  TableKind kind = TableKind.ORDINARY;
  @Nullable Select materializedSelect;

  /** How many rows ANALYZE counted, or -1. */
  long analyzedRows = -1;

  /** Index drafts in the order of their making. */
  final List<IndexDraft> indexes = new ArrayList<>();

  TableBuilder(String name) {
    this.name = name;
  }

  TableBuilder(Table from) {
    this.id = from.id();
    this.databaseIndex = from.databaseIndex();
    this.name = from.name();
    this.rootPage = from.rootPage();
    this.columns.addAll(from.columns());
    this.rowidAlias = from.rowidAlias();
    this.withoutRowid = from.withoutRowid();
    this.strict = from.strict();
    this.autoincrement = from.autoincrement();
    this.primaryKey.addAll(from.primaryKey());
    this.primaryKeyConflict = from.primaryKeyConflict();
    this.checks.addAll(from.checks());
    this.foreignKeys.addAll(from.foreignKeys());
    this.sql = from.sql();
    this.kind = from.kind();
    this.materializedSelect = from.materializedSelect();
    this.analyzedRows = from.analyzedRows();
    for (Index each : from.indexes().reversed()) {
      this.indexes.add(IndexDraft.of(each));
    }
  }

  int columnIndex(String columnName) {
    for (int i = 0; i < columns.size(); i++) {
      if (Names.same(columns.get(i).name(), columnName)) {
        return i;
      }
    }
    return -1;
  }

  List<Index> linkIndexes(Table table) {
    List<Index> linked = new ArrayList<>();
    for (IndexDraft each : indexes.reversed()) {
      linked.add(new Index(table, each));
    }
    return List.copyOf(linked);
  }
}
