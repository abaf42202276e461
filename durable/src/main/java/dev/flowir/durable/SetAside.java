package dev.flowir.durable;

/**
 * An item that could not be put into windows.
 *
 * @param number its number, larger than that of every item before it
 * @param code why
 * @param message what happened, and what to do about it
 * @param item the item, encoded
 */
public record SetAside(long number, String code, String message, String item) {}
