package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of one engine whatever the data is: a condition parts rows into those where it is
 * true, false and unknown (ternary logic partitioning), and a count is the same whether rows are chosen
 * by WHERE, where indexes may be used, or the condition is computed for each (NoREC).
 *
 * @see <a href="https://arxiv.org/abs/2007.08292">Rigger, Su: Detecting Optimization Bugs in Database
 *     Engines via Non-Optimizing Reference Engine Construction</a>
 */
final class Metamorphic {

  private final Engine engine;
  private final QueryMaker queries;

  Metamorphic(Engine engine, QueryMaker queries) {
    this.engine = engine;
    this.queries = queries;
  }

  /** Checks one random condition over random sources. Returns what is wrong, or null. */
  @Nullable String check() {
    QueryMaker.Parts parts = queries.parts();
    String wrong = partition(parts);
    return wrong != null ? wrong : counted(parts);
  }

  private @Nullable String partition(QueryMaker.Parts parts) {
    String all = "SELECT " + parts.columns() + parts.from();
    String p = parts.condition();
    Outcome whole = engine.run(all);
    List<String> united = new ArrayList<>();
    for (String each : List.of(p, "NOT (" + p + ")", "(" + p + ") IS NULL")) {
      Outcome part = engine.run(all + " WHERE " + each);
      if (part.failed()) {
        return crash(part, all + " WHERE " + each);
      }
      united.addAll(part.rows());
    }
    Collections.sort(united);
    return whole.failed() || whole.sorted().equals(united)
        ? crash(whole, all)
        : "partition: "
            + all
            + " WHERE "
            + p
            + "\n  all: "
            + whole.shown()
            + "\n  parts: "
            + united;
  }

  private @Nullable String counted(QueryMaker.Parts parts) {
    String p = parts.condition();
    String filtered = "SELECT count(*)" + parts.from() + " WHERE " + p;
    String computed = "SELECT coalesce(sum((" + p + ") IS TRUE), 0)" + parts.from();
    Outcome a = engine.run(filtered);
    Outcome b = engine.run(computed);
    if (a.failed() || b.failed()) {
      String crash = crash(a, filtered);
      return crash != null ? crash : crash(b, computed);
    }
    return a.rows().equals(b.rows())
        ? null
        : "count: " + filtered + " gives " + a.rows() + "\n  " + computed + " gives " + b.rows();
  }

  private static @Nullable String crash(Outcome outcome, String sql) {
    return outcome.code() == Outcome.CRASH ? "crash: " + sql + "\n  " + outcome.shown() : null;
  }
}
