/**
 * Encryption at rest: pages that only the holder of a key can read or write.
 *
 * <pre>
 *   user's key ──┐                          page in memory ──► PageCodec ──► page on disk
 *                ├─ HKDF ─► file's key ──►      (plain)         encode        ciphertext ‖ tag ‖ nonce
 *   file's salt ─┘      └─► check value                        ◄─ decode
 * </pre>
 *
 * <p>A {@link dev.turso.cipher.PageCodec} stands where pages go to and come from files: the database,
 * the frames of the log, the records of the rollback journal, the pages a transaction spills. All four
 * hold the same form of a page, so that what moves a page from one file to another (a checkpoint, the
 * playing back of a journal) copies bytes and needs no key. The codec of a file that is not encrypted
 * changes nothing and costs nothing.
 *
 * <p>Words. The <em>user's key</em> is what the application gives, 16 or 32 random bytes. The
 * <em>salt</em> is random, made with the file, and stands in its header in clear. The <em>file's
 * key</em> is derived from both and encrypts the pages. The <em>check value</em> is derived from both as
 * well and stands in the header, so that a wrong key is told from a damaged file.
 *
 * <p>What an encrypted page looks like, {@link dev.turso.cipher.EncryptedPages} draws; what of the first
 * page stays in clear, {@link dev.turso.cipher.CipherHeader}. ADR 0011 says why.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>C1: a nonce is drawn at random for each encryption and never chosen.
 *   <li>C2: salt and page number are authenticated with each page, the clear header with the first:
 *       no page is accepted in another's place, or from another file.
 *   <li>C3: nothing is decided by a page before it is authenticated, but by the fields of the header
 *       that are needed to find out how.
 *   <li>C4: no key is in a message, a log or a {@code toString}.
 * </ol>
 *
 * <p>Deliberately not here: keys from passwords (a key is random bytes, from wherever the application
 * keeps its secrets), and protection against the return of an older image of the same page. Start at
 * {@link dev.turso.cipher.PageCodec}.
 *
 * @see <a href="https://csrc.nist.gov/pubs/sp/800/38/d/final">NIST SP 800-38D, GCM</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869, HKDF</a>
 */
@NullMarked
package dev.turso.cipher;

import org.jspecify.annotations.NullMarked;
