/**
 * Views as Flink's SQL over the topics of {@link dev.turso.cdc.kafka}: the way past one machine.
 *
 * <pre>
 *   view ──► FlinkExport ──► CREATE TABLE base … WITH ('connector' = 'kafka', 'format' = 'debezium-json')
 *              │             CREATE VIEW v AS …      views that it reads, then itself
 *              ├── FlinkQuery, FlinkExpressions      what is written differently there
 *              └── FlinkNames                        one spelling: names differ by letters' case there
 * </pre>
 *
 * <p>Only what is known to mean the same is written; everything else is refused by name, and so is a
 * column whose declared type leaves open what it holds. What Flink itself refuses it says when the
 * statements are run. Ties of ORDER BY … LIMIT may be broken otherwise, and sums of REAL may differ in
 * their last digits.
 *
 * <p>Start at {@link dev.turso.cdc.flink.FlinkExport}.
 *
 * @see <a href="https://nightlies.apache.org/flink/flink-docs-stable/docs/sql/reference/queries/overview/">
 *     Flink's queries</a>
 */
@NullMarked
package dev.turso.cdc.flink;

import org.jspecify.annotations.NullMarked;
