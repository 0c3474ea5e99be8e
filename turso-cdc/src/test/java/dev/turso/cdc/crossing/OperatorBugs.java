package dev.turso.cdc.crossing;

import dev.turso.mutation.Changes;
import dev.turso.mutation.Mutation;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Bugs inside the operators that keep views up to date. */
final class OperatorBugs {

  private static final String OPERATOR = "dbsp.operator.";

  private OperatorBugs() {}

  private static Mutation of(
      String what,
      String type,
      String method,
      Supplier<BiPredicate<CodeBuilder, CodeElement>> change) {
    return new Mutation(what, OPERATOR + type, method, change);
  }

  private static Mutation of(String what, String type, String method, int branch) {
    return new Mutation(what, OPERATOR + type, method, branch);
  }

  static List<Mutation> all() {
    return List.of(
        of("a join follows its last input only", "JoinOperator", "changes", 6),
        of("a join mixes old and new versions up", "JoinPath", "extend", 2),
        of("an outer join does not look at rows that find a partner", "Unmatched", "changes", 1),
        of(
            "the old version of a table has rows of the step too",
            "TableAccess",
            "giveUnless",
            () -> Changes.skipping("isTouched")),
        of(
            "the old version of state has rows of the step too",
            "StatefulOperator",
            "touched",
            () -> Changes.skipping("contains")),
        of(
            "where a step touches many rows their old images are not found",
            "OldImages",
            "of",
            () -> Changes::comparingEqual),
        of(
            "an aggregate does not take out what is deleted",
            "Aggregation",
            "step",
            () -> Changes.skipping("inverse")),
        new Mutation(
            "an exact sum keeps the numbers taken out",
            "function.aggregate.ExactSumAccumulator",
            "inverse",
            () -> Changes.skipping("subtract")),
        of(
            "min and max keep values that are gone",
            "OrderedBag",
            "apply",
            () -> Changes.skipping("remove")),
        of(
            "a group that is loaded has one row",
            "GroupStates",
            "load",
            () -> Changes.answering("integer", 1)),
        of(
            "DISTINCT inside an aggregate tells nobody what appears",
            "OrderedBag",
            "apply",
            () -> Changes.skipping("turned")),
        of(
            "what moves up into a top is not told",
            "TopOperator",
            "update",
            () -> Changes.skipping("record", 3)),
        of("a set operator forgets rows of its right side", "SetOperator", "finish", 3),
        of(
            "UNION and DISTINCT do not erase a group",
            "AggregateOperator",
            "finish",
            () -> Changes.skipping("remove")),
        of(
            "a window keeps rows that are gone",
            "WindowStep",
            "run",
            () -> Changes.skipping("erase")),
        of(
            "a running window stops after the rows nearest to a change",
            "WindowStep",
            "running",
            () -> Changes.answering("equals", 1)),
        of(
            "a running window begins anew at a change",
            "WindowResults$Carried",
            "into",
            () -> Changes.skipping("carry")),
        of("a change inside a subquery leads to no row", "Correlation", "concerned", 1),
        of(
            "the new value of a subquery reaches no row",
            "SubqueryOperator",
            "exchangeAll",
            () -> Changes.answering("same", 1)),
        of(
            "IN does not notice the first NULL or row",
            "SubqueryOperator",
            "changes",
            () -> Changes.answering("turnedForAll", 0)),
        of(
            "a cursor of a savepoint rolled back is used again",
            "TableReader",
            "open",
            () -> Changes::comparingEqual));
  }
}
