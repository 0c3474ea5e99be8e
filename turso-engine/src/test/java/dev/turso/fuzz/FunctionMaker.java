package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Calls of every scalar function that both engines have and whose answer follows from its arguments. */
final class FunctionMaker {

  private static final Set<String> LEFT_OUT =
      Set.of(
          "random",
          "randomblob",
          "changes",
          "total_changes",
          "last_insert_rowid",
          "load_extension",
          "sqlite_source_id",
          "sqlite_version",
          "sqlite_compileoption_get",
          "current_date",
          "sqlite_compileoption_used",
          "current_time",
          "current_timestamp",
          "->",
          "->>",
          "match",
          "reverse",
          "subtype",
          "cot",
          "coth",
          "likelihood");

  /** Functions of the C library, whose last bit is not the same everywhere. */
  private static final Set<String> MATH =
      Set.of(
          "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cos", "cosh", "exp", "ln",
          "log", "log10", "log2", "pow", "power", "sin", "sinh", "tan", "tanh");

  private static final String[] JSON = {
    "'{\"a\":1,\"b\":[1,2.5,null,\"x\"],\"c\":{\"d\":true}}'",
    "'[]'",
    "'[1,[2,3],{\"a\":null}]'",
    "'5'",
    "'\"t\"'",
    "'null'",
    "'{a:1,}'",
    "'{\"a\":1,\"a\":2}'",
    "'[1.0,1e3,-0.0,9223372036854775808]'",
    "jsonb('[1,{\"x\":[]}]')",
    "'{\"é\":\"\\u00e9\"}'",
    "NULL",
    "'{'",
    "'[1,2'",
    "12",
    "'{\"x y\":0}'"
  };
  private static final String[] PATHS = {
    "'$'",
    "'$.a'",
    "'$.b'",
    "'$.b[1]'",
    "'$[0]'",
    "'$[#-1]'",
    "'$.c.d'",
    "'$.zz'",
    "'$[#]'",
    "'$.b[#-2]'",
    "'$.\"x y\"'",
    "'$[9]'",
    "NULL",
    "'$.a.b.c'",
    "'a'",
    "'$['"
  };
  private static final String[] DATES = {
    "'2024-02-29'",
    "'2023-12-31 23:59:59.999'",
    "'2000-01-01T00:00:00Z'",
    "'12:34'",
    "2460000.5",
    "'2024-03-10 02:30:00+05:30'",
    "0",
    "1700000000",
    "'-4713-11-24'",
    "'9999-12-31'",
    "'2024-13-01'",
    "'abc'",
    "NULL",
    "-1.5",
    "'2024-01-31'",
    "5373484.5"
  };
  private static final String[] MODIFIERS = {
    "'+1 day'", "'-1 month'", "'+1 year'", "'start of month'", "'start of year'", "'weekday 0'",
        "'unixepoch'",
    "'auto'", "'+1.5 hours'", "'-90 minutes'", "'+0001-02-03 04:05'", "'subsec'", "'julianday'",
        "'ceiling'",
    "'floor'", "'start of day'", "'+10 seconds'", "'bogus'", "'weekday 3'", "'utc'"
  };
  private static final String[] TIME_FORMATS = {
    "'%Y-%m-%d %H:%M:%f'",
    "'%j %J %s %w %W %u %U %V %G %g'",
    "'%e %k %l %I %p %P %R %T %F %D'",
    "'%q'",
    "'%%'"
  };
  private static final String[] FORMATS = {
    "'%d|%5d|%-5d|%05d|%+d|%,d'",
    "'%s|%10s|%-10s|%.2s'",
    "'%f|%.3f|%10.2f|%e|%g'",
    "'%x|%X|%o|%#x|%lld'",
    "'%q|%Q|%w'",
    "'%c|%5c'",
    "'%!.20g|%!f'",
    "'%z'",
    "'%'",
    "'%i %u'",
    "'%*d'",
    "'%.*f'",
    "'%a'",
    "'%,.2f'",
    "'%!s|%!5s'",
    "'%#g|%G|%E'",
    "'%p'",
    "'%n%d'",
    "'%% d'",
    "'%08.3f'",
    "'%+.0e'"
  };

