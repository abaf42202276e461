package dev.flowir.object;

/** What becomes of a client that does not read as fast as its object sends. */
public enum SlowClient {
    /** Its connection is closed with code 1013; it may come back. */
    DISCONNECT,
    /**
     * What is on its way to it is forgotten, and {@link SocketHandler#lapsed} sends it what it
     * needs to go on, once it reads again.
     */
    SNAPSHOT
}
