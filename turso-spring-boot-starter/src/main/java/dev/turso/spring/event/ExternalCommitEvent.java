package dev.turso.spring.event;

import dev.turso.change.Position;

/**
 * Another process committed to the database file. Where the database has a log of whole rows and that
 * process writes it, {@link RowChangeEvent}s follow; otherwise what it changed is not known row by row.
 * Views and live queries correct themselves in any case.
 *
 * @param position the newest commit of this process's stream when it was noticed
 */
public record ExternalCommitEvent(Position position) {}
