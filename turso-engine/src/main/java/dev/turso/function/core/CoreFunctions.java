package dev.turso.function.core;

import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.FunctionTrait;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.function.Signature;
import dev.turso.function.SpecialForm;
import dev.turso.value.Allocation;
import dev.turso.value.Collation;
import dev.turso.value.Comparison;
import dev.turso.value.Register;
import dev.turso.value.Truth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The family of functions on any value and on the connection.
 *
 * @see <a href="https://www.sqlite.org/lang_corefunc.html">Built-in scalar functions</a>
 */
public final class CoreFunctions implements ScalarFunction {

  /** The version of SQLite whose behaviour this engine has. */
  public static final String SQLITE_VERSION = "3.54.1";

  private static final String SOURCE_ID = "dev.turso, an implementation of its own";

  private static final int TYPEOF = 0;
  private static final int COALESCE = 1;
  private static final int CONDITIONAL = 2;
  private static final int FIRST = 3;
  private static final int NULLIF = 4;
  private static final int MIN = 5;
  private static final int MAX = 6;
  private static final int CHANGES = 7;
  private static final int TOTAL_CHANGES = 8;
  private static final int LAST_INSERT_ROWID = 9;
  private static final int RANDOM = 10;
  private static final int RANDOMBLOB = 11;
  private static final int ZEROBLOB = 12;
  private static final int SQLITE_VERSION_TEXT = 13;
  private static final int SQLITE_SOURCE_ID = 14;
  private static final int COMPILEOPTION_GET = 15;
  private static final int COMPILEOPTION_USED = 16;
  private static final int SUBTYPE = 17;
  private static final int MATCH = 18;
  private static final Set<FunctionTrait> COMPARING =
      Set.of(FunctionTrait.DETERMINISTIC, FunctionTrait.INNOCUOUS, FunctionTrait.NEEDS_COLLATION);
  private static final Set<FunctionTrait> HARMLESS = Set.of(FunctionTrait.INNOCUOUS);

  private static final byte[][] TYPE_NAMES = {
    ascii("null"), ascii("integer"), ascii("real"), ascii("text"), ascii("blob"),
  };

  private final int which;

  private CoreFunctions(int which) {
    this.which = which;
  }

