package dev.turso.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One row of {@code PRAGMA function_list}.
 *
 * @param builtIn whether the application did not add it
 * @param type {@code s} for a scalar function, {@code w} for one that can have an OVER clause
 * @param arguments how many it takes; -1 any, -3 and -4 at least one and at least two
 * @param flags deterministic 0x800, direct only 0x80000, result with subtype 0x100000, innocuous
 *     0x200000
 */
public record FunctionListing(String name, boolean builtIn, String type, int arguments, int flags) {

  private static final int DETERMINISTIC = 0x800;
  private static final int DIRECT_ONLY = 0x80000;
  private static final int SUBTYPE = 0x100000;
  private static final int INNOCUOUS = 0x200000;

  private static final int ANY = -1;
  private static final int AT_LEAST_ONE = -3;
  private static final int AT_LEAST_TWO = -4;

  /** All functions of a registry, by name. */
  public static List<FunctionListing> of(FunctionRegistry registry) {
    List<FunctionListing> rows = new ArrayList<>();
    for (Map.Entry<String, FunctionDefinition[]> each : registry.functions().entrySet()) {
      for (FunctionDefinition definition : each.getValue()) {
        add(registry, each.getKey(), definition, rows);
      }
    }
    return rows;
  }

  private static void add(
      FunctionRegistry registry,
      String name,
      FunctionDefinition definition,
      List<FunctionListing> rows) {
    Signature signature = definition.signature();
    boolean builtIn = registry.isBuiltIn(definition);
    String type = definition instanceof ScalarDefinition ? "s" : "w";
    int flags = flags(definition);
    if (signature.most() == Signature.ANY) {
      int arguments =
          switch (signature.fewest()) {
            case 0 -> ANY;
            case 1 -> AT_LEAST_ONE;
            // min and max, which with one argument are aggregates
            default -> definition.has(FunctionTrait.NEEDS_COLLATION) ? AT_LEAST_ONE : AT_LEAST_TWO;
          };
      rows.add(new FunctionListing(name, builtIn, type, arguments, flags));
      return;
    }
    for (int n = signature.fewest(); n <= signature.most(); n++) {
      rows.add(new FunctionListing(name, builtIn, type, n, flags));
    }
  }

  private static int flags(FunctionDefinition definition) {
    boolean scalar = definition instanceof ScalarDefinition;
    boolean constant =
        definition.has(FunctionTrait.DETERMINISTIC)
            || definition.has(FunctionTrait.CONSTANT_IN_STATEMENT);
    return (scalar && constant ? DETERMINISTIC : 0)
        | (definition.has(FunctionTrait.DIRECT_ONLY) ? DIRECT_ONLY : 0)
        | (definition.has(FunctionTrait.READS_SUBTYPE) ? SUBTYPE : 0)
        | (definition.has(FunctionTrait.INNOCUOUS) ? INNOCUOUS : 0);
  }
}
