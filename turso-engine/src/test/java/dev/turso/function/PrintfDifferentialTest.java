package dev.turso.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code format()} with random specifications, against native SQLite. */
class PrintfDifferentialTest {

  private static final int ROUNDS = Integer.getInteger("turso.rounds", 50_000);

  private static final String[] FLAGS = {"-", "+", " ", "#", "!", "0", ","};
  private static final String[] LETTERS = {
    "d", "i", "u", "x", "X", "o", "f", "e", "E", "g", "G", "s", "z", "c", "q", "Q", "w", "%", "p",
    "n", "r", "d", "f", "g", "s", "e", "lld", "ld", "k", "T", ""
  };

  private final long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
  private final RandomValues values = new RandomValues(seed);
  private final CallContext context = new CallContext(new FixedEnvironment());

  @Test
  void formatGivesWhatSqliteGives() throws SQLException {
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        List<Value> arguments = new ArrayList<>();
        String format = "<" + specification() + "|" + specification() + ">";
        arguments.add(Value.text(format));
        int count = values.random.nextInt(2, 5);
        for (int k = 0; k < count; k++) {
          boolean small = format.contains("*") || values.random.nextInt(3) == 0;
          arguments.add(small ? values.small() : values.any());
        }
        assertThat(ScalarCaller.call("format", arguments, context))
            .as("%s seed %d", arguments, seed)
            .isEqualTo(sqlite.call("format", arguments));
      }
    }
  }

  private String specification() {
    StringBuilder text = new StringBuilder("%");
    int flags = values.random.nextInt(4);
    for (int i = 0; i < flags; i++) {
      text.append(values.oneOf(FLAGS));
    }
    switch (values.random.nextInt(4)) {
      case 0 -> text.append(values.random.nextInt(1, 30));
      case 1 -> text.append(values.random.nextInt(5) == 0 ? "*" : "");
      default -> {}
    }
    switch (values.random.nextInt(4)) {
      case 0 -> text.append('.').append(values.random.nextInt(0, 25));
      case 1 -> text.append(values.random.nextInt(8) == 0 ? ".*" : ".3");
      default -> {}
    }
    return text.append(values.oneOf(LETTERS)).toString();
  }
}
