package dev.flowir.http.model;

/**
 * A piece of an answer as it comes. Whoever puts pieces together goes by {@link TextSoFar}: a
 * higher attempt begins again, and what a lower one still brings is dropped.
 *
 * @param operation names the question; the same in each attempt at it
 * @param attempt which attempt at the question this is, from 1
 * @param sequence number of the piece in its attempt, from 0
 * @param text never empty
 */
public record TextPiece(String operation, int attempt, long sequence, String text) {}
