/**
 * Operators: the steps of a running query, a tree that is pulled from the top.
 *
 * <p>An operator has {@code open}, {@code next} and {@code close}; its rows are not objects but values
 * at known places of the statement's frame. One file per operator.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>{@code next} is called only between {@code open} and the first false.
 *   <li>An operator that keeps rows (sort, hash, materialise) keeps them as record bytes in large
 *       arrays, never as objects; what it keeps is a copy.
 *   <li>An operator that may run long without giving a row calls {@code Frame.tick()} per row.
 *   <li>Order of rows is part of an operator's contract: grouping and set operations give their rows
 *       in key order, joins in the order of the outer input.
 * </ol>
 */
@NullMarked
package dev.turso.exec.operator;

import org.jspecify.annotations.NullMarked;
