package dev.turso.function.aggregate;

import dev.turso.function.Accumulator;
import dev.turso.function.AggregateDefinition;
import dev.turso.function.AggregateFunction;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionTrait;
import dev.turso.function.Signature;
import dev.turso.function.WindowDefinition;
import dev.turso.function.WindowKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The aggregate functions, and the names of the window functions.
 *
 * @see <a href="https://www.sqlite.org/lang_aggfunc.html">Built-in aggregate functions</a>
 */
public final class AggregateFunctions implements AggregateFunction {

  private static final int COUNT = 0;
  private static final int SUM = 1;
  private static final int TOTAL = 2;
  private static final int AVERAGE = 3;
  private static final int MIN = 4;
  private static final int MAX = 5;
  private static final int CONCAT = 6;
  private static final int MEDIAN = 7;
  private static final int PERCENTILE = 8;
  private static final int PERCENTILE_CONT = 9;
  private static final int PERCENTILE_DISC = 10;
  private static final int DEVIATION = 11;
  private static final int CONTINUOUS_WITHIN = 12;
  private static final int DISCRETE_WITHIN = 13;
  private static final int MODE_WITHIN = 14;
  private static final Set<FunctionTrait> PICKING =
      Set.of(
          FunctionTrait.DETERMINISTIC,
          FunctionTrait.INNOCUOUS,
          FunctionTrait.NEEDS_COLLATION,
          FunctionTrait.PICKS_ROW);
  private static final Set<FunctionTrait> ORDERED =
      Set.of(FunctionTrait.DETERMINISTIC, FunctionTrait.INNOCUOUS, FunctionTrait.ORDER_SENSITIVE);

  private static final Set<FunctionTrait> COLLATING =
      Set.of(
          FunctionTrait.DETERMINISTIC,
          FunctionTrait.INNOCUOUS,
          FunctionTrait.NEEDS_COLLATION,
          FunctionTrait.ORDER_SENSITIVE);

  private final int which;

  private AggregateFunctions(int which) {
    this.which = which;
  }

  /** All aggregate and window functions. */
  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(aggregate("count", 0, 1, Signature.PURE, COUNT));
    all.add(aggregate("sum", 1, 1, Signature.PURE, SUM));
    all.add(aggregate("total", 1, 1, Signature.PURE, TOTAL));
    all.add(aggregate("avg", 1, 1, Signature.PURE, AVERAGE));
    all.add(aggregate("min", 1, 1, PICKING, MIN));
    all.add(aggregate("max", 1, 1, PICKING, MAX));
    all.add(aggregate("group_concat", 1, 2, ORDERED, CONCAT));
    all.add(aggregate("string_agg", 2, 2, ORDERED, CONCAT));
    all.add(aggregate("median", 1, 1, Signature.PURE, MEDIAN));
    all.add(aggregate("percentile", 2, 2, Signature.PURE, PERCENTILE));
    all.add(aggregate("percentile_cont", 2, 2, Signature.PURE, PERCENTILE_CONT));
    all.add(aggregate("percentile_disc", 2, 2, Signature.PURE, PERCENTILE_DISC));
    all.add(aggregate("stddev", 1, 1, ORDERED, DEVIATION));
    // so the parser calls them when WITHIN GROUP (ORDER BY x) follows
    all.add(aggregate("percentile_cont within group", 2, 2, COLLATING, CONTINUOUS_WITHIN));
    all.add(aggregate("percentile_disc within group", 2, 2, COLLATING, DISCRETE_WITHIN));
    all.add(aggregate("mode within group", 1, 1, COLLATING, MODE_WITHIN));
    addWindowFunctions(all);
    return all;
  }

  private static void addWindowFunctions(List<FunctionDefinition> all) {
    all.add(window("row_number", 0, 0, WindowKind.ROW_NUMBER));
    all.add(window("rank", 0, 0, WindowKind.RANK));
    all.add(window("dense_rank", 0, 0, WindowKind.DENSE_RANK));
    all.add(window("percent_rank", 0, 0, WindowKind.PERCENT_RANK));
    all.add(window("cume_dist", 0, 0, WindowKind.CUME_DIST));
    all.add(window("ntile", 1, 1, WindowKind.NTILE));
    all.add(window("lag", 1, 3, WindowKind.LAG));
    all.add(window("lead", 1, 3, WindowKind.LEAD));
    all.add(window("first_value", 1, 1, WindowKind.FIRST_VALUE));
    all.add(window("last_value", 1, 1, WindowKind.LAST_VALUE));
    all.add(window("nth_value", 2, 2, WindowKind.NTH_VALUE));
  }

  private static FunctionDefinition aggregate(
      String name, int fewest, int most, Set<FunctionTrait> traits, int which) {
    return new AggregateDefinition(
        new Signature(name, fewest, most, traits), new AggregateFunctions(which));
  }

  private static FunctionDefinition window(String name, int fewest, int most, WindowKind kind) {
    return new WindowDefinition(new Signature(name, fewest, most, Signature.PURE), kind);
  }

  @Override
  public Accumulator create(CallContext context) {
    return switch (which) {
      case COUNT -> new CountAccumulator();
      case SUM -> new SumAccumulator(SumKind.SUM);
      case TOTAL -> new SumAccumulator(SumKind.TOTAL);
      case AVERAGE -> new SumAccumulator(SumKind.AVERAGE);
      case MIN -> new ExtremeAccumulator(context.collation(), -1);
      case MAX -> new ExtremeAccumulator(context.collation(), 1);
      case CONCAT -> new ConcatAccumulator();
      case MEDIAN -> new PercentileAccumulator("median", 1.0, false);
      case PERCENTILE -> new PercentileAccumulator("percentile", 100.0, false);
      case PERCENTILE_CONT -> new PercentileAccumulator("percentile_cont", 1.0, false);
      case PERCENTILE_DISC -> new PercentileAccumulator("percentile_disc", 1.0, true);
      case DEVIATION -> new DeviationAccumulator();
      case CONTINUOUS_WITHIN -> ordered(OrderedSetAccumulator.Kind.CONTINUOUS, context);
      case DISCRETE_WITHIN -> ordered(OrderedSetAccumulator.Kind.DISCRETE, context);
      case MODE_WITHIN -> ordered(OrderedSetAccumulator.Kind.MODE, context);
      default -> throw new AssertionError(which);
    };
  }

  private static Accumulator ordered(OrderedSetAccumulator.Kind kind, CallContext context) {
    return new OrderedSetAccumulator(kind, context.collation());
  }

  @Override
  public boolean invertible() {
    return which != MIN && which != MAX && which < DEVIATION;
  }
}
