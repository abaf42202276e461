package dev.flowir.kernel.cap;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A text that must not be seen: a key, a password. It has no text form but {@code (secret)}, no
 * property that an encoder would find, and equals only itself; who needs the text asks {@link
 * #reveal()}. It also takes the text out of messages. Immutable.
 */
public final class Secret {

    /** What stands in the place of a secret. */
    public static final String HIDDEN = "(secret)";

    private final String value;
    private final Set<String> texts;

    private Secret(String value, Set<String> texts) {
        this.value = value;
        this.texts = texts;
    }

    /**
     * A secret.
     *
     * @param value its text
     * @return the secret
     */
    public static Secret of(String value) {
        return new Secret(value, forms(value));
    }

    /**
     * A text that a secret is part of, itself a secret, for example {@code "Bearer " + key}. {@link
     * #hideIn} hides both.
     *
     * @param change gives the text from the secret's
     * @return the longer secret
     */
    public Secret map(UnaryOperator<String> change) {
        String changed = change.apply(value);
        Set<String> all = forms(changed);
        all.addAll(texts);
        return new Secret(changed, all);
    }

    /** {@return the text; it must not get into a payload, a log or a message} */
    public String reveal() {
        return value;
    }

    /**
     * A text without the secret: as it is, as URLs write it, and as JSON writes it.
     *
     * @param text any text
     * @return the text with {@link #HIDDEN} in the place of the secret
     */
    public String hideIn(String text) {
        String clean = text;
        for (String form : texts) {
            clean = clean.replace(form, HIDDEN);
        }
        return clean;
    }

    /** The forms in which a text travels, without empty ones: those would be found everywhere. */
    private static Set<String> forms(String value) {
        Set<String> forms = new LinkedHashSet<>();
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        forms.add(value);
        forms.add(form);
        forms.add(form.replace("+", "%20"));
        forms.add(value.replace("\\", "\\\\").replace("\"", "\\\""));
        forms.remove("");
        return forms;
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
