package dev.turso.exec.operator;

import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.function.AggregateDefinition;
import dev.turso.function.AggregateFunction;
import dev.turso.function.FunctionRegistry;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.plan.logical.AggregateCall;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.physical.PhysicalPlan;
import dev.turso.value.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the operators that group rows. */
final class AggregateBuilder {

  private final ExecutableBuilder builder;
  private final Frame frame;

  AggregateBuilder(ExecutableBuilder builder) {
    this.builder = builder;
    this.frame = builder.frame();
  }

  Operator build(PhysicalPlan.Aggregate node) {
    Operator input = builder.build(node.input());
    int n = node.keys().size();
    Node[] keys = new Node[n];
    Collation[] collations = new Collation[n];
    for (int i = 0; i < n; i++) {
      keys[i] = builder.compile(node.keys().get(i).expression());
      collations[i] = node.keys().get(i).collation();
    }
    int[] results = slots(node.calls());
    AggregateStep[] steps = steps(node, results);
    int bareSource = node.bare().isEmpty() ? -1 : frame.addRow();
    SortedGroups sorted =
        node.grouped() || n == 0
            ? null
            : new SortedGroups(builder, this, node, results, bareSource);
    for (int i = 0; i < results.length; i++) {
      builder.locations().placeSlot(node.calls().get(i).output(), results[i]);
    }
    BareRows bare = bare(node, bareSource);
    if (sorted == null) {
      int[] slots = new int[n];
      for (int i = 0; i < n; i++) {
        slots[i] = frame.addSlot();
        builder.locations().placeSlot(node.keys().get(i).output(), slots[i]);
      }
      return new StreamAggregateOperator(
          frame, input, keys, collations, slots, steps, bare, node.enough());
    }
    int source = frame.addRow();
    for (int i = 0; i < n; i++) {
      builder.locations().placeField(node.keys().get(i).output(), source, i);
    }
    sorted.keySource(source);
    return new HashAggregateOperator(frame, input, keys, collations, steps, bare, source, sorted);
  }

  private int[] slots(List<AggregateCall> calls) {
    int[] slots = new int[calls.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = frame.addSlot();
    }
    return slots;
  }

  /** The calls over columns as they are placed now. */
  AggregateStep[] steps(PhysicalPlan.Aggregate node, int[] slots) {
    AggregateStep[] steps = new AggregateStep[slots.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = step(node.calls().get(i), slots[i]);
    }
    return steps;
  }

  private AggregateStep step(AggregateCall call, int slot) {
    Node[] arguments = builder.compiler().compileAll(call.arguments());
    Node filter = builder.nullable(call.filter());
    Node[] orderNodes = builder.keyNodes(call.orderBy());
    if (!call.distinct()) {
      AggregateStep special = special(call, arguments, filter, slot);
      if (special != null) {
        return special;
      }
    }
    return new GeneralAggregate(
        frame,
        slot,
        call.function().function(),
        arguments,
        filter,
        call.distinct(),
        call.collation(),
        orderNodes,
        call.orderBy().isEmpty() ? null : byGroup(call.orderBy()));
  }

  /** The aggregates that get by with a few numbers, unless the application has replaced them. */
  private @Nullable AggregateStep special(
      AggregateCall call, Node[] arguments, @Nullable Node filter, int slot) {
    FunctionRegistry builtIn = BuiltInFunctions.registry();
    String name = call.function().signature().name();
    if (arguments.length > 1 || builtIn.find(name, arguments.length) != call.function()) {
      return null;
    }
    if (name.equals("count")) {
      return new CountAggregate(frame, slot, arguments.length == 0 ? null : arguments[0], filter);
    }
    SumAggregate.Kind kind =
        name.equals("sum")
            ? SumAggregate.Kind.SUM
            : name.equals("total")
                ? SumAggregate.Kind.TOTAL
                : name.equals("avg") ? SumAggregate.Kind.AVERAGE : null;
    if (kind == null || !call.orderBy().isEmpty()) {
      return null;
    }
    AggregateFunction general = call.function().function();
    if (kind == SumAggregate.Kind.AVERAGE) {
      if (!(builtIn.find("total", 1) instanceof AggregateDefinition total)) {
        return null;
      }
      general = total.function();
    }
    return new SumAggregate(frame, slot, kind, arguments[0], filter, general);
  }

  /** The group's number first, then the keys. */
  private static RowOrder byGroup(List<SortKey> keys) {
    int n = keys.size() + 1;
    Collation[] collations = new Collation[n];
    boolean[] descending = new boolean[n];
    boolean[] nullsFirst = new boolean[n];
    collations[0] = Collation.BINARY;
    for (int i = 1; i < n; i++) {
      collations[i] = keys.get(i - 1).collation();
      descending[i] = keys.get(i - 1).descending();
      nullsFirst[i] = keys.get(i - 1).nullsFirst();
    }
    return new RowOrder(collations, descending, nullsFirst);
  }

  /** The bare columns as they are placed now; they are at the source afterwards. */
  @Nullable BareRows bare(PhysicalPlan.Aggregate node, int source) {
    if (node.bare().isEmpty()) {
      return null;
    }
    Node[] nodes = new Node[node.bare().size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = builder.locations().get(node.bare().get(i).source());
    }
    for (int i = 0; i < nodes.length; i++) {
      builder.locations().placeField(node.bare().get(i).output(), source, i);
    }
    int ordered = node.enough();
    boolean fromGreatest =
        ordered >= 0 && node.calls().get(ordered).function().signature().name().equals("max");
    return new BareRows(frame, new StoredColumns(nodes, source), node.bareFollows(), fromGreatest);
  }
}
