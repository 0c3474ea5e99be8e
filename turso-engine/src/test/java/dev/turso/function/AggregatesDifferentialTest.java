package dev.turso.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.error.DatabaseException;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Aggregate functions over random groups and sliding windows, against native SQLite. */
class AggregatesDifferentialTest {

  private static final int ROUNDS = Integer.getInteger("turso.rounds", 400);

  private static final String[] FUNCTIONS = {
    "count()",
    "count(a)",
    "sum(a)",
    "total(a)",
    "avg(a)",
    "min(a)",
    "max(a)",
    "group_concat(a)",
    "group_concat(a, b)",
    "string_agg(a, b)",
    "median(a)",
    "percentile(a, 30)",
    "percentile_cont(a, 0.75)",
    "percentile_disc(a, 0.75)"
  };

  private final long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
  private final RandomValues values = new RandomValues(seed);
  private final CallContext context = new CallContext(new FixedEnvironment());

  @Test
  void aggregatesOverGroupsGiveWhatSqliteGives() throws SQLException {
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Value[]> rows = fill(sqlite);
        for (String function : FUNCTIONS) {
          List<String> actual = List.of(overAll(function, rows));
          assertThat(actual)
              .as("%s over %s seed %d", function, show(rows), seed)
              .isEqualTo(query(sqlite, "SELECT " + function + " AS r FROM t"));
        }
      }
    }
  }

  @Test
  void slidingWindowsGiveWhatSqliteGives() throws SQLException {
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Value[]> rows = fill(sqlite);
        int preceding = values.random.nextInt(4);
        for (String function : FUNCTIONS) {
          if (concatenates(function) && hasEmptyText(rows)) {
            // SQLite loses characters when an empty text is all that is left in the window
            continue;
          }
          if (!definition(function).function().invertible()) {
            continue;
          }
          String window =
              " OVER (ORDER BY rowid ROWS BETWEEN "
                  + preceding
                  + " PRECEDING AND CURRENT ROW) AS r";
          assertThat(sliding(function, rows, preceding))
              .as("%s over %d preceding of %s seed %d", function, preceding, show(rows), seed)
              .isEqualTo(query(sqlite, "SELECT " + function + window + " FROM t"));
        }
      }
    }
  }

  @Test
  void aStateThatWasStoredGoesOnWhereItWas() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Value[]> rows = randomRows();
      for (String function : FUNCTIONS) {
        Accumulator whole = definition(function).function().create(context);
        if (whole.stateWidth() < 0) {
          continue;
        }
        Accumulator first = definition(function).function().create(context);
        Accumulator second = definition(function).function().create(context);
        Register[] state = registers(first.stateWidth());
        for (int i = 0; i < rows.size(); i++) {
          if (i == rows.size() / 2) {
            first.encode(state);
            second.decode(state);
          }
          whole.step(arguments(function, rows.get(i)), arity(function));
          (i < rows.size() / 2 ? first : second)
              .step(arguments(function, rows.get(i)), arity(function));
        }
        assertThat(value(rows.size() > 0 ? second : whole))
            .as("%s over %s seed %d", function, show(rows), seed)
            .isEqualTo(value(whole));
      }
    }
  }

  private static boolean concatenates(String function) {
    return function.startsWith("group_concat") || function.startsWith("string_agg");
  }

  private static boolean hasEmptyText(List<Value[]> rows) {
    for (Value[] row : rows) {
      if (row[0].tag() >= Tag.TEXT && row[0].bits() == 0) {
        return true;
      }
    }
    return false;
  }

  private List<Value[]> fill(SqliteOracle sqlite) throws SQLException {
    List<Value[]> rows = randomRows();
    try (var statement = sqlite.connection().createStatement()) {
      statement.execute("DROP TABLE IF EXISTS t");
      statement.execute("CREATE TABLE t(a, b)");
    }
    for (Value[] row : rows) {
      String sql =
          "INSERT INTO t VALUES ("
              + SqliteOracle.placeholder(row[0], 1)
              + ","
              + SqliteOracle.placeholder(row[1], 2)
              + ")";
      try (PreparedStatement insert = sqlite.connection().prepareStatement(sql)) {
        SqliteOracle.bind(insert, 1, row[0]);
        SqliteOracle.bind(insert, 2, row[1]);
        insert.execute();
      }
    }
    return rows;
  }

  private List<Value[]> randomRows() {
    int kind = values.random.nextInt(5);
    int count = values.random.nextInt(12);
    List<Value[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Value value =
          switch (kind) {
            case 0 -> values.any();
            case 1 -> values.random.nextInt(5) == 0 ? Value.NULL : values.integer();
            case 2 -> Value.real(values.random.nextDouble(-1e6, 1e6));
            case 3 -> values.small();
            default -> values.number();
          };
      // what SQLite stores as REAL 3.0 comes back as it was; -0.0 does not
      if (value.equals(Value.real(-0.0))) {
        value = Value.real(0.0);
      }
      rows.add(new Value[] {value, values.random.nextInt(4) == 0 ? values.any() : values.text()});
    }
    return rows;
  }

  private List<String> query(SqliteOracle sqlite, String sql) throws SQLException {
    List<String> results = new ArrayList<>();
    try (var statement = sqlite.connection().createStatement();
        ResultSet row =
            statement.executeQuery("SELECT typeof(r), r, CAST(r AS BLOB) FROM (" + sql + ")")) {
      while (row.next()) {
        results.add(SqliteOracle.show(row));
      }
    } catch (SQLException e) {
      return List.of("error: " + SqliteOracle.bare(e.getMessage()));
    }
    return results;
  }

  private String overAll(String function, List<Value[]> rows) {
    Accumulator accumulator = definition(function).function().create(context);
    try {
      for (Value[] row : rows) {
        accumulator.step(arguments(function, row), arity(function));
      }
      return value(accumulator);
    } catch (DatabaseException e) {
      return "error: " + e.getMessage();
    }
  }

  private List<String> sliding(String function, List<Value[]> rows, int preceding) {
    AggregateFunction aggregate = definition(function).function();
    List<String> results = new ArrayList<>();
    Accumulator accumulator = aggregate.create(context);
    try {
      for (int i = 0; i < rows.size(); i++) {
        // a row leaves before the next one enters: the last bit of a float sum depends on it
        if (i > preceding) {
          Value[] leaving = rows.get(i - preceding - 1);
          accumulator.inverse(arguments(function, leaving), arity(function));
        }
        accumulator.step(arguments(function, rows.get(i)), arity(function));
        String result = value(accumulator);
        if (result.startsWith("error: ")) {
          return List.of(result);
        }
        results.add(result);
      }
    } catch (DatabaseException e) {
      return List.of("error: " + e.getMessage());
    }
    return results;
  }

  private static String value(Accumulator accumulator) {
    Register result = new Register();
    try {
      accumulator.value(result);
    } catch (DatabaseException e) {
      return "error: " + e.getMessage();
    }
    return SqliteOracle.show(result.toValue());
  }

  private static AggregateDefinition definition(String call) {
    String name = call.substring(0, call.indexOf('('));
    return (AggregateDefinition) BuiltInFunctions.registry().find(name, arity(call));
  }

  private static int arity(String call) {
    String arguments = call.substring(call.indexOf('(') + 1, call.length() - 1);
    return arguments.isEmpty() ? 0 : arguments.split(",").length;
  }

  private static Register[] arguments(String call, Value[] row) {
    Register[] registers = registers(2);
    registers[0].set(row[0]);
    if (call.endsWith("b)")) {
      registers[1].set(row[1]);
    } else if (arity(call) == 2) {
      String fraction = call.substring(call.indexOf(',') + 1, call.length() - 1);
      registers[1].setReal(Double.parseDouble(fraction));
    }
    return registers;
  }

  private static Register[] registers(int count) {
    Register[] registers = new Register[count];
    for (int i = 0; i < count; i++) {
      registers[i] = new Register();
    }
    return registers;
  }

  private static String show(List<Value[]> rows) {
    StringBuilder text = new StringBuilder();
    for (Value[] row : rows) {
      text.append('(').append(row[0]).append(", ").append(row[1]).append(')');
    }
    return text.toString();
  }
}
