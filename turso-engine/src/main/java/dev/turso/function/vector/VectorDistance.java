package dev.turso.function.vector;

import dev.turso.error.SqlException;

/** Distances between two vectors of one type and one number of dimensions. */
final class VectorDistance {

  private VectorDistance() {}

  static void requireAlike(Vector a, Vector b) {
    if (a.type() != b.type()) {
      throw new SqlException("Vectors must be of the same type");
    }
    if (a.numbers().length != b.numbers().length) {
      throw new SqlException("Vectors must have the same dimensions");
    }
  }

  /** One less the cosine of the angle; of bits, how many differ. */
  static double cosine(Vector a, Vector b) {
    requireAlike(a, b);
    double[] x = a.numbers();
    double[] y = b.numbers();
    if (a.type() == VectorType.BIT) {
      int different = 0;
      for (int i = 0; i < x.length; i++) {
        different += x[i] == y[i] ? 0 : 1;
      }
      return different;
    }
    double dot = 0;
    double lengthX = 0;
    double lengthY = 0;
    for (int i = 0; i < x.length; i++) {
      dot += x[i] * y[i];
      lengthX += x[i] * x[i];
      lengthY += y[i] * y[i];
    }
    return 1.0 - dot / Math.sqrt(lengthX * lengthY);
  }

  /** Euclid's; bits have none. */
  static double euclidean(Vector a, Vector b) {
    requireAlike(a, b);
    if (a.type() == VectorType.BIT) {
      throw new SqlException("L2 distance is not supported for 1-bit vectors");
    }
    double sum = 0;
    for (int i = 0; i < a.numbers().length; i++) {
      double difference = a.numbers()[i] - b.numbers()[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /** The dot product with its sign turned, so that nearer is smaller. */
  static double negativeDot(Vector a, Vector b) {
    requireAlike(a, b);
    double sum = 0;
    for (int i = 0; i < a.numbers().length; i++) {
      sum += a.numbers()[i] * b.numbers()[i];
    }
    return -sum;
  }

  /** One less the sum of the smaller numbers over the sum of the larger. */
  static double jaccard(Vector a, Vector b) {
    requireAlike(a, b);
    double smaller = 0;
    double larger = 0;
    for (int i = 0; i < a.numbers().length; i++) {
      smaller += Math.min(a.numbers()[i], b.numbers()[i]);
      larger += Math.max(a.numbers()[i], b.numbers()[i]);
    }
    return 1.0 - smaller / larger;
  }
}
