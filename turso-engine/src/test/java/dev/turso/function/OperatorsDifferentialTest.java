package dev.turso.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Affinity;
import dev.turso.value.Arithmetic;
import dev.turso.value.Cast;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Truth;
import dev.turso.value.Value;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators, casts, comparisons and truth of random values, against native SQLite. */
class OperatorsDifferentialTest {

  private static final int ROUNDS = Integer.getInteger("turso.rounds", 60_000);

  private final long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
  private final RandomValues values = new RandomValues(seed);

  @Test
  void binaryOperatorsGiveWhatSqliteGives() throws SQLException {
    String[] operators = {"+", "-", "*", "/", "%", "&", "|", "<<", ">>", "||"};
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        String operator = values.oneOf(operators);
        List<Value> operands = List.of(values.any(), values.any());
        String expression =
            SqliteOracle.placeholder(operands.get(0), 1)
                + operator
                + SqliteOracle.placeholder(operands.get(1), 2);
        assertThat(binary(operator, operands))
            .as("%s %s seed %d", operator, operands, seed)
            .isEqualTo(sqlite.evaluate(expression, operands));
      }
    }
  }

  private static String binary(String operator, List<Value> operands) {
    Register a = register(operands.get(0));
    Register b = register(operands.get(1));
    Register result = new Register();
    switch (operator) {
      case "+" -> Arithmetic.add(a, b, result);
      case "-" -> Arithmetic.subtract(a, b, result);
      case "*" -> Arithmetic.multiply(a, b, result);
      case "/" -> Arithmetic.divide(a, b, result);
      case "%" -> Arithmetic.remainder(a, b, result);
      case "&" -> Arithmetic.bitAnd(a, b, result);
      case "|" -> Arithmetic.bitOr(a, b, result);
      case "<<" -> Arithmetic.shiftLeft(a, b, result);
      case ">>" -> Arithmetic.shiftRight(a, b, result);
      default -> Arithmetic.concatenate(a, b, result);
    }
    return SqliteOracle.show(result.toValue());
  }

  @Test
  void unaryOperatorsGiveWhatSqliteGives() throws SQLException {
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int i = 0; i < ROUNDS / 4; i++) {
        List<Value> operand = List.of(values.any());
        String place = SqliteOracle.placeholder(operand.get(0), 1);
        Register result = new Register();
        Arithmetic.negate(register(operand.get(0)), result);
        assertThat(SqliteOracle.show(result.toValue()))
            .as("- %s seed %d", operand, seed)
            .isEqualTo(sqlite.evaluate("-" + place, operand));
        Arithmetic.bitNot(register(operand.get(0)), result);
        assertThat(SqliteOracle.show(result.toValue()))
            .as("~ %s seed %d", operand, seed)
            .isEqualTo(sqlite.evaluate("~" + place, operand));
        Register condition = register(operand.get(0));
        String truth = Truth.isTrue(condition) ? "1" : Truth.isFalse(condition) ? "0" : "2";
        assertThat(truth)
            .as("truth of %s seed %d", operand, seed)
            .isEqualTo(
                sqlite.evaluate(
                    "CASE WHEN " + place + " THEN 1 WHEN NOT " + place + " THEN 0 ELSE 2 END",
                    operand));
      }
    }
  }

  @Test
  void castsGiveWhatSqliteGives() throws SQLException {
    String[] types = {"INTEGER", "REAL", "NUMERIC", "TEXT", "BLOB"};
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        String type = values.oneOf(types);
        List<Value> operand = List.of(values.any());
        Register register = register(operand.get(0));
        Cast.apply(Affinity.ofDeclaredType(type), register);
        assertThat(SqliteOracle.show(register.toValue()))
            .as("CAST(%s AS %s) seed %d", operand, type, seed)
            .isEqualTo(
                sqlite.evaluate(
                    "CAST(" + SqliteOracle.placeholder(operand.get(0), 1) + " AS " + type + ")",
                    operand));
      }
    }
  }

  @Test
  void comparisonsGiveWhatSqliteGives() throws SQLException {
    String[] collations = {"BINARY", "NOCASE", "RTRIM"};
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        String name = values.oneOf(collations);
        List<Value> operands = List.of(values.any(), values.any());
        String a = SqliteOracle.placeholder(operands.get(0), 1);
        String b = SqliteOracle.placeholder(operands.get(1), 2);
        // the text cast has affinity, which a plus sign takes away
        String x = "(+" + a + " COLLATE " + name + ")";
        String expression =
            "CASE WHEN "
                + x
                + " < +"
                + b
                + " THEN -1 WHEN "
                + x
                + " > +"
                + b
                + " THEN 1 WHEN "
                + x
                + " = +"
                + b
                + " THEN 0 ELSE NULL END";
        assertThat(compare(name, operands))
            .as("%s %s seed %d", name, operands, seed)
            .isEqualTo(sqlite.evaluate(expression, operands));
      }
    }
  }

  private static String compare(String name, List<Value> operands) {
    Collation collation =
        switch (name) {
          case "NOCASE" -> Collation.NOCASE;
          case "RTRIM" -> Collation.RTRIM;
          default -> Collation.BINARY;
        };
    Register a = register(operands.get(0));
    Register b = register(operands.get(1));
    if (a.isNull() || b.isNull()) {
      return "NULL";
    }
    int order = Integer.signum(Comparison.compare(a, b, collation));
    assertThat(Integer.signum(Comparison.compare(b, a, collation))).isEqualTo(-order);
    return Integer.toString(order);
  }

  @Test
  void declaredTypesGiveTheAffinityTheyGiveInSqlite() throws SQLException {
    String[] types = {
      "INT", "INTEGER", "TINYINT", "BIGINT", "CHARACTER(20)", "VARCHAR(255)", "CLOB", "TEXT",
      "BLOB", "REAL", "DOUBLE", "DOUBLE PRECISION", "FLOAT", "NUMERIC", "DECIMAL(10,5)", "BOOLEAN",
      "DATE", "FLOATING POINT", "CHARINT", "BLOBTEXT", "REALBLOB", "BLOBREAL", "XYZ", "text",
      "iNt", "STRING", "doublechar", "clobint", "floa", "dou"
    };
    try (SqliteOracle sqlite = new SqliteOracle();
        var statement = sqlite.connection().createStatement()) {
      for (String type : types) {
        statement.execute("CREATE TABLE t(a " + type + ")");
        for (Value value : List.of(Value.text("12"), Value.real(3.0), Value.text("1.5"))) {
          try (var insert =
              sqlite
                  .connection()
                  .prepareStatement(
                      "INSERT INTO t VALUES (" + SqliteOracle.placeholder(value, 1) + ")")) {
            SqliteOracle.bind(insert, 1, value);
            insert.execute();
          }
          try (var row = statement.executeQuery("SELECT typeof(a), a, CAST(a AS BLOB) FROM t")) {
            row.next();
            Register register = register(value);
            Affinity.ofDeclaredType(type).apply(register);
            assertThat(SqliteOracle.show(register.toValue()))
                .as("%s in a column %s", value, type)
                .isEqualTo(SqliteOracle.show(row));
          }
          statement.execute("DELETE FROM t");
        }
        statement.execute("DROP TABLE t");
      }
    }
  }

  private static Register register(Value value) {
    Register register = new Register();
    register.set(value);
    return register;
  }
}
