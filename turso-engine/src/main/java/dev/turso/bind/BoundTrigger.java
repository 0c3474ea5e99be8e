package dev.turso.bind;

import dev.turso.plan.logical.BoundExpression;
import dev.turso.schema.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The program of a trigger, bound for the table or view that it watches.
 *
 * @param oldRow what OLD means, or null for INSERT
 * @param newRow what NEW means, or null for DELETE
 * @param when the program runs for rows for which this is true; null for all
 */
public record BoundTrigger(
    Trigger trigger,
    @Nullable TableRow oldRow,
    @Nullable TableRow newRow,
    @Nullable BoundExpression when,
    List<Step> body) {

  /** One statement of the program. */
  public sealed interface Step {}

  /** A SELECT, run for its side effects: RAISE and functions. */
  public record QueryStep(BoundQuery query) implements Step {}

  /** An INSERT, UPDATE or DELETE. */
  public record WriteStep(BoundWrite write) implements Step {}
}
