package dev.flowir.blob;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A part that an object is to be made of.
 *
 * @param number from 1
 * @param bytes its size
 */
record Parted(int number, long bytes) {

    /** Etags by number; refuses what is named twice, or nothing. */
    static SortedMap<Integer, String> etags(List<UploadedPart> parts) {
        SortedMap<Integer, String> etags = new TreeMap<>();
        for (UploadedPart part : parts) {
            if (etags.put(part.number(), part.etag()) != null) {
                throw invalid("part " + part.number() + " is named twice");
            }
        }
        if (etags.isEmpty()) {
            throw invalid("an object has at least one part");
        }
        return etags;
    }

    /** A part that is not as was said. */
    static BlobException unlike(int number, boolean stored) {
        return invalid("part " + number + (stored ? " has another etag" : " was not stored"));
    }

    /** Refuses sizes that do not go together. */
    static void check(List<Parted> parts, Checks checks) {
        long first = parts.get(0).bytes();
        long sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            Parted part = parts.get(i);
            boolean last = i == parts.size() - 1;
            sum += part.bytes();
            if (!last && part.bytes() < checks.limits().minPartBytes()) {
                throw new BlobException(
                        BlobFault.PART_TOO_SMALL,
                        "part "
                                + part.number()
                                + " has "
                                + part.bytes()
                                + " bytes; all but the last have at least "
                                + checks.limits().minPartBytes());
            }
            boolean fits = last ? part.bytes() <= first : part.bytes() == first;
            if (checks.limits().parts() == BlobLimits.Parts.UNIFORM && !fits) {
                throw invalid(
                        "part "
                                + part.number()
                                + " has "
                                + part.bytes()
                                + " bytes, part 1 has "
                                + first
                                + "; all but the last have one size, and the last is no larger");
            }
        }
        if (sum > checks.limits().maxObjectBytes()) {
            throw new BlobException(
                    BlobFault.TOO_LARGE,
                    "an object has at most " + checks.limits().maxObjectBytes() + " bytes");
        }
    }

    private static BlobException invalid(String what) {
        return new BlobException(BlobFault.INVALID_PART, what);
    }
}
