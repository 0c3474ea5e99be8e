package dev.turso.schema;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.sql.ast.ColumnConstraint;
import dev.turso.sql.ast.ColumnDefinition;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.ForeignKeyClause;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.OrderingTerm;
import dev.turso.sql.ast.SortDirection;
import dev.turso.sql.ast.TableConstraint;
import dev.turso.sql.parse.Limits;
import dev.turso.value.Affinity;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a CREATE TABLE statement defines, with SQLite's checks and its messages.
 *
 * <p>Names within expressions are not looked up here: that is the binder's.
 */
final class TableDefinition {

  private static final String[] STANDARD_TYPES = {"ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT"};

  private final CreateTable source;
  private final CollationLookup collations;
  private final TableBuilder table;
  private final AutoIndexes autoIndexes;
  private boolean hasPrimaryKey;

  private TableDefinition(CreateTable source, CollationLookup collations) {
    this.source = source;
    this.collations = collations;
    this.table = new TableBuilder(source.name().name().text());
    this.autoIndexes = new AutoIndexes(table);
  }

  static TableBuilder of(CreateTable source, CollationLookup collations) {
    TableDefinition definition = new TableDefinition(source, collations);
    definition.build();
    return definition.table;
  }

  private void build() {
    table.withoutRowid = source.withoutRowid();
    table.strict = source.strict();
    Limits.checkColumns(source.columns().size(), "on " + source.name().name().text());
    for (ColumnDefinition each : source.columns()) {
      addColumn(each);
    }
    // Keys come in the order of the text: it numbers the automatic indexes.
    for (int i = 0; i < source.columns().size(); i++) {
      addColumnConstraints(i, source.columns().get(i));
    }
    for (TableConstraint each : source.constraints()) {
      addConstraint(each);
    }
    finish();
  }

  private void addColumn(ColumnDefinition definition) {
    String name = definition.name().text();
    if (table.columnIndex(name) >= 0) {
      throw new SqlException("duplicate column name: " + name);
    }
    String type = definition.typeName().isEmpty() ? null : standard(definition.typeName());
    Collation collation = Collation.BINARY;
    boolean notNull = false;
    ConflictAction onNull = null;
    Expression byDefault = null;
    String defaultText = null;
    Expression generator = null;
    Generation generation = Generation.NONE;
    for (ColumnConstraint each : definition.constraints()) {
      switch (each) {
        case ColumnConstraint.NotNull c -> {
          notNull = true;
          onNull = c.conflict();
        }
        case ColumnConstraint.Default c -> {
          if (generator != null) {
            throw new SqlException("cannot use DEFAULT on a generated column");
          }
          byDefault = c.value();
          defaultText = c.source();
        }
        case ColumnConstraint.Collate c -> collation = collation(c.collation().text());
        case ColumnConstraint.Generated c -> {
          if (generator != null || byDefault != null) {
            throw new SqlException("error in generated column \"" + name + "\"");
          }
          generator = c.value();
          generation = c.stored() ? Generation.STORED : Generation.VIRTUAL;
        }
        default -> {}
      }
    }
    table.columns.add(
        new Column(
            name,
            type,
            affinity(name, type),
            collation,
            notNull,
            onNull,
            byDefault,
            defaultText,
            generation,
            generator,
            false,
            0));
  }

  /** The names of the standard types are told in capitals, however they were written. */
  private static String standard(String type) {
    for (String each : STANDARD_TYPES) {
      if (each.equalsIgnoreCase(type)) {
        return each;
      }
    }
    return type;
  }

  private Affinity affinity(String column, @Nullable String type) {
    if (!source.strict()) {
      return Affinity.ofDeclaredType(type);
    }
    if (type == null) {
      throw new SqlException("missing datatype for " + table.name + "." + column);
    }
    return switch (Names.fold(type)) {
      case "int", "integer" -> Affinity.INTEGER;
      case "real" -> Affinity.REAL;
      case "text" -> Affinity.TEXT;
      case "blob", "any" -> Affinity.BLOB;
      default ->
          throw new SqlException(
              "unknown datatype for " + table.name + "." + column + ": \"" + type + "\"");
    };
  }

  private Collation collation(String name) {
    Collation found = collations.collation(name);
    return found == null ? new MissingCollation(name) : found;
  }

