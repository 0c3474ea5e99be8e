package dev.turso.spring.event;

import dev.turso.cdc.read.ChangeBatch;
import dev.turso.cdc.read.ChangeRecord;
import dev.turso.cdc.record.TableShape;
import dev.turso.change.Position;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes what the log has of some commits: each in one new transaction, though it may come in pieces. A
 * listener that throws ends the transaction of that commit alone. For one thread.
 */
final class LoggedEvents implements LoggedPast.Taker {

  private final Map<String, RowMapping<?>> mappings;
  private final Function<String, @Nullable TableShape> shapes;
  private final LongFunction<Position> positions;
  private final @Nullable TransactionTemplate transaction;
  private final Consumer<RowChangeEvent<?>> publisher;
  private final Failed failed;
  private final Map<String, @Nullable TableShape> newest = new HashMap<>();
  private @Nullable TransactionStatus open;
  private boolean passing;

  /** Is told of a commit whose listener threw. */
  @FunctionalInterface
  interface Failed {
    void at(Position position, RuntimeException cause);
  }

  /**
   * @param shapes what a table looks like now, for rows that were written before it was altered
   * @param positions which commit a row of the log ended
   */
  LoggedEvents(
      Map<String, RowMapping<?>> mappings,
      Function<String, @Nullable TableShape> shapes,
      LongFunction<Position> positions,
      @Nullable TransactionTemplate transaction,
      Consumer<RowChangeEvent<?>> publisher,
      Failed failed) {
    this.mappings = mappings;
    this.shapes = shapes;
    this.positions = positions;
    this.transaction = transaction;
    this.publisher = publisher;
    this.failed = failed;
  }

  @Override
  public boolean take(ChangeBatch batch) {
    Position position = positions.apply(batch.position().change());
    if (batch.first()) {
      end(position);
    }
    if (!passing) {
      publish(batch, position);
    }
    if (batch.last()) {
      end(position);
    }
    return !Thread.currentThread().isInterrupted();
  }

  private void publish(ChangeBatch batch, Position position) {
    try {
      PlatformTransactionManager manager = manager();
      if (manager != null && open == null) {
        open = manager.getTransaction(transaction);
      }
      for (ChangeRecord each : batch.changes()) {
        RowMapping<?> mapping = mappings.get(each.table().toLowerCase(Locale.ROOT));
        if (mapping != null && each.kind().isOfRow()) {
          publisher.accept(
              LoggedChanges.event(batch, each, mapping, newest(mapping.table()), position));
        }
      }
    } catch (RuntimeException e) {
      passing = true;
      rollBack();
      failed.at(position, e);
    }
  }

  private @Nullable TableShape newest(String table) {
    if (!newest.containsKey(table)) {
      newest.put(table, shapes.apply(table));
    }
    return newest.get(table);
  }

  private @Nullable PlatformTransactionManager manager() {
    return transaction == null ? null : transaction.getTransactionManager();
  }

  private void rollBack() {
    TransactionStatus status = open;
    PlatformTransactionManager manager = manager();
    open = null;
    if (status != null && manager != null) {
      manager.rollback(status);
    }
  }

  /** The commit whose changes came last is complete. */
  void end(Position position) {
    TransactionStatus status = open;
    PlatformTransactionManager manager = manager();
    open = null;
    passing = false;
    if (status != null && manager != null) {
      try {
        manager.commit(status);
      } catch (RuntimeException e) {
        failed.at(position, e);
      }
    }
  }
}
