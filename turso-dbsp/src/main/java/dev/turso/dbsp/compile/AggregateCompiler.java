package dev.turso.dbsp.compile;

import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.Keys;
import dev.turso.dbsp.operator.AggregateOperator;
import dev.turso.dbsp.operator.Aggregation;
import dev.turso.dbsp.operator.KeyColumn;
import dev.turso.exec.expression.Node;
import dev.turso.function.Accumulator;
import dev.turso.function.AggregateDefinition;
import dev.turso.function.AggregateFunction;
import dev.turso.function.CallContext;
import dev.turso.function.CallPurpose;
import dev.turso.function.aggregate.ExactAggregates;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Makes aggregates of plan nodes. */
final class AggregateCompiler {

  private final ColumnPlaces places;

  AggregateCompiler(ColumnPlaces places) {
    this.places = places;
  }

  AggregateOperator.Shape shape(LogicalPlan.Aggregate node) {
    List<KeyColumn> columns = new ArrayList<>();
    Node[] keys = new Node[node.keys().size()];
    boolean exact = true;
    for (int i = 0; i < keys.length; i++) {
      LogicalPlan.GroupKey key = node.keys().get(i);
      exact &= ExactValues.exact(places, key.expression(), key.collation());
      keys[i] = places.compile(key.expression());
    }
    List<Aggregation> calls = new ArrayList<>();
    for (AggregateCall each : node.calls()) {
      calls.add(aggregation(each));
    }
    int[] sources = new int[node.bare().size()];
    for (int i = 0; i < sources.length; i++) {
      Integer slot = places.slot(node.bare().get(i).source());
      assert slot != null;
      sources[i] = slot;
    }
    for (LogicalPlan.GroupKey key : node.keys()) {
      BoundColumn output = key.output();
      int slot = places.place(output);
      if (!ExactValues.exact(places, key.expression(), key.collation())) {
        places.mix(slot);
      }
      columns.add(new KeyColumn(slot, output.affinity(), key.collation(), output.name()));
    }
    int[] bare = new int[sources.length];
    for (int i = 0; i < bare.length; i++) {
      bare[i] = places.place(node.bare().get(i).output());
    }
    return new AggregateOperator.Shape(
        keys, columns, exact, calls, sources, bare, node.bareFollows());
  }

  /** DISTINCT over some columns, which keep their slots. */
  static AggregateOperator.Shape distinct(
      ColumnPlaces places, CircuitOperator input, List<BoundColumn> columns) {
    Node[] keys = new Node[columns.size()];
    List<KeyColumn> keyColumns = new ArrayList<>();
    boolean exact = true;
    for (int i = 0; i < keys.length; i++) {
      BoundColumn column = columns.get(i);
      Collation collation = column.collationOrBinary();
      exact &= ExactValues.exact(places, column, collation);
      keys[i] = places.locations().get(column);
      keyColumns.add(new KeyColumn(input.slots()[i], column.affinity(), collation, column.name()));
    }
    return new AggregateOperator.Shape(
        keys, keyColumns, exact, List.of(), new int[0], new int[0], -1);
  }

  /** A plan node that counts rows, and rows where a column is not NULL. */
  static LogicalPlan.Aggregate counting(
      LogicalPlan input, BoundColumn total, BoundColumn counted, BoundColumn known) {
    return new LogicalPlan.Aggregate(
        input,
        List.of(),
        List.of(count(List.of(), total), count(List.of(counted), known)),
        List.of(),
        -1);
  }

  private static AggregateCall count(List<BoundColumn> columns, BoundColumn output) {
    List<BoundExpression> arguments = new ArrayList<>();
    for (BoundColumn each : columns) {
      arguments.add(new BoundExpression.ColumnReference(each));
    }
    AggregateDefinition count =
        (AggregateDefinition) BuiltInFunctions.registry().find("count", columns.size());
    assert count != null;
    return new AggregateCall(count, arguments, false, null, List.of(), output, Collation.BINARY);
  }

  /** Refuses what cannot be computed for one outer row at a time. */
  static void requireDependent(AggregateOperator.Shape shape) {
    boolean plain = shape.bareSlots().length == 0;
    for (Aggregation each : shape.calls()) {
      plain &= each.kind() != Aggregation.Kind.COLLECTED;
    }
    if (!plain) {
      throw new NoIncrementalForm("an aggregate of this form in a correlated subquery");
    }
  }

  private Aggregation aggregation(AggregateCall call) {
    if ((call.distinct() || !call.arguments().isEmpty()) && !Keys.supports(call.collation())) {
      throw new NoIncrementalForm("an aggregate under the collation " + call.collation().name());
    }
    String name = call.function().signature().name();
    boolean builtIn =
        BuiltInFunctions.registry().find(name, call.arguments().size()) == call.function();
    Aggregation.Kind kind = Aggregation.Kind.COLLECTED;
    if (builtIn) {
      switch (name) {
        case "min" -> kind = Aggregation.Kind.LEAST;
        case "max" -> kind = Aggregation.Kind.GREATEST;
        case "count", "sum", "total", "avg" -> kind = Aggregation.Kind.LINEAR;
        default -> {}
      }
      if (call.distinct() && name.equals("sum") && !isExact(call)) {
        // Of 1 and 1.0 the first one counts, and makes an integer or a real number of the sum.
        kind = Aggregation.Kind.COLLECTED;
      }
    }
    Node filter = call.filter() == null ? null : places.compile(call.filter());
    return new Aggregation(
        kind,
        makes(call),
        places.compileAll(call.arguments()),
        call.distinct(),
        filter,
        order(call.orderBy()),
        places.place(call.output()),
        call.collation(),
        text(call));
  }

  private boolean isExact(AggregateCall call) {
    return ExactValues.exact(places, call.arguments().getFirst(), call.collation());
  }

  private static Supplier<Accumulator> makes(AggregateCall call) {
    AggregateFunction function = ExactAggregates.forCircuit(call.function());
    return () ->
        function.create(
            new CallContext(FixedEnvironment.INSTANCE, call.collation(), CallPurpose.QUERY));
  }

  private Aggregation.SortPart[] order(List<SortKey> keys) {
    Aggregation.SortPart[] parts = new Aggregation.SortPart[keys.size()];
    for (int i = 0; i < parts.length; i++) {
      SortKey key = keys.get(i);
      if (!Keys.supports(key.collation())) {
        throw new NoIncrementalForm("an order under the collation " + key.collation().name());
      }
      parts[i] =
          new Aggregation.SortPart(
              places.compile(key.expression()),
              key.collation(),
              key.descending(),
              key.nullsFirst());
    }
    return parts;
  }

  private static String text(AggregateCall call) {
    StringBuilder text = new StringBuilder(call.function().signature().name()).append('(');
    if (call.distinct()) {
      text.append("DISTINCT ");
    }
    if (call.arguments().isEmpty()) {
      text.append('*');
    }
    String comma = "";
    for (BoundExpression each : call.arguments()) {
      text.append(comma).append(Texts.of(each));
      comma = ", ";
    }
    return text.append(')').toString();
  }
}
