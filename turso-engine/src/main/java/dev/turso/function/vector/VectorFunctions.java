package dev.turso.function.vector;

import dev.turso.error.SqlException;
import dev.turso.function.CallContext;
import dev.turso.function.FunctionDefinition;
import dev.turso.function.ScalarDefinition;
import dev.turso.function.ScalarFunction;
import dev.turso.value.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * vector (vector32), vector64, vector8, vector1bit, vector32_sparse; vector_extract;
 * vector_distance_cos, _l2, _dot, _jaccard; vector_concat, vector_slice. NULL gives NULL.
 */
public final class VectorFunctions implements ScalarFunction {

  private static final int FLOAT32 = 0;
  private static final int FLOAT64 = 1;
  private static final int INT8 = 2;
  private static final int BIT = 3;
  private static final int SPARSE = 4;
  private static final int EXTRACT = 5;
  private static final int COSINE = 6;
  private static final int EUCLIDEAN = 7;
  private static final int DOT = 8;
  private static final int JACCARD = 9;
  private static final int CONCAT = 10;
  private static final int SLICE = 11;

  private final int which;

  private VectorFunctions(int which) {
    this.which = which;
  }

  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.add(define("vector", 1, FLOAT32));
    all.add(define("vector32", 1, FLOAT32));
    all.add(define("vector64", 1, FLOAT64));
    all.add(define("vector8", 1, INT8));
    all.add(define("vector1bit", 1, BIT));
    all.add(define("vector32_sparse", 1, SPARSE));
    all.add(define("vector_extract", 1, EXTRACT));
    all.add(define("vector_distance_cos", 2, COSINE));
    all.add(define("vector_distance_l2", 2, EUCLIDEAN));
    all.add(define("vector_distance_dot", 2, DOT));
    all.add(define("vector_distance_jaccard", 2, JACCARD));
    all.add(define("vector_concat", 2, CONCAT));
    all.add(define("vector_slice", 3, SLICE));
    return all;
  }

  private static FunctionDefinition define(String name, int arity, int which) {
    return ScalarDefinition.pure(name, arity, arity, new VectorFunctions(which));
  }

  @Override
  public void call(CallContext context, Register[] arguments, int count, Register result) {
    for (int i = 0; i < count; i++) {
      if (arguments[i].isNull()) {
        result.setNull();
        return;
      }
    }
    Register first = arguments[0];
    switch (which) {
      case FLOAT32 -> make(first, VectorType.FLOAT32, result);
      case FLOAT64 -> make(first, VectorType.FLOAT64, result);
      case INT8 -> make(first, VectorType.INT8, result);
      case BIT -> make(first, VectorType.BIT, result);
      case SPARSE -> make(first, VectorType.SPARSE, result);
      case EXTRACT -> result.setText(Vector.read(first).text());
      case SLICE -> slice(Vector.read(first), arguments[1].asLong(), arguments[2].asLong(), result);
      default -> two(Vector.read(first), Vector.read(arguments[1]), result);
    }
  }

  private static void make(Register value, VectorType type, Register result) {
    result.setBlob(VectorBlob.write(Vector.read(value, type)));
  }

  private void two(Vector a, Vector b, Register result) {
    switch (which) {
      case COSINE -> result.setReal(VectorDistance.cosine(a, b));
      case EUCLIDEAN -> result.setReal(VectorDistance.euclidean(a, b));
      case DOT -> result.setReal(VectorDistance.negativeDot(a, b));
      case JACCARD -> result.setReal(VectorDistance.jaccard(a, b));
      default -> concat(a, b, result);
    }
  }

  private static void concat(Vector a, Vector b, Register result) {
    if (a.type() != b.type()) {
      throw new SqlException("Vectors must be of the same type");
    }
    double[] joined = Arrays.copyOf(a.numbers(), a.numbers().length + b.numbers().length);
    System.arraycopy(b.numbers(), 0, joined, a.numbers().length, b.numbers().length);
    result.setBlob(VectorBlob.write(new Vector(a.type(), joined)));
  }

  private static void slice(Vector vector, long from, long to, Register result) {
    if (from < 0 || to < from || to > vector.numbers().length) {
      throw new SqlException("vector_slice range out of bounds");
    }
    double[] part = Arrays.copyOfRange(vector.numbers(), (int) from, (int) to);
    result.setBlob(VectorBlob.write(new Vector(vector.type(), part)));
  }
}
