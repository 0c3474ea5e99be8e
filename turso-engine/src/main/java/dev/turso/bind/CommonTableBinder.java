package dev.turso.bind;

import dev.turso.bind.CommonTables.Entry;
import dev.turso.bind.CommonTables.RecursiveTable;
import dev.turso.bind.CommonTables.Shared;
import dev.turso.bind.SelectBinder.BoundCore;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SetOperator;
import dev.turso.plan.logical.SortKey;
import dev.turso.schema.Names;
import dev.turso.sql.ast.CompoundOperator;
import dev.turso.sql.ast.Name;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectCore;
import dev.turso.sql.ast.TableReference;
import dev.turso.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** Binds a common table, ordinary or recursive. */
final class CommonTableBinder {

  private final BindContext context;
  private final Entry entry;
  private final Environment environment;

  /**
   * @param reader where the table is read
   */
  CommonTableBinder(BindContext context, Entry entry, Environment reader) {
    this.context = context;
    this.entry = entry;
    this.environment = reader.with(entry.clause);
  }

  /** The rows of the table, bound at the first call. */
  Shared bind() {
    if (entry.shared == null) {
      Select select = entry.syntax.select();
      int step = firstRecursiveCore(select);
      entry.closed = "circular reference: ";
      entry.shared = step < 0 ? ordinary(select) : recursive(select, step);
      entry.closed = null;
    }
    return entry.shared;
  }

  private Shared ordinary(Select select) {
    SelectBinder binder = new SelectBinder(context, entry.clause.around, environment, true);
    binder.firstNames = this::names;
    BoundQuery query = binder.bind(select);
    return new Shared(context.nextCommonTable(), query.plan(), names(query.names()));
  }

  private List<String> names(List<String> fromQuery) {
    List<Name> given = entry.syntax.columns();
    if (given.isEmpty()) {
      return fromQuery;
    }
    if (given.size() != fromQuery.size()) {
      throw new SqlException(
          ResultCode.ERROR,
          "table "
              + entry.name()
              + " has "
              + fromQuery.size()
              + " values for "
              + given.size()
              + " columns",
          entry.syntax.name().position());
    }
    List<String> names = new ArrayList<>();
    for (Name each : given) {
      names.add(each.text());
    }
    return names;
  }

  private static boolean mayRecurse(Select select) {
    if (select.operators().isEmpty()) {
      return false;
    }
    CompoundOperator last = select.operators().getLast();
    return last == CompoundOperator.UNION || last == CompoundOperator.UNION_ALL;
  }

  /** Where the terms begin that read the table itself, or -1. */
  private int firstRecursiveCore(Select select) {
    if (!mayRecurse(select)) {
      return -1;
    }
    CompoundOperator operator = select.operators().getLast();
    int first = -1;
    for (int i = select.cores().size() - 1; i > 0; i--) {
      if (select.operators().get(i - 1) != operator) {
        break;
      }
      int references = references(select.cores().get(i));
      if (references > 1) {
        throw new SqlException(
            ResultCode.ERROR,
            "multiple references to recursive table: " + entry.name(),
            entry.syntax.name().position());
      }
      if (references == 0) {
        break;
      }
      first = i;
    }
    return first;
  }

  private int references(SelectCore core) {
    return core instanceof SelectCore.QuerySpecification query && query.from() != null
        ? references(query.from())
        : 0;
  }

  private int references(TableReference reference) {
    return switch (reference) {
      case TableReference.TableName table ->
          table.name().schema() == null && Names.same(table.name().name().text(), entry.name())
              ? 1
              : 0;
      case TableReference.Join join -> references(join.left()) + references(join.right());
      case TableReference.Parenthesized inner -> references(inner.content());
      case TableReference.TableFunction function -> 0;
      case TableReference.DerivedTable derived -> 0;
    };
  }

