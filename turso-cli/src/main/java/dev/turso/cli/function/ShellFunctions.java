package dev.turso.cli.function;

import dev.turso.Session;
import dev.turso.function.AggregateDefinition;
import dev.turso.function.FunctionRegistry;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import java.nio.file.Path;
import java.util.Set;

/** Gives a session the functions of the shell. */
public final class ShellFunctions {

  /** Functions that reach beyond the database, which {@code -safe} refuses. */
  public static final Set<String> UNSAFE = Set.of("readfile", "writefile", "edit");

  private ShellFunctions() {}

  /** How a file's name is resolved. */
  @FunctionalInterface
  public interface Files {
    Path file(String name);
  }

  /** Adds all to a session; names of files are resolved by the shell's folder. */
  public static void addTo(Session session, Files files) {
    FunctionRegistry registry = session.functions();
    for (FileFunction.Kind each : FileFunction.Kind.values()) {
      registry =
          with(
              registry,
              each.sqlName(),
              each.fewest(),
              each.most(),
              each.traits(),
              new FileFunction(each, files));
    }
    for (DecimalFunction.Kind each : DecimalFunction.Kind.values()) {
      registry =
          with(
              registry,
              each.sqlName(),
              each.arguments(),
              each.arguments(),
              Signature.PURE,
              new DecimalFunction(each));
    }
    for (RealFunction.Kind each : RealFunction.Kind.values()) {
      registry =
          with(registry, each.sqlName(), 1, each.most(), Signature.PURE, new RealFunction(each));
    }
    registry = with(registry, "sha3", 1, 2, Signature.PURE, new HashFunction(null));
    registry =
        with(
            registry,
            "sha3_query",
            1,
            2,
            Set.of(FunctionTrait.DIRECT_ONLY),
            new HashFunction(session));
    registry =
        registry
            .with(
                new AggregateDefinition(
                    new Signature("decimal_sum", 1, 1, Signature.PURE), new DecimalSum()))
            .with(new UnsignedCollation())
            .with(new DecimalCollation());
    session.functions(registry);
  }

  private static FunctionRegistry with(
      FunctionRegistry registry,
      String name,
      int fewest,
      int most,
      Set<FunctionTrait> traits,
      ScalarFunction function) {
    Signature signature = new Signature(name, fewest, most, traits);
    return registry.with(new ScalarDefinition(signature, SpecialForm.NONE, function));
  }
}
