package dev.turso.session;

import java.util.List;

/**
 * What came of a damaged file.
 *
 * @param tables how many tables were made
 * @param rows how many rows they got
 * @param lostRows how many cells or rows could not be read or stored
 * @param lostPages how many pages of trees could not be read
 * @param orphans how many rows went to {@code lost_and_found}
 * @param messages what could not be made anew, with the reason
 */
public record SalvageReport(
    int tables, long rows, long lostRows, long lostPages, long orphans, List<String> messages) {}
