package dev.turso.spring.event;

import dev.turso.change.Position;

/**
 * Another process committed to the database file. What it changed is not known row by row; views and
 * live queries correct themselves.
 *
 * @param position the newest commit of this process's stream when it was noticed
 */
public record ExternalCommitEvent(Position position) {}
