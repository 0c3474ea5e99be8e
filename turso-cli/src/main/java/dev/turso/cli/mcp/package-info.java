/**
 * A server of the Model Context Protocol over one database.
 *
 * <pre>
 *   StdioServer ─┐                       ┌─ ToolCatalog ─ DatabaseTools QueryTools ViewTools
 *                ├─ McpConnection ───────┤                       │
 *   HttpServer ──┘   (one a client)      └─ Resources            ▼
 *                                            Workspace: Database, Session, ChangeFeed, Subscriptions
 *                                                                              │
 *                        notifications/resources/updated ◄─────────────────────┘
 * </pre>
 *
 * <p>Messages are the SDK's schema types; the two transports are our own, because the SDK's wait for a
 * notification that clients of one line do not send, and stop at a line that is not JSON.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>M1: a tool runs exactly one statement of its class, by the parser's judgement
 *       ({@link dev.turso.cli.mcp.StatementClass}); no class holds a statement that opens a file.
 *   <li>M2: files are opened by {@code open_database} only, at the path that remains after links are
 *       resolved, and only below the allowed folders ({@link dev.turso.cli.mcp.FileAccess}).
 *   <li>M3: every line gets its answer in its turn, and no line ends the server.
 *   <li>M4: no token, parameter or value is in an error of ours, but for SQL that the client sent.
 *   <li>M5: over HTTP nothing is done for a request without the token, or from another host or origin.
 * </ol>
 *
 * <p>Start at {@link dev.turso.cli.mcp.McpConnection}.
 */
@NullMarked
package dev.turso.cli.mcp;

import org.jspecify.annotations.NullMarked;
