/**
 * The rollback journal: the old pages are safe in a file of their own before the database changes.
 *
 * <pre>
 *   old pages ──► -journal ──► sync ──► pages ──► database ──► sync ──► journal gone = committed
 *                    │
 *                    └── found by somebody else, "hot": the old pages go back first
 * </pre>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>J1: no page of the database is overwritten before its old image is durable in the journal
 *       (but under {@code synchronous=OFF}) and the process holds EXCLUSIVE.
 *   <li>J2: the journal goes only after the new pages are durable; in that moment the transaction is
 *       committed.
 *   <li>J3: a hot journal is played back under EXCLUSIVE, and can be played back again.
 * </ol>
 *
 * <p>Locks and the page cache are the business of the pager. Start at {@link
 * dev.turso.journal.RollbackJournal}.
 */
@NullMarked
package dev.turso.journal;

import org.jspecify.annotations.NullMarked;
