package dev.turso.function;

import dev.turso.value.Collation;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function in one running statement: its surroundings, and a place to remember
 * things.
 *
 * <p>Made when the statement starts, one for each place in the statement's text where a function is
 * called. Used by one thread at a time.
 */
public final class CallContext {

  private final StatementEnvironment environment;
  private final Collation collation;
  private final CallPurpose purpose;
  private @Nullable Object remembered;

  public CallContext(StatementEnvironment environment) {
    this(environment, Collation.BINARY, CallPurpose.QUERY);
  }

  /**
   * @param collation the collation the binder found for the arguments; functions without {@link
   *     FunctionTrait#NEEDS_COLLATION} do not look at it
   * @param purpose what the result is for: some purposes forbid a result that changes with time
   */
  public CallContext(StatementEnvironment environment, Collation collation, CallPurpose purpose) {
    this.environment = environment;
    this.collation = collation;
    this.purpose = purpose;
  }

  public StatementEnvironment environment() {
    return environment;
  }

  public Collation collation() {
    return collation;
  }

  public CallPurpose purpose() {
    return purpose;
  }

  /** What the function left here at an earlier call from this place: a compiled pattern, say. */
  public @Nullable Object remembered() {
    return remembered;
  }

  public void remember(Object object) {
    remembered = object;
  }
}
