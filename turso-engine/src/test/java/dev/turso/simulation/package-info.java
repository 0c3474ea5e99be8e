/** Storage as a whole, simulated: see {@link dev.turso.simulation.World}. */
@NullMarked
package dev.turso.simulation;

import org.jspecify.annotations.NullMarked;
