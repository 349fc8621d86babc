package io.adjustbatch.audit;

/**
 * A finished file of a report.
 *
 * @param rows that it lists
 * @param bytes its size
 * @param sha256 of its bytes, in hexadecimal
 */
public record ReportFile(String name, long rows, long bytes, String sha256) {}