  private Shared recursive(Select select, int step) {
    Environment inner =
        select.with() == null
            ? environment
            : environment.with(new CommonTables(select.with(), entry.clause, entry.clause.around));
    SelectBinder binder = new SelectBinder(context, entry.clause.around, inner, true);
    List<BoundCore> seeds = binder.cores(select.cores().subList(0, step));
    LogicalPlan seed = binder.compound(seeds, select.operators().subList(0, step - 1));
    List<String> names = names(BoundCore.names(seeds.getFirst(), true));
    int id = context.nextCommonTable();
    entry.closed = "multiple recursive references: ";
    binder.recursiveTable = entry;
    List<BoundCore> all = seeds;
    List<BoundColumn> columns = seed.columns();
    List<Affinity> affinities;
    int rounds = 0;
    do {
      affinities = affinities(columns);
      entry.recursive = new RecursiveTable(id, names, columns);
      List<BoundCore> steps = steps(binder, select, step, seed);
      all = new ArrayList<>(seeds);
      all.addAll(steps);
      columns = withAffinities(columns, DerivedColumns.affinities(all));
    } while (!affinities(columns).equals(affinities) && rounds++ == 0);
    entry.recursive = null;
    CompoundOperator operator = select.operators().getLast();
    LogicalPlan body = binder.union(all.subList(seeds.size(), all.size()));
    seed = DerivedColumns.reals(context, seed, seeds, affinities);
    body = DerivedColumns.reals(context, body, all.subList(seeds.size(), all.size()), affinities);
    columns = copies(columns);
    List<SortKey> orderBy = binder.compoundOrder(select.orderBy(), all, columns);
    BoundExpression limit = binder.limit(select.limit());
    BoundExpression offset = binder.limit(select.offset());
    LogicalPlan plan =
        new LogicalPlan.Recursive(
            id, seed, body, operator == CompoundOperator.UNION, orderBy, limit, offset, columns);
    return new Shared(context.nextCommonTable(), plan, names);
  }

  private static List<BoundCore> steps(
      SelectBinder binder, Select select, int step, LogicalPlan seed) {
    List<BoundCore> steps = binder.cores(select.cores().subList(step, select.cores().size()));
    for (BoundCore each : steps) {
      requireRowByRow(each);
      SelectBinder.requireSameWidth(seed, each.plan(), select.operators().getLast());
    }
    return steps;
  }

  private static List<Affinity> affinities(List<BoundColumn> columns) {
    List<Affinity> affinities = new ArrayList<>();
    for (BoundColumn each : columns) {
      affinities.add(each.affinity());
    }
    return affinities;
  }

  private List<BoundColumn> withAffinities(List<BoundColumn> columns, List<Affinity> affinities) {
    List<BoundColumn> changed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      BoundColumn each = columns.get(i);
      changed.add(
          each.affinity() == affinities.get(i)
              ? each
              : context.column(
                  each.name(),
                  affinities.get(i),
                  each.collation(),
                  true,
                  each.origin(),
                  each.declaredType()));
    }
    return changed;
  }

  /** A step sees one row at a time: it cannot aggregate over them. */
  private static void requireRowByRow(BoundCore step) {
    Scope scope = step.expressions().scope;
    if (!scope.windows.isEmpty()) {
      throw new SqlException("cannot use window functions in recursive queries");
    }
    if (!scope.aggregates.isEmpty() || scope.grouped) {
      throw new SqlException("recursive aggregate queries not supported");
    }
  }

  private List<BoundColumn> copies(List<BoundColumn> columns) {
    List<BoundColumn> copies = new ArrayList<>();
    for (BoundColumn each : columns) {
      copies.add(context.copy(each));
    }
    return copies;
  }

  /** The set operator a compound operator means. */
  static SetOperator setOperator(CompoundOperator operator) {
    return switch (operator) {
      case UNION -> SetOperator.UNION;
      case UNION_ALL -> SetOperator.UNION_ALL;
      case INTERSECT -> SetOperator.INTERSECT;
      case EXCEPT -> SetOperator.EXCEPT;
    };
  }
}
