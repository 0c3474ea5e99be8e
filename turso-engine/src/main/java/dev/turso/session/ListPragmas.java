package dev.turso.session;

import dev.turso.function.FunctionListing;
import dev.turso.function.core.CompileOptions;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pragmas that list what there is. */
final class ListPragmas {

  private ListPragmas() {}

  private interface Body {
    List<List<Value>> rows(Connection connection);
  }

  private record Listing(List<String> names, Body body) implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return names;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      return body.rows(connection);
    }
  }

  /** Accepted, and nothing to do. */
  private static final class Nothing implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      return List.of();
    }
  }

  static void addTo(Map<String, PragmaHandler> all) {
    all.put("database_list", new Listing(List.of("seq", "name", "file"), ListPragmas::databases));
    all.put("collation_list", new Listing(List.of("seq", "name"), ListPragmas::collations));
    all.put(
        "function_list",
        new Listing(
            List.of("name", "builtin", "type", "enc", "narg", "flags"), ListPragmas::functions));
    all.put("module_list", new Listing(List.of("name"), c -> List.of()));
    all.put("pragma_list", new Listing(List.of("name"), c -> pragmas()));
    all.put("compile_options", new Listing(List.of("compile_options"), c -> compileOptions()));
    all.put("optimize", new Nothing());
    all.put("shrink_memory", new Nothing());
  }

  private static List<List<Value>> databases(Connection connection) {
    List<List<Value>> rows = new ArrayList<>();
    for (AttachedDatabase each : connection.databases()) {
      boolean unusedTemp = each.index == 1 && each.pager.database().isInMemory() && isEmpty(each);
      if (!unusedTemp) {
        String file = each.pager.database().isInMemory() ? "" : each.pager.database().path();
        rows.add(PragmaValues.row(each.index, each.name, file));
      }
    }
    return rows;
  }

  private static boolean isEmpty(AttachedDatabase temp) {
    return temp.schema == null
        || temp.schema.tables().isEmpty()
            && temp.schema.views().isEmpty()
            && temp.schema.triggers().isEmpty();
  }

  private static List<List<Value>> collations(Connection connection) {
    List<List<Value>> rows = new ArrayList<>();
    for (String each : connection.functions().addedCollations().keySet()) {
      rows.add(PragmaValues.row(rows.size(), each));
    }
    for (String each : List.of("RTRIM", "NOCASE", "BINARY")) {
      rows.add(PragmaValues.row(rows.size(), each));
    }
    return rows;
  }

  private static List<List<Value>> functions(Connection connection) {
    List<List<Value>> rows = new ArrayList<>();
    for (FunctionListing each : FunctionListing.of(connection.functions())) {
      rows.add(
          PragmaValues.row(
              each.name(),
              each.builtIn() ? 1 : 0,
              each.type(),
              "utf8",
              each.arguments(),
              each.flags()));
    }
    return rows;
  }

  private static List<List<Value>> pragmas() {
    List<List<Value>> rows = new ArrayList<>();
    for (String each : PragmaCommands.names()) {
      rows.add(PragmaValues.row(each));
    }
    return rows;
  }

  private static List<List<Value>> compileOptions() {
    List<List<Value>> rows = new ArrayList<>();
    for (String each : CompileOptions.all()) {
      rows.add(PragmaValues.row(each));
    }
    return rows;
  }
}
