package dev.turso.fuzz;

import java.util.Set;
import java.util.TreeSet;

/** The statements of one program, one after the other, each fit for what those before have made. */
final class ProgramMaker {

  private static final int SETUP = 9;

  private final Seeded seeded;
  private final Model model;
  private final SchemaMaker schema;
  private final WriteMaker writes;
  private final QueryMaker queries;
  private final FunctionMaker functions;
  private int made;

  ProgramMaker(long seed, Engine theirs, Engine ours) {
    seeded = new Seeded(seed);
    model = new Model(theirs);
    ValueMaker values = new ValueMaker(seeded);
    functions = new FunctionMaker(seeded, theirs, ours);
    queries = new QueryMaker(seeded, model, values, functions);
    boolean conflicts = seeded.percent(40);
    schema = new SchemaMaker(seeded, model, values, queries, conflicts);
    writes = new WriteMaker(seeded, model, values, queries, conflicts);
  }

  /** The functions that programs call. */
  Set<String> functions() {
    Set<String> names = new TreeSet<>(functions.names());
    names.addAll(AggregateMaker.NAMES);
    return names;
  }

  Model model() {
    return model;
  }

  QueryMaker queries() {
    return queries;
  }

  String next() {
    int n = made++;
    if (n == 0) {
      return "PRAGMA foreign_keys = " + seeded.pick("ON", "OFF");
    }
    if (model.tables().isEmpty()) {
      return schema.table();
    }
    return n < SETUP ? setup() : later();
  }

  private String setup() {
    int kind = seeded.below(12);
    if (kind < 4 && model.all().size() < 6) {
      return schema.table();
    } else if (kind < 9) {
      return writes.fill(
          seeded.pick(model.tables()), seeded.between(1, seeded.percent(10) ? 60 : 10));
    }
    return schema.index();
  }

  private String later() {
    int kind = seeded.below(100);
    if (kind < 52) {
      return queries.statement();
    } else if (kind < 66) {
      return writes.insert();
    } else if (kind < 75) {
      return writes.update();
    } else if (kind < 80) {
      return writes.delete();
    } else if (kind < 86) {
      return writes.around();
    } else if (kind < 88) {
      return schema.index();
    } else if (kind < 90) {
      return model.views().size() < 4 ? schema.view() : queries.statement();
    } else if (kind < 93) {
      return schema.trigger(writes);
    } else if (kind < 96) {
      return schema.alter();
    } else if (kind < 97) {
      return schema.drop();
    } else if (kind < 98) {
      return model.all().size() < 8 ? schema.table() : queries.statement();
    }
    return writes.fill(seeded.pick(model.tables()), seeded.between(1, 12));
  }

  /** Tells that a statement was run, so that the model may have to look again. */
  void ran(String sql) {
    if (changesSchema(sql)) {
      model.refresh();
    }
  }

  static boolean changesSchema(String sql) {
    return sql.matches("(?s)(CREATE|ALTER|DROP|ROLLBACK|VACUUM).*|.*\\bROLLBACK\\b.*");
  }
}
