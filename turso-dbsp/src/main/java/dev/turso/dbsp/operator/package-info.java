/**
 * The operators of a circuit, one file each.
 *
 * <p>Virtual ones compute from their inputs and keep nothing: {@link
 * dev.turso.dbsp.operator.ScanOperator}, {@link dev.turso.dbsp.operator.FilterOperator}, {@link
 * dev.turso.dbsp.operator.ProjectOperator}, {@link dev.turso.dbsp.operator.UnionOperator}, {@link
 * dev.turso.dbsp.operator.JoinOperator}, {@link dev.turso.dbsp.operator.OuterJoinOperator}. Stateful
 * ones keep a trace: {@link dev.turso.dbsp.operator.AggregateOperator}, {@link
 * dev.turso.dbsp.operator.TopOperator}, {@link dev.turso.dbsp.operator.SetOperator}, {@link
 * dev.turso.dbsp.operator.PartitionOperator}. {@link dev.turso.dbsp.operator.SubqueryOperator} puts the
 * value of a subquery beside each row, whether it depends on the row or not.
 *
 * <p>A join of n inputs is n paths: a change of one input seeks the others through their keys, those
 * before it in their new version, those after it in their old one, which adds up to exactly the change
 * of the join. An outer join adds, for each preserved row that a change touches, the difference of
 * "has no partner" before and after.
 *
 * <p>A window keeps the rows of each partition in its order, with their results. After a change it
 * evaluates, by the engine's own window functions, as many rows as {@link
 * dev.turso.dbsp.operator.WindowReach} tells: those around the change, those from it to where results are
 * the same again, or the partition.
 *
 * <p>Source: Budiu et al., "DBSP: Automatic Incremental View Maintenance for Rich Query Languages",
 * VLDB 2023; the paths are what is called a delta join elsewhere.
 *
 * <p>Start at {@link dev.turso.dbsp.operator.FilterOperator}, then {@link
 * dev.turso.dbsp.operator.JoinOperator}.
 */
@NullMarked
package dev.turso.dbsp.operator;

import org.jspecify.annotations.NullMarked;
