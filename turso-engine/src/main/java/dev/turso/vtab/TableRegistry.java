package dev.turso.vtab;

import dev.turso.schema.Names;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table-valued functions and the modules of virtual tables that SQL can name: the built-in ones,
 * and an application's over them.
 *
 * <p>Immutable: adding something gives another registry. Names are compared without case.
 */
public final class TableRegistry {

  private static final TableRegistry BUILT_IN = new TableRegistry(Map.of(), Map.of());

  private final Map<String, TableFunction> functions;
  private final Map<String, VirtualTableModule> modules;

  private TableRegistry(
      Map<String, TableFunction> functions, Map<String, VirtualTableModule> modules) {
    this.functions = functions;
    this.modules = modules;
  }

  /** Nothing but the built-in functions. */
  public static TableRegistry builtIn() {
    return BUILT_IN;
  }

  /** This registry and one more function, which hides another of its name. */
  public TableRegistry with(TableFunction function) {
    return new TableRegistry(and(functions, function.name(), function), modules);
  }

  /** This registry and one more module, which hides another of its name. */
  public TableRegistry with(String name, VirtualTableModule module) {
    return new TableRegistry(functions, and(modules, name, module));
  }

  private static <T> Map<String, T> and(Map<String, T> present, String name, T added) {
    Map<String, T> all = new HashMap<>(present);
    all.put(Names.fold(name), added);
    return Map.copyOf(all);
  }

  /** The function of this name, or null. */
  public @Nullable TableFunction function(String name) {
    TableFunction added = functions.isEmpty() ? null : functions.get(Names.fold(name));
    return added == null ? TableFunctions.builtIn(name) : added;
  }

  /** The module of this name, or null. */
  public @Nullable VirtualTableModule module(String name) {
    return modules.get(Names.fold(name));
  }
}
