package dev.flowir.http.model;

/**
 * What an answer took, as the service counts it.
 *
 * @param promptTokens of the question
 * @param completionTokens of the answer
 * @param totalTokens of both
 */
public record Usage(long promptTokens, long completionTokens, long totalTokens) {}
