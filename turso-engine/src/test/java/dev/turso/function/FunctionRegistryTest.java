package dev.turso.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.value.Collation;
import dev.turso.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionRegistryTest {

  private final FunctionRegistry builtIn = BuiltInFunctions.registry();

  @Test
  void namesAreFoundWithoutCaseAndByCount() {
    assertThat(builtIn.find("ABS", 1)).isInstanceOf(ScalarDefinition.class);
    assertThat(builtIn.find("abs", 2)).isNull();
    assertThat(builtIn.hasName("Abs")).isTrue();
    assertThat(builtIn.hasName("no_such")).isFalse();
  }

  @Test
  void minAndMaxAreAggregatesOfOneAndScalarsOfMoreArguments() {
    assertThat(builtIn.find("min", 1)).isInstanceOf(AggregateDefinition.class);
    assertThat(builtIn.find("min", 2)).isInstanceOf(ScalarDefinition.class);
    assertThat(builtIn.find("min", 0)).isNull();
  }

  @Test
  void everySignatureIsInLowerCaseAndPossible() {
    for (Map.Entry<String, FunctionDefinition[]> each : builtIn.functions().entrySet()) {
      for (FunctionDefinition definition : each.getValue()) {
        Signature signature = definition.signature();
        assertThat(signature.name()).isEqualTo(each.getKey());
        assertThat(signature.name()).isEqualTo(signature.name().toLowerCase(Locale.ROOT));
        assertThat(signature.fewest()).isBetween(0, signature.most());
      }
    }
  }

  @Test
  void anApplicationsFunctionHidesABuiltInOneOfTheSameCount() {
    ScalarDefinition mine =
        new ScalarDefinition(
            new Signature("ABS", 1, 1, Set.of()),
            SpecialForm.NONE,
            (context, arguments, count, result) -> result.setInteger(42));
    FunctionRegistry extended = builtIn.with(mine);
    assertThat(extended.find("abs", 1)).isSameAs(mine);
    assertThat(builtIn.find("abs", 1)).isNotSameAs(mine);
    assertThat(extended.isBuiltIn(mine)).isFalse();
    assertThat(extended.find("length", 1)).isSameAs(builtIn.find("length", 1));
  }

  @Test
  void collationsAreFoundWithoutCase() {
    assertThat(builtIn.collation("nocase")).isSameAs(Collation.NOCASE);
    assertThat(builtIn.collation("missing")).isNull();
  }

  @Test
  void timeIsNotTakenFromTheClockWhereItMustNotPass() {
    CallContext index =
        new CallContext(new FixedEnvironment(), Collation.BINARY, CallPurpose.INDEX);
    assertThat(ScalarCaller.call("date", List.of(Value.text("now")), index))
        .isEqualTo("error: non-deterministic use of date() in an index");
    assertThat(ScalarCaller.call("date", List.of(Value.text("2024-01-01")), index))
        .isEqualTo("'2024-01-01'");
  }

  @Test
  void theClockStandsStillAtTheEnvironmentsTime() {
    CallContext context = new CallContext(new FixedEnvironment());
    assertThat(ScalarCaller.call("datetime", List.of(), context))
        .isEqualTo("'2023-11-14 22:13:20'");
    assertThat(ScalarCaller.call("unixepoch", List.of(Value.text("subsec")), context))
        .isEqualTo("real 1.700000000123E9");
  }

  @Test
  void soundexIsALetterAndThreeDigits() {
    CallContext context = new CallContext(new FixedEnvironment());
    for (String[] each :
        new String[][] {
          {"Robert", "R163"}, {"Rupert", "R163"}, {"Ashcraft", "A226"}, {"Tymczak", "T522"},
          {"Euler", "E460"}, {"", "?000"}, {"123", "?000"}, {"a", "A000"}
        }) {
      assertThat(ScalarCaller.call("soundex", List.of(Value.text(each[0])), context))
          .as(each[0])
          .isEqualTo("'" + each[1] + "'");
    }
  }
}
