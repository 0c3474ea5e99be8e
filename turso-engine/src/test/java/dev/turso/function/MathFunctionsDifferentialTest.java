package dev.turso.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.turso.value.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mathematical functions against native SQLite: exact where the platform's library has no say,
 * otherwise to a few units in the last place.
 */
class MathFunctionsDifferentialTest {

  private static final int ROUNDS = Integer.getInteger("turso.rounds", 3000);

  /** Of the result, at most. */
  private static final double TOLERANCE = 1e-14;

  private final long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
  private final RandomValues values = new RandomValues(seed);
  private final CallContext context = new CallContext(new FixedEnvironment());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ceil/1",
        "ceiling/1",
        "floor/1",
        "trunc/1",
        "sqrt/1",
        "mod/2",
        "pi/0",
        "radians/1",
        "degrees/1"
      })
  void exactFunctionGivesWhatSqliteGives(String nameAndArity) throws SQLException {
    compare(nameAndArity, 0.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ln/1", "log/1", "log/2", "log10/1", "log2/1", "exp/1", "pow/2", "power/2", "sin/1",
        "cos/1", "tan/1", "asin/1", "acos/1", "atan/1", "atan2/2", "sinh/1", "cosh/1", "tanh/1",
        "asinh/1", "acosh/1", "atanh/1"
      })
  void functionGivesWhatSqliteGivesToTheLastDigits(String nameAndArity) throws SQLException {
    compare(nameAndArity, TOLERANCE);
  }

  private void compare(String nameAndArity, double tolerance) throws SQLException {
    String name = nameAndArity.substring(0, nameAndArity.indexOf('/'));
    int arity = Integer.parseInt(nameAndArity.substring(nameAndArity.indexOf('/') + 1));
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        List<Value> arguments = new ArrayList<>();
        for (int k = 0; k < arity; k++) {
          arguments.add(
              switch (values.random.nextInt(4)) {
                case 0 -> values.any();
                case 1 -> values.small();
                case 2 -> Value.real(values.random.nextDouble(-1.5, 1.5));
                default -> values.number();
              });
        }
        String expected = sqlite.call(name, arguments);
        String actual = ScalarCaller.call(name, arguments, context);
        if (tolerance > 0 && expected.startsWith("real ") && actual.startsWith("real ")) {
          double wanted = Double.parseDouble(expected.substring(5));
          double got = Double.parseDouble(actual.substring(5));
          if (wanted != got) {
            assertThat(got)
                .as("%s%s seed %d", name, arguments, seed)
                .isCloseTo(wanted, within(Math.abs(wanted) * tolerance));
          }
        } else {
          assertThat(actual).as("%s%s seed %d", name, arguments, seed).isEqualTo(expected);
        }
      }
    }
  }
}
