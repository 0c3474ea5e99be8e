package dev.turso.cdc.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeSet;
import dev.turso.change.Operation;
import dev.turso.change.Origin;
import dev.turso.change.RowChange;
import dev.turso.change.TransactionView;
import dev.turso.schema.Table;
import dev.turso.session.Extensions;
import dev.turso.vfs.MemoryFileSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test of the random programs: each of these bugs, planted alone, is found by them. */
class PlantedBugsTest {

  private static final String VIEWS = "turso-dbsp";
  private static final String LOG = "turso-cdc";
  private static final int MOST_PROGRAMS = 12;
  private static final int STEPS = 120;

  private static final Map<String, Simulation.World> BUGS = new LinkedHashMap<>();

  static {
    lost("a view does not see deletions by REPLACE", VIEWS, c -> c.origin() == Origin.REPLACE);
    lost("a view does not see cascades", VIEWS, c -> c.origin() == Origin.CASCADE);
    lost("a view does not see what triggers write", VIEWS, c -> c.origin() == Origin.TRIGGER);
    lost("a view does not see rows whose rowid moved", VIEWS, PlantedBugsTest::moved);
    lost("a view does not see rows with long texts", VIEWS, c -> c.afterLength() > 1000);
    lost("the log leaves deletions by REPLACE out", LOG, c -> c.origin() == Origin.REPLACE);
    lost("the log leaves cascades out", LOG, c -> c.origin() == Origin.CASCADE);
    lost("the log leaves a table without rowid out", LOG, c -> c.table().withoutRowid());
    maintained(
        "a view misses every fifth round of changes", VIEWS, (n, from) -> n % 5 == 0 ? -1 : from);
    maintained("a view takes changes again: the watermark is lost", VIEWS, (n, from) -> 0);
    maintained(
        "the log misses every fifth round of changes", LOG, (n, from) -> n % 5 == 0 ? -1 : from);
    maintained("the log takes changes again: the watermark is lost", LOG, (n, from) -> 0);
    extension("a view does not see the last change", VIEWS, LastChangeLost::new);
    extension("the log does not see the last change", LOG, LastChangeLost::new);
    extension("the log does not end its transactions", LOG, NoCommit::new);
    extension("the log does not notice savepoints rolled back", LOG, NoRollbacks::new);
    extension("the log takes the next transaction for the last", LOG, NoEnds::new);
    extension("a base table is not recorded for views", VIEWS, NotRecorded::new);
    extension("views that are stale are read", VIEWS, AlwaysCurrent::new);
    lost("a view does not see updates of orders", VIEWS, PlantedBugsTest::updatesOrder);
  }

  private static void extension(String bug, String name, UnaryOperator<AttachedExtension> mistake) {
    BUGS.put(
        bug,
        new Simulation.World(
            new MemoryFileSystem(),
            FaultyExtension.planted(Extensions.installed(), name, mistake),
            null));
  }

  private static void lost(String bug, String name, Predicate<RowChange> lost) {
    extension(
        bug,
        name,
        real ->
            new FaultyExtension(real) {
              @Override
              public void maintain(TransactionView t, ChangeSet changes, long from, long to) {
                real.maintain(t, without(changes, lost), from, to);
              }
            });
  }

  /** Says where a round of maintenance starts, -1 to leave it out. */
  private interface Start {
    long of(int round, long from);
  }

  private static void maintained(String bug, String name, Start start) {
    extension(
        bug,
        name,
        real ->
            new FaultyExtension(real) {
              private int rounds;

              @Override
              public void maintain(TransactionView t, ChangeSet changes, long from, long to) {
                long at = start.of(++rounds, from);
                if (at >= 0) {
                  real.maintain(t, changes, at, to);
                }
              }
            });
  }

  private static boolean updatesOrder(RowChange change) {
    return change.operation() == Operation.UPDATE && change.table().name().equals("orders");
  }

  private static boolean moved(RowChange change) {
    return change.beforeLength() >= 0
        && change.afterLength() >= 0
        && change.rowidBefore() != change.rowidAfter();
  }

  /** Leaves the last of several changes out. */
  private static final class LastChangeLost extends FaultyExtension {
    LastChangeLost(AttachedExtension real) {
      super(real);
    }

    @Override
    public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
      List<Long> ends = new ArrayList<>(List.of(from));
      var cursor = changes.cursor(from, to);
      while (cursor.next()) {
        ends.add(cursor.position());
      }
      long end = ends.size() > 2 ? ends.get(ends.size() - 2) : to;
      real.maintain(transaction, changes, from, end);
    }
  }

  private static final class NoCommit extends FaultyExtension {
    NoCommit(AttachedExtension real) {
      super(real);
    }

    @Override
    public void beforeCommit(TransactionView transaction, ChangeSet changes) {}
  }

  private static final class NoRollbacks extends FaultyExtension {
    NoRollbacks(AttachedExtension real) {
      super(real);
    }

    @Override
    public void rollbackTo(long mark) {}
  }

  private static final class NoEnds extends FaultyExtension {
    NoEnds(AttachedExtension real) {
      super(real);
    }

    @Override
    public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
      real.maintain(transaction, numbered(changes, 1), from, to);
    }

    @Override
    public void beforeCommit(TransactionView transaction, ChangeSet changes) {
      real.beforeCommit(transaction, numbered(changes, 1));
    }

    @Override
    public void afterTransaction(long transaction, boolean committed) {}
  }

  private static final class NotRecorded extends FaultyExtension {
    NotRecorded(AttachedExtension real) {
      super(real);
    }

    @Override
    public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
      real.maintain(
          transaction, without(changes, each -> each.table().name().equals("customers")), from, to);
    }
  }

  private static final class AlwaysCurrent extends FaultyExtension {
    AlwaysCurrent(AttachedExtension real) {
      super(real);
    }

    @Override
    public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
      // What is written here is what another engine would have written.
      if (from % 3 != 0) {
        real.maintain(transaction, changes, from, to);
      }
    }

    @Override
    public boolean isCurrent(Table materializedView, TransactionView transaction) {
      return true;
    }
  }

  static List<String> bugs() {
    return List.copyOf(BUGS.keySet());
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void isFound(String bug) {
    int programs = 0;
    AssertionError found = null;
    while (found == null && programs < MOST_PROGRAMS) {
      programs++;
      try {
        Simulation.World world = BUGS.get(bug);
        Simulation.World fresh =
            new Simulation.World(new MemoryFileSystem(), world.extensions(), null);
        new Simulation(fresh, 100L * programs).run(STEPS);
      } catch (AssertionError e) {
        found = e;
      }
    }
    System.out.printf("%-60s found by program %d%n", bug, programs);
    assertThat(found).as(bug).isNotNull();
  }

  @Test
  void thereAreTwentyOfThem() {
    assertThat(BUGS).hasSizeGreaterThanOrEqualTo(20);
  }
}
