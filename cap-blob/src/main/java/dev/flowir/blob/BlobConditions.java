package dev.flowir.blob;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Conditions on what is under a key, as in RFC 7232. A missing object meets those that forbid
 * something and fails those that ask for something. An etag is given with or without quotes; {@code
 * *} stands for any.
 *
 * @param etagMatches {@code If-Match}: one of these; weak ones never match
 * @param etagDoesNotMatch {@code If-None-Match}: none of these; weak ones match too
 * @param uploadedBefore {@code If-Unmodified-Since}: written before; without effect when {@code
 *     etagMatches} holds
 * @param uploadedAfter {@code If-Modified-Since}: written after; without effect when {@code
 *     etagDoesNotMatch} is there and holds
 */
public record BlobConditions(
        Optional<Set<String>> etagMatches,
        Optional<Set<String>> etagDoesNotMatch,
        Optional<Instant> uploadedBefore,
        Optional<Instant> uploadedAfter) {

    private static final BlobConditions NONE =
            new BlobConditions(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Copies the sets. */
    public BlobConditions {
        etagMatches = etagMatches.map(Set::copyOf);
        etagDoesNotMatch = etagDoesNotMatch.map(Set::copyOf);
    }

    /** {@return no conditions} */
    public static BlobConditions none() {
        return NONE;
    }

    /**
     * The object has one of these etags.
     *
     * @param etags the etags, or {@code *}
     * @return the condition
     */
    public static BlobConditions ifMatch(String... etags) {
        return new BlobConditions(
                Optional.of(Set.of(etags)), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The object has none of these etags.
     *
     * @param etags the etags; {@code *} means that there is no object
     * @return the condition
     */
    public static BlobConditions ifNoneMatch(String... etags) {
        return new BlobConditions(
                Optional.empty(), Optional.of(Set.of(etags)), Optional.empty(), Optional.empty());
    }

    /**
     * There is no object.
     *
     * @return the condition
     */
    public static BlobConditions ifAbsent() {
        return ifNoneMatch("*");
    }

    /**
     * The same, and written before a moment.
     *
     * @param instant the moment
     * @return the conditions with it
     */
    public BlobConditions uploadedBefore(Instant instant) {
        return new BlobConditions(
                etagMatches, etagDoesNotMatch, Optional.of(instant), uploadedAfter);
    }

    /**
     * The same, and written after a moment.
     *
     * @param instant the moment
     * @return the conditions with it
     */
    public BlobConditions uploadedAfter(Instant instant) {
        return new BlobConditions(
                etagMatches, etagDoesNotMatch, uploadedBefore, Optional.of(instant));
    }

    /**
     * Whether they hold.
     *
     * @param present what is there now
     * @return true when all hold
     */
    public boolean hold(Optional<BlobInfo> present) {
        if (present.isEmpty()) {
            return etagMatches.isEmpty() && uploadedAfter.isEmpty();
        }
        BlobInfo info = present.get();
        boolean match = etagMatches.isEmpty() || strongly(etagMatches.get(), info.etag());
        boolean noneMatch = etagDoesNotMatch.isEmpty() || !weakly(etagDoesNotMatch.get(), info);
        boolean before =
                uploadedBefore.isEmpty()
                        || (etagMatches.isPresent() && match)
                        || info.uploadedAt().isBefore(uploadedBefore.get());
        boolean after =
                uploadedAfter.isEmpty()
                        || (etagDoesNotMatch.isPresent() && noneMatch)
                        || info.uploadedAt().isAfter(uploadedAfter.get());
        return match && noneMatch && before && after;
    }

    private static boolean strongly(Set<String> wanted, String etag) {
        return wanted.contains("*")
                || wanted.stream().anyMatch(one -> !isWeak(one) && bare(one).equals(etag));
    }

    private static boolean weakly(Set<String> unwanted, BlobInfo info) {
        return unwanted.contains("*")
                || unwanted.stream().anyMatch(one -> bare(one).equals(info.etag()));
    }

    private static boolean isWeak(String etag) {
        return etag.startsWith("W/");
    }

    private static String bare(String etag) {
        String strong = isWeak(etag) ? etag.substring(2) : etag;
        return strong.length() > 1 && strong.startsWith("\"") && strong.endsWith("\"")
                ? strong.substring(1, strong.length() - 1)
                : strong;
    }
}
