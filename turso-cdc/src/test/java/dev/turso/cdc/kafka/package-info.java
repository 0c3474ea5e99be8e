/** Tests of the sink: with a broker of Kafka's own in this JVM, and without any. */
@NullMarked
package dev.turso.cdc.kafka;

import org.jspecify.annotations.NullMarked;
