package dev.turso.dbsp.subscribe;

import dev.turso.dbsp.algebra.ZSet;
import dev.turso.dbsp.circuit.TableChanges;
import dev.turso.dbsp.trace.MemoryTrace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a commit means to a query, until it is published: the change of the result, or the step that
 * computes it.
 */
sealed interface LiveOutcome {

  RunningQuery query();

  /** The query's generation; with another one this means nothing any more. */
  long generation();

  /** A change that was computed inside the commit, since tables are read for it. */
  record Known(RunningQuery query, long generation, ZSet delta) implements LiveOutcome {}

  /** A step over changes alone: the committing thread need not wait for it. */
  final class Later implements LiveOutcome {

    private final RunningQuery query;
    private final long generation;
    final LiveSelect select;

    /** The state of the generation. */
    final MemoryTrace trace;

    final Map<Long, TableChanges> changes;
    private boolean made;
    private @Nullable ZSet delta;

    Later(
        RunningQuery query,
        long generation,
        LiveSelect select,
        MemoryTrace trace,
        Map<Long, TableChanges> changes) {
      this.query = query;
      this.generation = generation;
      this.select = select;
      this.trace = trace;
      this.changes = changes;
    }

    @Override
    public RunningQuery query() {
      return query;
    }

    @Override
    public long generation() {
      return generation;
    }

    /** Only in the order of {@link LiveSteps}, under its lock. */
    void make() {
      made = true;
      delta = query.computed(this);
    }

    boolean isMade() {
      return made;
    }

    /** What the step gave, once it is made; null for nothing. */
    @Nullable ZSet delta() {
      return delta;
    }
  }
}
