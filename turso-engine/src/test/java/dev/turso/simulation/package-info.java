/**
 * Storage as a whole, simulated: one seed drives clients, processes, clock, faults and crashes.
 *
 * <pre>
 *   Program (Setting, Steps) ──► World ──► Peer (a process) ──► Client ──► Session, the real engine
 *                                  │                                          │
 *                              FileModel × 2 ◄── what was read and done       │ every call
 *                                  ▲                                          ▼
 *                               afterwards, and after each crash   SimulatedProcess, SimulatedFileSystem
 * </pre>
 *
 * <p>A <em>step</em> means the same whatever is around it: it carries the seed of all that it chooses. So
 * {@link dev.turso.simulation.Simulations} can drop steps of a program that fails, as long as it still
 * fails. An <em>intrusion</em> is a step of another process in the middle of a step; an
 * <em>accident</em> is what goes wrong at one of its calls.
 *
 * <p>{@link dev.turso.simulation.SimulationLoader} loads the engine anew and leads its calls for time and
 * chance to {@link dev.turso.simulation.SimulatedClock}; it plants {@link dev.turso.simulation.PlantedBugs
 * bugs} in the same way. Start at {@link dev.turso.simulation.World}; docs/TESTING.md says how to run it.
 */
@NullMarked
package dev.turso.simulation;

import org.jspecify.annotations.NullMarked;
