/**
 * From a logical plan to a circuit.
 *
 * <p>{@link dev.turso.dbsp.compile.PlanCompiler} visits the plan that queries start from, and makes one
 * operator of most nodes. Neighbouring filters and inner joins become one join of many inputs. {@link
 * dev.turso.dbsp.compile.ColumnPlaces} gives every column a slot of the circuit's frame; a column that a
 * projection only renames keeps its slot.
 *
 * <p>Expressions are compiled by the executor's own compiler: affinity, collation, functions and NULL
 * have one meaning for queries and views.
 *
 * <p>What has no incremental form is a {@link dev.turso.dbsp.compile.NoIncrementalForm}: the whole query
 * is then evaluated anew at each change, and EXPLAIN says why.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>K1: the slots of an operator are in the order of its plan node's columns.
 *   <li>K2: the same plan over the same indexes gives the same numbers to stateful operators.
 * </ol>
 *
 * <p>Start at {@link dev.turso.dbsp.compile.PlanCompiler}.
 */
@NullMarked
package dev.turso.dbsp.compile;

import org.jspecify.annotations.NullMarked;
