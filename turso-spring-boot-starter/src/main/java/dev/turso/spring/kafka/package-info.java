/**
 * The way past one machine, as beans: the change log to Kafka, and views as statements for Flink.
 *
 * <p>{@code turso.kafka.enabled=true} starts one {@link dev.turso.spring.kafka.KafkaSinkContainer} for the
 * application's database, after migrations; an application that wants more than the properties say defines
 * the {@link dev.turso.cdc.kafka.KafkaSinkOptions} itself. {@link
 * dev.turso.spring.kafka.FlinkStatements} needs neither Kafka nor Flink.
 */
@NullMarked
package dev.turso.spring.kafka;

import org.jspecify.annotations.NullMarked;
