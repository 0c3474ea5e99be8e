package dev.turso.sample;

import dev.turso.spring.event.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code flight}.
 *
 * @param delay minutes late at arrival; absent while the flight is in the air
 */
@Row("flight")
public record Flight(
    long id,
    String departure,
    @Nullable String arrival,
    String origin,
    String destination,
    int distance,
    @Nullable Integer delay) {}
