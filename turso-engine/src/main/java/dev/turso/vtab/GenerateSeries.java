package dev.turso.vtab;

import dev.turso.error.SqlException;
import dev.turso.function.StatementEnvironment;
import dev.turso.schema.Column;
import dev.turso.value.Affinity;
import dev.turso.value.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code generate_series(start, stop, step)}: the integers from start to stop. */
final class GenerateSeries implements TableFunction {

  private static final long DEFAULT_STOP = 0xffff_ffffL;

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("value", null, Affinity.INTEGER),
          Column.hidden("start", Affinity.INTEGER),
          Column.hidden("stop", Affinity.INTEGER),
          Column.hidden("step", Affinity.INTEGER));

  @Override
  public String name() {
    return "generate_series";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public RowCursor open(@Nullable Register[] arguments, StatementEnvironment environment) {
    Register first = arguments[0];
    if (first == null) {
      throw new SqlException("first argument to \"generate_series()\" missing or unusable");
    }
    for (Register each : arguments) {
      if (each != null && each.isNull()) {
        return new Series(1, 0, 1);
      }
    }
    Register stop = arguments[1];
    Register by = arguments[2];
    long step = by == null ? 1 : by.asLong();
    return new Series(
        first.asLong(), stop == null ? DEFAULT_STOP : stop.asLong(), step == 0 ? 1 : step);
  }

  private static final class Series implements RowCursor {
    private final long start;
    private final long stop;
    private final long step;
    private long value;
    private boolean started;
    private boolean over;

    Series(long start, long stop, long step) {
      this.start = start;
      this.stop = stop;
      this.step = step;
    }

    @Override
    public boolean next() {
      if (over) {
        return false;
      }
      if (!started) {
        started = true;
        value = start;
      } else {
        long next = value + step;
        over = (value ^ next) < 0 && (step ^ next) < 0;
        value = next;
      }
      over |= step > 0 ? value > stop : value < stop;
      return !over;
    }

    @Override
    public void column(int column, Register out) {
      out.setInteger(
          switch (column) {
            case 0 -> value;
            case 1 -> start;
            case 2 -> stop;
            default -> step;
          });
    }

    @Override
    public long rowid() {
      return (value - start) / step + 1;
    }
  }
}
