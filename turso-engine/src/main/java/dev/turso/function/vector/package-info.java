/**
 * Vectors in blobs, with the layouts of libSQL and Turso, and distances between them. Not SQLite's.
 *
 * <pre>
 *   even length            float32, little-endian, 4 bytes each
 *   odd, last byte 1       float32, then the 1
 *   odd, last byte 2       float64, 8 bytes each, then the 2
 *   odd, last byte 3       bits, lowest first, in an odd number of bytes; unused bits; 3
 *   odd, last byte 4       bytes q, filled up to a multiple of 4; alpha, shift (float32); 0;
 *                          bytes filled; 4
 *   odd, last byte 9       k float32 values; k uint32 places; uint32 dimensions; 9
 * </pre>
 *
 * <p>A number of the fourth kind is {@code alpha * q + shift}; a bit stands for 1 or -1.
 */
@NullMarked
package dev.turso.function.vector;

import org.jspecify.annotations.NullMarked;