  private void addColumnConstraints(int column, ColumnDefinition definition) {
    for (ColumnConstraint each : definition.constraints()) {
      switch (each) {
        case ColumnConstraint.PrimaryKey c -> addColumnKey(column, c);
        case ColumnConstraint.Unique c ->
            autoIndexes.add(
                List.of(part(column, collationOf(column), false)),
                c.conflict(),
                IndexOrigin.UNIQUE);
        case ColumnConstraint.Check c ->
            table.checks.add(check(c.name(), c.condition(), c.source()));
        case ColumnConstraint.References c -> {
          if (c.clause().columns().size() > 1) {
            throw new SqlException(
                "foreign key on "
                    + table.columns.get(column).name()
                    + " should reference only one column of table "
                    + c.clause().table().text());
          }
          addForeignKey(List.of(column), c.clause());
        }
        default -> {}
      }
    }
  }

  private void addColumnKey(int column, ColumnConstraint.PrimaryKey c) {
    claimPrimaryKey();
    boolean descending = c.direction() == SortDirection.DESC;
    KeyPart part = new KeyPart(column, collationOf(column), descending);
    // The one exception of the format: INTEGER PRIMARY KEY DESC is an ordinary column.
    addKey(List.of(part), !descending, c.autoincrement(), c.conflict());
  }

  private void addConstraint(TableConstraint constraint) {
    switch (constraint) {
      case TableConstraint.PrimaryKey c -> {
        claimPrimaryKey();
        addKey(keyParts(c.columns()), true, c.autoincrement(), c.conflict());
      }
      case TableConstraint.Unique c -> {
        List<IndexPart> parts = new ArrayList<>();
        for (KeyPart each : keyParts(c.columns())) {
          parts.add(part(each.column(), each.collation(), each.descending()));
        }
        autoIndexes.add(parts, c.conflict(), IndexOrigin.UNIQUE);
      }
      case TableConstraint.Check c -> table.checks.add(check(c.name(), c.condition(), c.source()));
      case TableConstraint.ForeignKey c -> {
        List<Integer> columns = new ArrayList<>();
        for (Name each : c.columns()) {
          int column = table.columnIndex(each.text());
          if (column < 0) {
            throw new SqlException(
                "unknown column \"" + each.text() + "\" in foreign key definition");
          }
          columns.add(column);
        }
        addForeignKey(columns, c.clause());
      }
    }
  }

  private void claimPrimaryKey() {
    if (hasPrimaryKey) {
      throw new SqlException("table \"" + table.name + "\" has more than one primary key");
    }
    hasPrimaryKey = true;
  }

  private void addKey(
      List<KeyPart> parts,
      boolean mayBeRowid,
      boolean autoincrement,
      @Nullable ConflictAction conflict) {
    for (KeyPart each : parts) {
      if (table.columns.get(each.column()).isGenerated()) {
        throw new SqlException("generated columns cannot be part of the PRIMARY KEY");
      }
    }
    table.primaryKey.addAll(parts);
    markKeyColumns();
    table.primaryKeyConflict = conflict;
    Column first = table.columns.get(parts.getFirst().column());
    if (mayBeRowid
        && parts.size() == 1
        && first.declaredType() != null
        && Names.same(first.declaredType(), "INTEGER")) {
      table.rowidAlias = parts.getFirst().column();
      table.autoincrement = autoincrement;
    } else if (autoincrement) {
      throw new SqlException("AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY");
    } else {
      addKeyIndex(conflict);
    }
  }

  private void addKeyIndex(@Nullable ConflictAction conflict) {
    List<IndexPart> parts = new ArrayList<>();
    for (KeyPart each : table.primaryKey) {
      parts.add(part(each.column(), each.collation(), each.descending()));
    }
    autoIndexes.add(parts, conflict, IndexOrigin.PRIMARY_KEY);
  }

  private void markKeyColumns() {
    for (int i = 0; i < table.primaryKey.size(); i++) {
      int at = table.primaryKey.get(i).column();
      Column c = table.columns.get(at);
      if (c.primaryKeyPosition() == 0) {
        table.columns.set(at, keyColumn(c, i + 1, c.notNull()));
      }
    }
  }

