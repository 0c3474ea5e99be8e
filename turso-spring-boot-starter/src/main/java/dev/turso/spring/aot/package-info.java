/** What an application that is compiled ahead of time needs to know of us. */
@NullMarked
package dev.turso.spring.aot;

import org.jspecify.annotations.NullMarked;
