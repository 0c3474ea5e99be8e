package dev.turso.function;

import dev.turso.value.Collation;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The functions and collations that SQL can name: the built-in ones, and an application's over
 * them.
 *
 * <p>Immutable: adding something gives another registry that shares the built-in part. Names are
 * compared without case.
 */
public final class FunctionRegistry {

  private final Map<String, FunctionDefinition[]> builtIn;
  private final Map<String, FunctionDefinition[]> added;
  private final Map<String, Collation> collations;

  private FunctionRegistry(
      Map<String, FunctionDefinition[]> builtIn,
      Map<String, FunctionDefinition[]> added,
      Map<String, Collation> collations) {
    this.builtIn = builtIn;
    this.added = added;
    this.collations = collations;
  }

  /** A registry of these functions and the three built-in collations. */
  public static FunctionRegistry of(Iterable<FunctionDefinition> definitions) {
    Map<String, FunctionDefinition[]> byName = new HashMap<>();
    for (FunctionDefinition definition : definitions) {
      add(byName, definition);
    }
    return new FunctionRegistry(byName, Map.of(), Map.of());
  }

  private static void add(Map<String, FunctionDefinition[]> map, FunctionDefinition definition) {
    String name = definition.signature().name().toLowerCase(Locale.ROOT);
    FunctionDefinition[] before = map.get(name);
    if (before == null) {
      map.put(name, new FunctionDefinition[] {definition});
      return;
    }
    FunctionDefinition[] after = new FunctionDefinition[before.length + 1];
    after[0] = definition;
    System.arraycopy(before, 0, after, 1, before.length);
    map.put(name, after);
  }

  /**
   * This registry and one more function, which hides those of its name that take the same count.
   */
  public FunctionRegistry with(FunctionDefinition definition) {
    Map<String, FunctionDefinition[]> functions = new HashMap<>(added);
    add(functions, definition);
    return new FunctionRegistry(builtIn, functions, collations);
  }

  /** This registry and one more collation, which hides another of its name. */
  public FunctionRegistry with(Collation collation) {
    Map<String, Collation> all = new HashMap<>(collations);
    all.put(collation.name().toLowerCase(Locale.ROOT), collation);
    return new FunctionRegistry(builtIn, added, all);
  }

  /**
   * The function of that name that takes that many arguments; where several do, the one whose arity
   * is narrowest.
   */
  public @Nullable FunctionDefinition find(String name, int arguments) {
    String key = name.toLowerCase(Locale.ROOT);
    FunctionDefinition found = best(added.get(key), arguments);
    return found != null ? found : best(builtIn.get(key), arguments);
  }

  private static @Nullable FunctionDefinition best(
      FunctionDefinition @Nullable [] candidates, int arguments) {
    FunctionDefinition best = null;
    if (candidates != null) {
      for (FunctionDefinition candidate : candidates) {
        if (candidate.signature().accepts(arguments)
            && (best == null || width(candidate) < width(best))) {
          best = candidate;
        }
      }
    }
    return best;
  }

  private static int width(FunctionDefinition definition) {
    return definition.signature().most() - definition.signature().fewest();
  }

  /** Whether any function has that name, whatever its arguments. */
  public boolean hasName(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return added.containsKey(key) || builtIn.containsKey(key);
  }

  /** The collation of that name, or null. */
  public @Nullable Collation collation(String name) {
    Collation found = collations.get(name.toLowerCase(Locale.ROOT));
    if (found != null) {
      return found;
    }
    if (name.equalsIgnoreCase("BINARY")) {
      return Collation.BINARY;
    }
    if (name.equalsIgnoreCase("NOCASE")) {
      return Collation.NOCASE;
    }
    return name.equalsIgnoreCase("RTRIM") ? Collation.RTRIM : null;
  }

  /** Whether this engine brought the function along. */
  public boolean isBuiltIn(FunctionDefinition definition) {
    FunctionDefinition[] candidates = builtIn.get(definition.signature().name());
    if (candidates != null) {
      for (FunctionDefinition candidate : candidates) {
        if (candidate == definition) {
          return true;
        }
      }
    }
    return false;
  }

  /** All functions by name, sorted: for {@code PRAGMA function_list}. */
  public Map<String, FunctionDefinition[]> functions() {
    Map<String, FunctionDefinition[]> all = new TreeMap<>(builtIn);
    all.putAll(added);
    return Collections.unmodifiableMap(all);
  }

  /** The collations an application added, by lower-case name. */
  public Map<String, Collation> addedCollations() {
    return Collections.unmodifiableMap(collations);
  }
}
