/**
 * Workloads run side by side on this engine and on sqlite-jdbc, so that a figure is always a ratio.
 *
 * <pre>
 *   Benchmark ── for each repetition, workload and engine, alternating ──► a new JVM: WorkloadProcess
 *       │                                                                      │ opens its own copy of the data
 *       │          "metric value unit direction answer", one line each         │ Workload.run(Bench)
 *       └──► Report: medians, ratios, answers that differ  ◄───────────────────┘
 * </pre>
 *
 * <p>Words: a <em>workload</em> is one thing that an application does; a <em>metric</em> is one number
 * about it, in a unit, of which more or less is better; its <em>answer</em> is what the database said,
 * as text, equal for all engines or the figure does not count.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Every measurement has a JVM of its own, and engines alternate within a repetition, so that what
 *       else the machine does meets all of them.
 *   <li>Every engine reads a file with the same content, made once by sqlite-jdbc and copied.
 *   <li>A ratio above 1 means that this engine is faster, whatever the unit.
 * </ol>
 *
 * <p>Start reading at {@link dev.turso.bench.Benchmark}, then any {@link dev.turso.bench.Workload}.
 */
@NullMarked
package dev.turso.bench;

import org.jspecify.annotations.NullMarked;
