/**
 * The language as sealed, immutable records: what a text says, not what it means.
 *
 * <p>The tree has four closed families. {@link dev.turso.sql.ast.Statement} is the root; {@link
 * dev.turso.sql.ast.Select} is a query wherever one stands, made of {@link
 * dev.turso.sql.ast.SelectCore}s; {@link dev.turso.sql.ast.TableReference} is a FROM clause; {@link
 * dev.turso.sql.ast.Expression} is everything that has a value.
 *
 * <pre>
 *   SelectStatement
 *     Select            WITH … ORDER BY … LIMIT …
 *       QuerySpecification | Values          joined by UNION, EXCEPT, …
 *         ResultColumn …  TableReference  Expression …
 * </pre>
 *
 * <p>Nothing is looked up here: a name is a {@link dev.turso.sql.ast.Name}, and whether it is a
 * column, a common table or a misspelling is for {@code dev.turso.bind} to say.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A1: nodes are immutable and so are their lists; a tree may be shared by threads.
 *   <li>A2: a list is never null; a clause that was not written is an empty list or an absent node.
 *   <li>A3: an operator's spelling is not kept ({@code ==} is EQUAL, {@code ISNULL} is IsNull),
 *       parentheses leave no node; what decides a column's or a constraint's name is kept as text.
 *   <li>A4: whatever an error may point at knows its offset in the statement's text.
 *   <li>A5: an expression is at most as deep as the parser's limit, so recursion over it is safe.
 * </ol>
 *
 * <p>Start reading at {@link dev.turso.sql.ast.Select} and {@link dev.turso.sql.ast.Expression}.
 */
@NullMarked
package dev.turso.sql.ast;

import org.jspecify.annotations.NullMarked;
