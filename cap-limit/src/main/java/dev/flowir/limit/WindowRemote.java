package dev.flowir.limit;

/**
 * Windows that something else counts, which says no more than whether there was a permit. Keys have
 * been checked, and the attempt's fence was asked.
 */
@FunctionalInterface
public interface WindowRemote {

    /**
     * Takes a permit if there is one now.
     *
     * @param key whose: 1 to 512 bytes of UTF-8
     * @return whether there was one
     */
    boolean take(String key);
}
