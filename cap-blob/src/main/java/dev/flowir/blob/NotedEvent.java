package dev.flowir.blob;

/**
 * A change that some rule wants to be told of.
 *
 * @param id grows; 0 before it is noted
 * @param rule id of the rule
 * @param event what happened
 */
record NotedEvent(long id, String rule, BlobEvent event) {}
