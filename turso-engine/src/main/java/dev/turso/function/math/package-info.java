/** Functions on numbers: abs, sign, round, and the mathematical ones. */
@NullMarked
package dev.turso.function.math;

import org.jspecify.annotations.NullMarked;
