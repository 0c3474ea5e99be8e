package dev.turso.vtab;

import dev.turso.function.StatementEnvironment;
import dev.turso.function.json.JsonRows;
import dev.turso.schema.Column;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code json_each(json [, root])} and {@code json_tree}; {@code jsonb_each} and {@code jsonb_tree}
 * give
 * arrays and objects as JSONB.
 *
 * @see <a href="https://www.sqlite.org/json1.html#jeach">The json_each() and json_tree()
 * functions</a>
 */
final class JsonTableFunction implements TableFunction {

  private static final String[] NAMES = {
    "key", "value", "type", "atom", "id", "parent", "fullkey", "path", "json", "root"
  };
  private static final int FIRST_HIDDEN = 8;
  private static final List<Column> COLUMNS = columnsNamed();

  private final String name;
  private final boolean tree;
  private final boolean binary;

  JsonTableFunction(String name, boolean tree, boolean binary) {
    this.name = name;
    this.tree = tree;
    this.binary = binary;
  }

  private static List<Column> columnsNamed() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < NAMES.length; i++) {
      columns.add(
          i >= FIRST_HIDDEN
              ? Column.hidden(NAMES[i], Affinity.BLOB)
              : Column.of(NAMES[i], null, Affinity.BLOB));
    }
    return List.copyOf(columns);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public RowCursor open(@Nullable Register[] arguments, StatementEnvironment environment) {
    Register json = new Register();
    if (arguments[0] != null) {
      json.copyFrom(arguments[0]);
      json.keep();
    }
    Register root = null;
    if (arguments.length > 1 && arguments[1] != null) {
      root = new Register();
      root.copyFrom(arguments[1]);
      root.keep();
    }
    JsonRows rows = tree ? JsonRows.tree(json, root, binary) : JsonRows.each(json, root, binary);
    return new Cursor(rows, json, root);
  }

  private static final class Cursor implements RowCursor {
    private final JsonRows rows;
    private final Register json;
    private final @Nullable Register root;

    Cursor(JsonRows rows, Register json, @Nullable Register root) {
      this.rows = rows;
      this.json = json;
      this.root = root;
    }

    @Override
    public boolean next() {
      return rows.next();
    }

    @Override
    public long rowid() {
      return rows.row();
    }

    @Override
    public void column(int column, Register out) {
      switch (column) {
        case 0 -> rows.key(out);
        case 1 -> rows.value(out);
        case 2 -> rows.type(out);
        case 3 -> rows.atom(out);
        case 4 -> rows.id(out);
        case 5 -> rows.parent(out);
        case 6 -> rows.fullKey(out);
        case 7 -> rows.path(out);
        case 8 -> out.copyFrom(json);
        default -> {
          if (root == null) {
            out.setText("$");
          } else {
            out.copyFrom(root);
          }
        }
      }
    }
  }
}
