package dev.turso.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Built-in scalar functions on random values, against native SQLite. */
class ScalarFunctionsDifferentialTest {

  private static final int ROUNDS = Integer.getInteger("turso.rounds", 3000);

  private final long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
  private final RandomValues values = new RandomValues(seed);
  private final CallContext context = new CallContext(new FixedEnvironment());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "typeof/1",
        "abs/1",
        "sign/1",
        "length/1",
        "octet_length/1",
        "lower/1",
        "upper/1",
        "substr/2",
        "substr/3",
        "instr/2",
        "replace/3",
        "trim/1",
        "trim/2",
        "ltrim/1",
        "ltrim/2",
        "rtrim/1",
        "rtrim/2",
        "char/0",
        "char/1",
        "char/3",
        "unicode/1",
        "hex/1",
        "unhex/1",
        "unhex/2",
        "quote/1",
        "concat/1",
        "concat/3",
        "concat_ws/2",
        "concat_ws/4",
        "unistr/1",
        "unistr_quote/1",
        "coalesce/2",
        "coalesce/3",
        "ifnull/2",
        "iif/2",
        "iif/3",
        "iif/5",
        "nullif/2",
        "min/2",
        "min/3",
        "max/2",
        "max/3",
        "round/1",
        "round/2",
        "like/2",
        "like/3",
        "glob/2"
      })
  void functionGivesWhatSqliteGives(String nameAndArity) throws SQLException {
    String name = nameAndArity.substring(0, nameAndArity.indexOf('/'));
    int arity = Integer.parseInt(nameAndArity.substring(nameAndArity.indexOf('/') + 1));
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        List<Value> arguments = new ArrayList<>();
        for (int k = 0; k < arity; k++) {
          arguments.add(argument(name, k));
        }
        String expected = sqlite.call(name, arguments);
        assertThat(ScalarCaller.call(name, arguments, context))
            .as("%s%s seed %d", name, arguments, seed)
            .isEqualTo(expected);
      }
    }
  }

  private Value argument(String name, int index) {
    boolean usual = values.random.nextInt(4) != 0;
    if (usual && (name.equals("substr") || name.equals("round")) && index > 0) {
      return values.small();
    }
    if (usual && (name.equals("like") || name.equals("glob"))) {
      return index == 2
          ? values.textOf("%_\\a", 1)
          : values.textOf(index == 0 ? "abAB%_*?[]^-\\é" : "abABé", values.random.nextInt(7));
    }
    if (usual && name.equals("unistr")) {
      return values.textOf("\\u0041+Ua\\", values.random.nextInt(12));
    }
    if (usual && name.equals("unhex")) {
      return values.textOf("aF09 é", values.random.nextInt(8));
    }
    if (usual && (name.equals("instr") || name.equals("replace") || name.endsWith("trim"))) {
      return values.textOf("abé", values.random.nextInt(index == 0 ? 9 : 3));
    }
    return values.any();
  }
}
