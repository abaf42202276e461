package dev.flowir.object;

import java.util.HexFormat;

/**
 * A point in the life of one object, to come back to. Of two bookmarks of an object the later one
 * is greater, also as text.
 *
 * @param text to be kept anywhere; 16 digits of a number and 16 of the object's id
 */
public record ObjectBookmark(String text) implements Comparable<ObjectBookmark> {

    private static final int DIGITS = 16;

    static ObjectBookmark of(ObjectId id, long version) {
        return new ObjectBookmark(HexFormat.of().toHexDigits(version) + "-" + owner(id));
    }

    private static String owner(ObjectId id) {
        return id.toString().substring(0, DIGITS);
    }

    long version(ObjectId id) {
        try {
            if (text.length() == 2 * DIGITS + 1
                    && text.charAt(DIGITS) == '-'
                    && text.endsWith(owner(id))) {
                return HexFormat.fromHexDigitsToLong(text, 0, DIGITS);
            }
        } catch (IllegalArgumentException e) {
            throw refused("'" + text + "' is no bookmark: " + e.getMessage());
        }
        throw refused("'" + text + "' is no bookmark of this object");
    }

    static ObjectException refused(String detail) {
        return new ObjectException(ObjectFault.BAD_BOOKMARK, detail);
    }

    @Override
    public int compareTo(ObjectBookmark other) {
        return text.compareTo(other.text);
    }
}
