/**
 * Tokens into trees: a recursive descent over SQLite's whole grammar and the statements we add.
 *
 * <pre>
 *   Parser                   the door: one statement, one expression, one column definition
 *     StatementParser        the first word decides; the small statements
 *       DmlParser            INSERT, UPDATE, DELETE          TransactionParser
 *       SelectParser         queries    FromParser           joins
 *         ExpressionParser   operators  OperandParser        FunctionCallParser
 *       CreateParser         TableParser, ColumnParser       TriggerParser      AlterParser
 *   TokenCursor              the current token, shared by all of them
 * </pre>
 *
 * <p>SQLite's parser is generated from a grammar (LALR); an error in its words is {@code near "X"},
 * X being the first token with which no statement can continue. A descent that throws at the
 * current token and decides by at most one more gives the same token. SQLite lets a keyword be a
 * name wherever the grammar has no use for the keyword; here each place asks first for the keywords
 * it knows, then whether the token may be a name.
 *
 * <p>Semantic errors that SQLite raises while parsing (misplaced ORDER BY, unequal VALUES rows,
 * what triggers and views may not hold) are raised here too. Whatever needs the schema is not.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>P1: whatever the text, a parse ends with a tree or an {@link dev.turso.error.SqlException}.
 *   <li>P2: work is linear in the text.
 *   <li>P3: recursion is bounded ({@code TokenCursor.MAXIMUM_DEPTH}), and so is the height of an
 *       expression ({@code ExpressionParser.MAXIMUM_HEIGHT}).
 *   <li>P4: text behind a statement's semicolon has no influence on it.
 * </ol>
 *
 * <p>Source: <a href="https://www.sqlite.org/lang.html">SQL As Understood By SQLite</a>; behaviour
 * at the edges by trying SQLite 3.54.
 */
@NullMarked
package dev.turso.sql.parse;

import org.jspecify.annotations.NullMarked;
