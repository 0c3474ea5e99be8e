package dev.turso.spring.event;

import dev.turso.cdc.read.ReaderOptions;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that takes the committed changes of a table from the durable log, under a named cursor.
 *
 * <p>Its parameter is a {@code RowChangeEvent<T>}, called once for each change, or a {@code
 * List<RowChangeEvent<T>>}, called once for each transaction. Either way the changes of one transaction
 * are taken in one new transaction, which also advances the cursor: what the method writes to this
 * database happens exactly once, what it does elsewhere at least once.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RowChangeListener {

  /** The cursor's name in the file. One container in all processes owns it at a time. */
  String cursor();

  /** Where the cursor begins when it is new. */
  ReaderOptions.Start start() default ReaderOptions.Start.NOW;

  /** Changes of sessions with this origin are passed over; empty for none. */
  String ignoreOrigin() default "";

  /**
   * How many transactions' changes may be handled at once, up to 8. Above 1 the changes of one row still
   * come in their order, those of different rows in any, and those of one transaction in several batches.
   * The listener then runs before the cursor is advanced; if another writer was faster its batch is rolled
   * back and taken again alone, so that what it does outside this database may happen twice. A cursor that
   * was once taken so keeps its parts when the number is lowered again.
   */
  int concurrency() default 1;

  /**
   * How long the process that owns the cursor may be silent before another takes it over, in milliseconds,
   * at least 100. A process that ends gives its cursors up at once; one that was killed keeps them so long.
   */
  long leaseMillis() default 15_000;

  /** How often a batch is tried again after a failure. */
  int retries() default 3;

  /** Milliseconds before the first repetition; each later one waits twice as long. */
  long backOffMillis() default 200;

  /** What becomes of a batch that keeps failing. */
  OnFailure onFailure() default OnFailure.DEAD_LETTER;

  /** Whether the container starts with the application. */
  boolean autoStartup() default true;

  /** What becomes of a batch that keeps failing. */
  enum OnFailure {
    /** It is written to the table {@code row_change_dead_letter}, and the cursor goes on. */
    DEAD_LETTER,
    /** The container stops; the cursor stays before the batch. */
    STOP
  }
}
