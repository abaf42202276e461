package dev.flowir.examples.microcos;

import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.StoredKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at dates, one after the other for each person, and remembers what they were. */
final class Detector {

    static final ObjectClass<Detector> CLASS = ObjectClass.of("detector", Detector::new);

    private static final Pattern WORDS =
            Pattern.compile(
                    "\\b(trip|flight|fly|travel|visit|holiday|conference)\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACE = Pattern.compile("\\b(?:to|in|visit)\\s+(\\p{Lu}\\p{L}+)");

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
        Matcher words = WORDS.matcher(title);
        int word = words.find() ? 50 : 0;
        int place = PLACE.matcher(title).find() ? 40 : 0;
        return word + place;
    }

    static String place(String title) {
        Matcher place = PLACE.matcher(title);
        return place.find() ? place.group(1) : "";
    }
}
