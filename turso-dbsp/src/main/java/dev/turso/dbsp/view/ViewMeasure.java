package dev.turso.dbsp.view;

/**
 * What the last maintenance of a view did.
 *
 * @param rowsTouched rows that operators read or received; -1 if the query was evaluated anew
 * @param rowsWritten rows that were put into or taken out of the view
 * @param micros time spent
 */
public record ViewMeasure(String view, long rowsTouched, long rowsWritten, long micros) {}