  /** All functions of this family. */
  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(plain("typeof", 1, 1, Signature.PURE, TYPEOF));
    all.add(form("coalesce", 2, Signature.ANY, SpecialForm.COALESCE, COALESCE));
    all.add(form("ifnull", 2, 2, SpecialForm.COALESCE, COALESCE));
    all.add(form("iif", 2, Signature.ANY, SpecialForm.CONDITIONAL, CONDITIONAL));
    all.add(form("if", 2, Signature.ANY, SpecialForm.CONDITIONAL, CONDITIONAL));
    all.add(form("likely", 1, 1, SpecialForm.LIKELIHOOD, FIRST));
    all.add(form("unlikely", 1, 1, SpecialForm.LIKELIHOOD, FIRST));
    all.add(form("likelihood", 2, 2, SpecialForm.LIKELIHOOD, FIRST));
    all.add(plain("nullif", 2, 2, COMPARING, NULLIF));
    all.add(plain("min", 2, Signature.ANY, COMPARING, MIN));
    all.add(plain("max", 2, Signature.ANY, COMPARING, MAX));
    all.add(plain("changes", 0, 0, HARMLESS, CHANGES));
    all.add(plain("total_changes", 0, 0, HARMLESS, TOTAL_CHANGES));
    all.add(plain("last_insert_rowid", 0, 0, HARMLESS, LAST_INSERT_ROWID));
    all.add(plain("random", 0, 0, HARMLESS, RANDOM));
    all.add(plain("randomblob", 1, 1, HARMLESS, RANDOMBLOB));
    all.add(plain("zeroblob", 1, 1, Signature.PURE, ZEROBLOB));
    all.add(plain("sqlite_version", 0, 0, HARMLESS, SQLITE_VERSION_TEXT));
    all.add(plain("sqlite_source_id", 0, 0, HARMLESS, SQLITE_SOURCE_ID));
    all.add(plain("sqlite_compileoption_get", 1, 1, HARMLESS, COMPILEOPTION_GET));
    all.add(plain("sqlite_compileoption_used", 1, 1, HARMLESS, COMPILEOPTION_USED));
    all.add(
        plain(
            "subtype",
            1,
            1,
            Set.of(
                FunctionTrait.DETERMINISTIC, FunctionTrait.INNOCUOUS, FunctionTrait.READS_SUBTYPE),
            SUBTYPE));
    all.add(plain("match", 2, 2, Set.of(), MATCH));
    return all;
  }

  private static FunctionDefinition plain(
      String name, int fewest, int most, Set<FunctionTrait> traits, int which) {
    return new ScalarDefinition(
        new Signature(name, fewest, most, traits), SpecialForm.NONE, new CoreFunctions(which));
  }

  private static FunctionDefinition form(
      String name, int fewest, int most, SpecialForm form, int which) {
    return new ScalarDefinition(
        new Signature(name, fewest, most, Signature.PURE), form, new CoreFunctions(which));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    switch (which) {
      case TYPEOF -> result.setText(TYPE_NAMES[arguments[0].tag]);
      case COALESCE -> coalesce(arguments, count, result);
      case CONDITIONAL -> conditional(arguments, count, result);
      case FIRST -> result.copyFrom(arguments[0]);
      case NULLIF -> nullif(context.collation(), arguments, result);
      case MIN -> extreme(context.collation(), arguments, count, -1, result);
      case MAX -> extreme(context.collation(), arguments, count, 1, result);
      case CHANGES -> result.setInteger(context.environment().changes());
      case TOTAL_CHANGES -> result.setInteger(context.environment().totalChanges());
      case LAST_INSERT_ROWID -> result.setInteger(context.environment().lastInsertRowId());
      case RANDOM -> random(context, result);
      case RANDOMBLOB -> randomBlob(context, arguments[0], result);
      case ZEROBLOB -> result.setBlob(Allocation.bytes(Math.max(arguments[0].asLong(), 0)));
      case SQLITE_VERSION_TEXT -> result.setText(SQLITE_VERSION);
      case SQLITE_SOURCE_ID -> result.setText(SOURCE_ID);
      case COMPILEOPTION_GET -> CompileOptions.get(arguments[0], result);
      case COMPILEOPTION_USED -> CompileOptions.used(arguments[0], result);
      case SUBTYPE -> result.setInteger(arguments[0].subtype);
      case MATCH -> throw new SqlException("unable to use function MATCH in the requested context");
      default -> throw new AssertionError(which);
    }
  }

  private static void coalesce(Register[] arguments, int count, Register result) {
    result.setNull();
    for (int i = 0; i < count && result.isNull(); i++) {
      result.copyFrom(arguments[i]);
    }
  }

  private static void conditional(Register[] arguments, int count, Register result) {
    for (int i = 0; i + 1 < count; i += 2) {
      if (Truth.isTrue(arguments[i])) {
        result.copyFrom(arguments[i + 1]);
        return;
      }
    }
    if (count % 2 == 1) {
      result.copyFrom(arguments[count - 1]);
    } else {
      result.setNull();
    }
  }

  private static void nullif(Collation collation, Register[] arguments, Register result) {
    if (Comparison.same(arguments[0], arguments[1], collation)) {
      result.setNull();
    } else {
      result.copyFrom(arguments[0]);
    }
  }

  /** Of equal values min gives the last, max the first, as SQLite does. */
  private static void extreme(
      Collation collation, Register[] arguments, int count, int sign, Register result) {
    Register best = arguments[0];
    for (int i = 0; i < count; i++) {
      Register candidate = arguments[i];
      if (candidate.isNull()) {
        result.setNull();
        return;
      }
      int order = Comparison.compare(best, candidate, collation);
      if (sign < 0 ? order >= 0 : order < 0) {
        best = candidate;
      }
    }
    result.copyFrom(best);
  }

  private static void random(CallContext context, Register result) {
    long bits = context.environment().random();
    // the smallest integer is never given: abs() of it would fail
    result.setInteger(bits < 0 ? -(bits & Long.MAX_VALUE) : bits);
  }

  private static void randomBlob(CallContext context, Register size, Register result) {
    byte[] bytes = Allocation.bytes(Math.max(size.asLong(), 1));
    context.environment().randomBytes(bytes);
    result.setBlob(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
