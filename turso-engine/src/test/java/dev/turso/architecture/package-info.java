/** What holds for the code as a whole: who may know whom, and how large things may grow. */
@NullMarked
package dev.turso.architecture;

import org.jspecify.annotations.NullMarked;
