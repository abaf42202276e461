package dev.flowir.examples.microcos;

import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.StoredKey;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at dates, one after the other for each person, and remembers what they were. Without
 * patterns, which an isolate would have to carry the machinery of.
 */
final class Detector {

    /**
     * A date that is looked at.
     *
     * @param event its event
     * @param title what it is called
     */
    record Seen(String event, String title) {}

    static final ObjectCall<Detector, Seen, Integer> CONFIDENCE =
            ObjectCall.of(
                    "confidence",
                    Seen.class,
                    Integer.class,
                    (detector, seen) -> detector.confidence(seen.event(), seen.title()));

    static final ObjectClass<Detector> CLASS =
            ObjectClass.of("detector", Detector::new)
                    .calls(CONFIDENCE)
                    .keeps(StoredKey.of("confidence", Integer.class));

    private static final Set<String> WORDS =
            Set.of("trip", "flight", "fly", "travel", "visit", "holiday", "conference");

    /** What a place comes after. */
    private static final Set<String> BEFORE_PLACE = Set.of("to", "in", "visit");

    private static final int WORD = 50;
    private static final int PLACE = 40;

    private final ObjectContext self;

    Detector(ObjectContext self) {
        this.self = self;
    }

    int confidence(String event, String title) {
        StoredKey<Integer> key = StoredKey.of(event, Integer.class);
        Optional<Integer> before = self.storage().get(key);
        if (before.isPresent()) {
            return before.get();
        }
        int confidence = score(title);
        self.storage().put(key, confidence);
        return confidence;
    }

    static int score(String title) {
        int found = 0;
        for (int at = 0; at < title.length() && found == 0; at = wordEnd(title, at) + 1) {
            found = WORDS.contains(lower(title.substring(at, wordEnd(title, at)))) ? WORD : 0;
        }
        return found + (place(title).isEmpty() ? 0 : PLACE);
    }

    /** A name with a capital after one of the words that places come after; empty for none. */
    static String place(String title) {
        for (int at = 0; at < title.length(); at = wordEnd(title, at) + 1) {
            int end = wordEnd(title, at);
            if (BEFORE_PLACE.contains(title.substring(at, end))) {
                int name = end;
                while (name < title.length() && isSpace(title.charAt(name))) {
                    name++;
                }
                int last = name;
                while (last < title.length() && Character.isLetter(title.charAt(last))) {
                    last++;
                }
                if (name > end && last > name + 1 && Character.isUpperCase(title.charAt(name))) {
                    return title.substring(name, last);
                }
            }
        }
        return "";
    }

    /** Where the word ends that begins here. */
    private static int wordEnd(String title, int from) {
        int end = from;
        while (end < title.length() && isWord(title.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static String lower(String word) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            text.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return text.toString();
    }
}