  private static Column keyColumn(Column c, int position, boolean notNull) {
    return new Column(
        c.name(),
        c.declaredType(),
        c.affinity(),
        c.collation(),
        notNull,
        c.notNullConflict(),
        c.defaultExpression(),
        c.defaultText(),
        c.generation(),
        c.generator(),
        c.hidden(),
        position);
  }

  private List<KeyPart> keyParts(List<OrderingTerm> terms) {
    List<KeyPart> parts = new ArrayList<>();
    for (OrderingTerm each : terms) {
      Expression e = each.expression();
      String collation = null;
      while (e instanceof Expression.Collate c) {
        if (collation == null) {
          collation = c.collation().text();
        }
        e = c.operand();
      }
      int column = table.columnIndex(columnName(e));
      if (column < 0) {
        throw new SqlException(ResultCode.ERROR, "no such column: " + columnName(e), e.position());
      }
      Collation order = collation == null ? collationOf(column) : collation(collation);
      parts.add(new KeyPart(column, order, each.descending()));
    }
    return parts;
  }

  private static String columnName(Expression e) {
    if (e instanceof Expression.ColumnName c && c.table() == null) {
      return c.name().text();
    }
    if (e instanceof Expression.Literal l && l.kind() == Expression.LiteralKind.STRING) {
      return l.text();
    }
    throw new SqlException("expressions prohibited in PRIMARY KEY and UNIQUE constraints");
  }

  private Collation collationOf(int column) {
    return table.columns.get(column).collation();
  }

  private static IndexPart part(int column, Collation collation, boolean descending) {
    return IndexPart.ofColumn(column, collation, descending);
  }

  private static Check check(@Nullable Name name, Expression condition, String text) {
    return new Check(name == null ? null : name.text(), condition, text);
  }

  private void addForeignKey(List<Integer> columns, ForeignKeyClause clause) {
    if (!clause.columns().isEmpty() && clause.columns().size() != columns.size()) {
      throw new SqlException(
          "number of columns in foreign key does not match the number of columns in the"
              + " referenced table");
    }
    List<String> parents = new ArrayList<>();
    for (Name each : clause.columns()) {
      parents.add(each.text());
    }
    table.foreignKeys.add(
        new ForeignKey(
            table.foreignKeys.size(),
            List.copyOf(columns),
            clause.table().text(),
            List.copyOf(parents),
            clause.onDelete(),
            clause.onUpdate(),
            clause.deferred()));
  }

  private void finish() {
    if (table.withoutRowid) {
      finishWithoutRowid();
    }
    boolean plain = false;
    for (int i = 0; i < table.columns.size(); i++) {
      Column c = table.columns.get(i);
      plain |= !c.isGenerated();
      boolean key = c.primaryKeyPosition() > 0 && i != table.rowidAlias;
      if (key && !c.notNull() && (table.withoutRowid || table.strict)) {
        table.columns.set(i, keyColumn(c, c.primaryKeyPosition(), true));
      }
    }
    if (!plain && !table.columns.isEmpty()) {
      throw new SqlException("must have at least one non-generated column");
    }
    numberForeignKeys();
  }

  private void finishWithoutRowid() {
    if (!hasPrimaryKey) {
      throw new SqlException("PRIMARY KEY missing on table " + table.name);
    }
    if (table.autoincrement) {
      throw new SqlException("AUTOINCREMENT not allowed on WITHOUT ROWID tables");
    }
    if (table.rowidAlias >= 0) {
      table.rowidAlias = -1;
      // SQLite has taken it for the rowid until now, and forgotten a collation in PRIMARY KEY (…).
      KeyPart key = table.primaryKey.getFirst();
      table.primaryKey.set(
          0, new KeyPart(key.column(), collationOf(key.column()), key.descending()));
      addKeyIndex(table.primaryKeyConflict);
    }
    autoIndexes.dropRepeatedKeyColumns();
  }

  /** SQLite numbers them from the last. */
  private void numberForeignKeys() {
    Collections.reverse(table.foreignKeys);
    for (int i = 0; i < table.foreignKeys.size(); i++) {
      ForeignKey k = table.foreignKeys.get(i);
      table.foreignKeys.set(
          i,
          new ForeignKey(
              i,
              k.columns(),
              k.parentTable(),
              k.parentColumns(),
              k.onDelete(),
              k.onUpdate(),
              k.deferred()));
    }
  }
}
