package dev.turso.function.vector;

/** How the numbers of a vector are stored. */
enum VectorType {
  FLOAT32,
  FLOAT64,
  BIT,
  INT8,
  SPARSE
}
