package dev.turso.function.fuzzy;

import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.List;

/**
 * fuzzy_leven, fuzzy_damlev, fuzzy_osadist, fuzzy_hamming (-1 for texts of different length) and
 * fuzzy_jarowin, in characters. NULL gives NULL.
 */
public final class FuzzyFunctions implements ScalarFunction {

  private static final int LEVENSHTEIN = 0;
  private static final int DAMERAU = 1;
  private static final int ALIGNMENT = 2;
  private static final int HAMMING = 3;
  private static final int JARO_WINKLER = 4;

  private final int which;

  private FuzzyFunctions(int which) {
    this.which = which;
  }

  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    String[] names = {
      "fuzzy_leven", "fuzzy_damlev", "fuzzy_osadist", "fuzzy_hamming", "fuzzy_jarowin"
    };
    for (int i = 0; i < names.length; i++) {
      all.add(ScalarDefinition.pure(names[i], 2, 2, new FuzzyFunctions(i)));
    }
    return all;
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    if (arguments[0].isNull() || arguments[1].isNull()) {
      result.setNull();
      return;
    }
    int[] a = arguments[0].asString().codePoints().toArray();
    int[] b = arguments[1].asString().codePoints().toArray();
    switch (which) {
      case LEVENSHTEIN -> result.setInteger(EditDistance.of(a, b, false));
      case ALIGNMENT -> result.setInteger(EditDistance.of(a, b, true));
      case DAMERAU -> result.setInteger(EditDistance.damerau(a, b));
      case HAMMING -> result.setInteger(hamming(a, b));
      case JARO_WINKLER -> result.setReal(JaroWinkler.of(a, b));
      default -> throw new AssertionError(which);
    }
  }

  private static int hamming(int[] a, int[] b) {
    if (a.length != b.length) {
      return -1;
    }
    int different = 0;
    for (int i = 0; i < a.length; i++) {
      different += a[i] == b[i] ? 0 : 1;
    }
    return different;
  }
}
