package dev.turso.dbsp.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The 22 queries of TPC-H as views of one database, equal to re-evaluation after every random batch.
 *
 * <p>{@code -Dturso.batches=1000} says how many batches instead of some seconds of them, {@code
 * -Dturso.seed} which.
 */
class TpchViewsTest {

  private static final int BATCHES = Integer.getInteger("turso.batches", 0);
  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
  private static final double SCALE = 0.001;

  /** How often each table changes, and its prefix of column names. */
  private record Kind(String prefix, int chance, double begin) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "region", new Kind("r_", 1, 1),
          "nation", new Kind("n_", 1, 1),
          "supplier", new Kind("s_", 3, 0.7),
          "customer", new Kind("c_", 5, 0.7),
          "part", new Kind("p_", 4, 0.7),
          "partsupp", new Kind("ps_", 6, 0.7),
          "orders", new Kind("o_", 15, 0.5),
          "lineitem", new Kind("l_", 30, 0.5));

  @Test
  void eachViewIsItsQueryAfterEveryBatch() throws Exception {
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      RandomBatches batches = new RandomBatches(session, new Random(SEED));
      for (TpchTable<?> each : TpchTable.getTables()) {
        table(session, batches, each);
      }
      Map<String, String> queries = QueryFile.read("tpch.sql");
      assertThat(queries).hasSize(22);
      List<String> recomputed = batches.views(queries);
      for (String each : KINDS.keySet()) {
        batches.begin(each, KINDS.get(each).begin);
      }
      batches.lookAgain();
      int done = batches.runMany(BATCHES);
      System.out.printf(
          "TpchViewsTest seed %d: %d views, %d batches, recomputed %s, never had rows %s%n",
          SEED, queries.size(), done, recomputed, batches.neverHadRows());
      assertThat(recomputed).isEmpty();
      assertThat(batches.neverHadRows()).isEmpty();
      assertThat(batches.neverChanged()).isEmpty();
    }
  }

  private static <E extends TpchEntity> void table(
      Session session, RandomBatches batches, TpchTable<E> table) {
    Kind kind = KINDS.get(table.getTableName());
    batches.table(
        table.getTableName(),
        kind.chance,
        TpchTables.create(session, table, kind.prefix, SCALE, 1500));
  }
}
