package dev.flowir.kernel.cap;

import java.util.List;

/**
 * A setting that a kind of provider takes, in {@code connect} or {@code config} of a deployment's
 * bindings.
 *
 * @param name its name there
 * @param form what its value is
 * @param need whether it may be left out
 * @param about what it says, for people, and what holds without it
 */
public record Setting(String name, Form form, Need need, String about) {

    /** What a value is. */
    public sealed interface Form {

        /** Any text but an empty one. */
        record Text() implements Form {}

        /** An http or https address with a host, without user name, password and fragment. */
        record Address() implements Form {}

        /**
         * A whole number.
         *
         * @param least the least
         * @param most the most
         */
        record Whole(long least, long most) implements Form {}

        /** True or false. */
        record Flag() implements Form {}

        /**
         * One of some words.
         *
         * @param words the words
         */
        record Choice(List<String> words) implements Form {

            /** Keeps a copy. */
            public Choice {
                words = List.copyOf(words);
            }
        }

        /** The name of a secret, which whoever opens the provider looks up; never the secret. */
        record SecretName() implements Form {}

        /** An object: names of secrets, each under an id of its own. */
        record SecretNames() implements Form {}
    }

    /** Whether a setting may be left out. */
    public enum Need {
        /** It may not. */
        REQUIRED,
        /** It may. */
        OPTIONAL
    }

    /**
     * A text that must be there.
     *
     * @param name its name
     * @param about what it says
     * @return the setting
     */
    public static Setting text(String name, String about) {
        return new Setting(name, new Form.Text(), Need.REQUIRED, about);
    }

    /**
     * An http or https address that must be there.
     *
     * @param name its name
     * @param about what it says
     * @return the setting
     */
    public static Setting address(String name, String about) {
        return new Setting(name, new Form.Address(), Need.REQUIRED, about);
    }

    /**
     * A whole number that may be left out.
     *
     * @param name its name, with its unit
     * @param least the least
     * @param most the most
     * @param about what it says, and what holds without it
     * @return the setting
     */
    public static Setting number(String name, long least, long most, String about) {
        return new Setting(name, new Form.Whole(least, most), Need.OPTIONAL, about);
    }

    /**
     * A flag that may be left out, which is as if it were false.
     *
     * @param name its name
     * @param about what it says
     * @return the setting
     */
    public static Setting flag(String name, String about) {
        return new Setting(name, new Form.Flag(), Need.OPTIONAL, about);
    }

    /**
     * One of some words, which may be left out.
     *
     * @param name its name
     * @param words the words
     * @param about what it says, and what holds without it
     * @return the setting
     */
    public static Setting choice(String name, List<String> words, String about) {
        return new Setting(name, new Form.Choice(words), Need.OPTIONAL, about);
    }

    /**
     * The name of a secret that must be there.
     *
     * @param name its name
     * @param about what the secret is
     * @return the setting
     */
    public static Setting secret(String name, String about) {
        return new Setting(name, new Form.SecretName(), Need.REQUIRED, about);
    }

    /**
     * Names of secrets under ids, one at least.
     *
     * @param name its name
     * @param about what the secrets are
     * @return the setting
     */
    public static Setting secrets(String name, String about) {
        return new Setting(name, new Form.SecretNames(), Need.REQUIRED, about);
    }

    /** {@return the same, which may be left out} */
    public Setting optional() {
        return new Setting(name, form, Need.OPTIONAL, about);
    }

    /** {@return the same, which must be there} */
    public Setting required() {
        return new Setting(name, form, Need.REQUIRED, about);
    }
}
