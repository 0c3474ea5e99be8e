package dev.turso.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Value;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Date and time functions on random time values and modifiers, against native SQLite. */
class DateFunctionsDifferentialTest {

  private static final int ROUNDS = Integer.getInteger("turso.rounds", 60_000);

  private static final String[] FUNCTIONS = {
    "date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff"
  };
  private static final String[] MODIFIERS = {
    "auto",
    "unixepoch",
    "julianday",
    "localtime",
    "utc",
    "subsec",
    "subsecond",
    "ceiling",
    "floor",
    "start of month",
    "start of year",
    "start of day",
    "start of week",
    "Start Of Month",
    "weekday 0",
    "weekday 3",
    "weekday 6",
    "weekday 7",
    "weekday 2.0",
    "weekday x",
    "+1 month",
    "-1 month",
    "+1 year",
    "-1 years",
    "+1.5 days",
    "-0.5 hours",
    "+10 minutes",
    "+12345678 seconds",
    "1 day",
    "+1 fortnight",
    "+01:30",
    "-01:30:15.250",
    "12:30",
    "+0001-02-03",
    "-0001-11-30",
    "+0001-02-03 04:05",
    "-0001-02-03 04:05:06.789",
    "+12345-01-01",
    "+0000-12-00",
    "1e3 days",
    "+5373484 days",
    "+5373486 days",
    "+99999999999 hours",
    " +1 day",
    "+1 day ",
    "+1day",
    "+ 1 day",
    "",
    "now",
    "-24:00",
    "+23:59:59.9999",
    "+1 Months",
    "+2.7 months",
    "-3.2 years",
    "+400 months"
  };
  private static final String[] FORMATS = {
    "%d %e %f %F",
    "%G %g %H %I",
    "%j %J %k %l",
    "%m %M %p %P %R",
    "%s %S %T %u",
    "%U %V %w %W %Y",
    "%%",
    "%x",
    "a%",
    "%Y-%m-%d %H:%M:%f",
    "%s",
    "%J",
    "%j",
    "%W",
    "%V",
    "%G-%V",
    "%U",
    "%Q",
    "%g"
  };
  private static final String[] TIMES = {
    "2000-01-01",
    "1970-01-01",
    "1999-12-31 23:59:59.999",
    "2024-02-29",
    "2023-02-31",
    "2100-02-29",
    "0000-01-01",
    "9999-12-31",
    "-4713-11-24 12:00:00",
    "-0001-06-15",
    "12:34",
    "12:34:56",
    "12:34:56.789",
    "24:00",
    "23:60",
    "2024-02-30 24:00:00",
    "2024-13-01",
    "2024-1-1",
    "2024-01-01T12:00",
    "2024-01-01 12:00Z",
    "2024-01-01 12:00:00.5+02:30",
    "2024-01-01 12:00-14:00",
    "2024-01-01 12:00-15:00",
    "2024-01-01  12:00 z ",
    "2460000.5",
    "0",
    "5373484.49999",
    "5373484.5",
    "1700000000",
    "-1",
    "1e6",
    "abc",
    "",
    "2024-01-31",
    "2024-12-30",
    "2021-01-03",
    "2020-12-31",
    "2016-01-01",
    "2024-03-31 02:30:00",
    "2024-10-27 01:30:00",
    "2024-07-01 12:00",
    "2024-01-01 12:00:00.9999",
    "2024-01-01 12:00:59.9996",
    "1900-03-01",
    "2500-07-01 12:00:00",
    "2023-02-31 12:00+02:00",
    "2023-02-30 23:00:00-05:00",
    "2023-06-31 24:00+01:00"
  };

  private final long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
  private final RandomValues values = new RandomValues(seed);
  private final FixedEnvironment environment = new FixedEnvironment();
  private final CallContext context = new CallContext(environment);

  @Test
  void dateFunctionsGiveWhatSqliteGives() throws SQLException {
    environment.zone = ZoneId.systemDefault();
    try (SqliteOracle sqlite = new SqliteOracle()) {
      for (int i = 0; i < ROUNDS; i++) {
        String name = values.oneOf(FUNCTIONS);
        List<Value> arguments = new ArrayList<>();
        if (name.equals("strftime")) {
          arguments.add(Value.text(values.oneOf(FORMATS)));
        }
        arguments.add(timeValue());
        if (name.equals("timediff")) {
          arguments.add(timeValue());
        } else {
          int modifiers = values.random.nextInt(4);
          for (int k = 0; k < modifiers; k++) {
            arguments.add(Value.text(values.oneOf(MODIFIERS)));
          }
        }
        assertThat(ScalarCaller.call(name, arguments, context))
            .as("%s%s seed %d", name, arguments, seed)
            .isEqualTo(sqlite.call(name, arguments));
      }
    }
  }

  private Value timeValue() {
    return switch (values.random.nextInt(6)) {
      case 0 -> Value.real(values.random.nextDouble(-10, 5373490));
      case 1 -> Value.integer(values.random.nextLong(-300_000_000_000L, 300_000_000_000L));
      case 2 -> Value.text(randomMoment());
      case 3 -> values.random.nextInt(10) == 0 ? values.any() : Value.text(randomMoment());
      default -> Value.text(values.oneOf(TIMES));
    };
  }

  private String randomMoment() {
    String date =
        String.format(
            "%04d-%02d-%02d",
            values.random.nextInt(4) == 0
                ? values.random.nextInt(10000)
                : values.random.nextInt(1960, 2050),
            values.random.nextInt(1, 13),
            values.random.nextInt(1, 32));
    return switch (values.random.nextInt(3)) {
      case 0 -> date;
      case 1 ->
          date
              + String.format(
                  " %02d:%02d:%02d.%03d",
                  values.random.nextInt(24),
                  values.random.nextInt(60),
                  values.random.nextInt(60),
                  values.random.nextInt(1000));
      default ->
          date + String.format(" %02d:%02d", values.random.nextInt(25), values.random.nextInt(60));
    };
  }
}
