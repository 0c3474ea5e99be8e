package dev.turso.function.aggregate;

/** The three results of one sum. */
enum SumKind {
  /** NULL over no rows, INTEGER over integers, otherwise REAL; fails on integer overflow. */
  SUM,
  /** REAL always, 0.0 over no rows. */
  TOTAL,
  /** REAL, NULL over no rows. */
  AVERAGE
}