  /** A function with a number of arguments, negative as {@code pragma_function_list} gives it. */
  private record Listed(String name, int arguments) {}

  private final Seeded seeded;
  private final List<Listed> scalars = new ArrayList<>();

  FunctionMaker(Seeded seeded, Engine theirs, Engine ours) {
    this.seeded = seeded;
    String sql =
        "SELECT DISTINCT name, narg FROM pragma_function_list WHERE type = 's' ORDER BY 1, 2";
    Set<String> known = Set.copyOf(ours.run(sql).rows());
    for (String row : theirs.run(sql).rows()) {
      String[] fields = row.split("\\|");
      String name = fields[0].substring(1, fields[0].length() - 1);
      if (known.contains(row) && !LEFT_OUT.contains(name)) {
        scalars.add(new Listed(name, Integer.parseInt(fields[1])));
      }
    }
  }

  /** The names of what calls are made of. */
  Set<String> names() {
    return Set.copyOf(scalars.stream().map(Listed::name).distinct().toList());
  }

  /** A call whose arguments are mostly what such a function wants. */
  String call(Supplier<String> argument) {
    Listed listed = seeded.pick(scalars);
    String name = listed.name();
    int n = listed.arguments() >= 0 ? listed.arguments() : count(listed);
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      arguments.add(
          seeded.percent(name.equals("zeroblob") ? 0 : 15)
              ? argument.get()
              : argument(name, i, argument));
    }
    String call = name + "(" + String.join(", ", arguments) + ")";
    return MATH.contains(name) ? "printf('%.9g', " + call + ")" : call;
  }

  private int count(Listed listed) {
    String name = listed.name();
    if (name.endsWith("_object")) {
      return 2 * seeded.below(3);
    } else if (name.matches("jsonb?_(set|insert|replace|array_insert)")) {
      return 1 + 2 * seeded.below(3);
    }
    if (name.equals("strftime")) {
      return seeded.between(2, 4);
    }
    return Math.max(0, -listed.arguments() - 1)
        + seeded.between(listed.arguments() < -1 ? 0 : 1, 3);
  }

  private String argument(String name, int i, Supplier<String> argument) {
    if (name.startsWith("json")) {
      if (name.endsWith("_object")) {
        return i % 2 == 0 ? "'k" + seeded.below(3) + "'" : argument.get();
      } else if (name.endsWith("_array") || name.endsWith("_quote")) {
        return seeded.percent(30) ? "json(" + seeded.pick(JSON) + ")" : argument.get();
      } else if (name.endsWith("_valid") && i == 1) {
        return "" + seeded.between(0, 16);
      } else if (i == 0 || name.endsWith("_patch")) {
        return seeded.pick(JSON);
      }
      boolean pairs = name.matches("jsonb?_(set|insert|replace|array_insert)");
      return pairs && i % 2 == 0 ? argument.get() : seeded.pick(PATHS);
    }
    return switch (name) {
      case "date", "time", "datetime", "julianday", "unixepoch" ->
          seeded.pick(i == 0 ? DATES : MODIFIERS);
      case "strftime" -> seeded.pick(i == 0 ? TIME_FORMATS : i == 1 ? DATES : MODIFIERS);
      case "timediff" -> seeded.pick(DATES);
      case "printf", "format" -> i == 0 ? seeded.pick(FORMATS) : argument.get();
      case "zeroblob" -> "" + seeded.between(-1, 40);
      case "char" -> "" + seeded.pick("65", "0", "233", "55296", "1114111", "128512", "-1", "'x'");
      case "unistr" -> seeded.pick("'a\\00e9b'", "'\\+01F600'", "'\\\\'", "'\\u0041'", "'x'");
      case "unhex" -> i == 0 ? seeded.pick("'6162'", "'61-62'", "'6'", "'zz'", "''") : "'-'";
      case "like" -> i == 2 ? "'%'" : argument.get();
      case "likelihood" -> i == 1 ? "0.5" : argument.get();
      default -> argument.get();
    };
  }

  /** A document, mostly well formed. */
  String json() {
    return seeded.pick(JSON);
  }

  String path() {
    return seeded.pick(PATHS);
  }
}
