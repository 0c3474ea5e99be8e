package dev.turso.function.builtin;

import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionRegistry;
import dev.turso.function.aggregate.AggregateFunctions;
import dev.turso.function.core.CoreFunctions;
import dev.turso.function.crypto.CryptoFunctions;
import dev.turso.function.date.DateFunctions;
import dev.turso.function.fuzzy.FuzzyFunctions;
import dev.turso.function.json.JsonFunctions;
import dev.turso.function.json.RecordJsonFunctions;
import dev.turso.function.math.MathFunctions;
import dev.turso.function.printf.PrintfFunction;
import dev.turso.function.regexp.RegexpFunctions;
import dev.turso.function.text.PatternFunctions;
import dev.turso.function.text.PortableTextFunctions;
import dev.turso.function.text.TextFunctions;
import dev.turso.function.time.TimeFunctions;
import dev.turso.function.uuid.UuidFunctions;
import dev.turso.function.vector.VectorFunctions;
import java.util.ArrayList;
import java.util.List;

/** The functions every connection has. */
public final class BuiltInFunctions {

  private static final FunctionRegistry REGISTRY = FunctionRegistry.of(all());

  private BuiltInFunctions() {}

  /** The registry of everything this engine brings along; one for the process, immutable. */
  public static FunctionRegistry registry() {
    return REGISTRY;
  }

  private static List<FunctionDefinition> all() {
    List<FunctionDefinition> all = new ArrayList<>(CoreFunctions.definitions());
    all.addAll(AggregateFunctions.definitions());
    all.addAll(MathFunctions.definitions());
    all.addAll(TextFunctions.definitions());
    all.addAll(PatternFunctions.definitions());
    all.addAll(DateFunctions.definitions());
    all.addAll(PrintfFunction.definitions());
    all.addAll(UuidFunctions.definitions());
    all.addAll(RegexpFunctions.definitions());
    all.addAll(TimeFunctions.definitions());
    all.addAll(PortableTextFunctions.definitions());
    all.addAll(CryptoFunctions.definitions());
    all.addAll(FuzzyFunctions.definitions());
    all.addAll(JsonFunctions.definitions());
    all.addAll(RecordJsonFunctions.definitions());
    all.addAll(VectorFunctions.definitions());
    return all;
  }
}
