package dev.flowir.http.model;

/**
 * Something that an image may show.
 *
 * @param label as the model calls it
 * @param score how sure the model is, from 0 to 1
 */
public record Label(String label, double score) {}
