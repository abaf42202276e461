package dev.flowir.kernel.cap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a {@link ProviderKind} opens a provider from: settings of an instance of a deployment's
 * bindings, which have been compared with what the kind takes, and what the deployment has open.
 */
public interface Provision {

    /** {@return name of the instance in the bindings} */
    String instance();

    /** {@return the name that tokens ask for} */
    String binding();

    /**
     * The value of a text, an address or a choice.
     *
     * @param setting its name
     * @return it; empty when it was left out
     */
    Optional<String> text(String setting);

    /**
     * The value of a number.
     *
     * @param setting its name
     * @return it; empty when it was left out
     */
    OptionalLong number(String setting);

    /**
     * The value of a flag.
     *
     * @param setting its name
     * @return it; false when it was left out
     */
    boolean flag(String setting);

    /**
     * The secret whose name is the value of a setting, as it is now: ask again where it may change.
     *
     * @param setting name of the setting, which was not left out
     * @return the secret
     */
    Secret secret(String setting);

    /**
     * Secrets whose names a setting has under ids.
     *
     * @param setting name of the setting
     * @return secrets by their ids, as they are now
     */
    Map<String, Secret> secrets(String setting);

    /** {@return where services of the application are looked for} */
    ClassLoader loader();

    /**
     * Something that several instances stand on, such as a connection or a store: opened by the
     * first that asks, and closed after all of them where it can be closed.
     *
     * @param <T> what it is
     * @param name names it among all that are shared: what it is, a colon, where it is
     * @param type what it is
     * @param open opens it
     * @return it
     */
    <T> T shared(String name, Class<T> type, Supplier<T> open);

    /**
     * Something that several instances stand on and that is at a place on this machine, such as a
     * store: there is one for each place.
     *
     * @param <T> what it is
     * @param setting names the place
     * @param type what it is
     * @param open opens what is at a place
     * @return it
     */
    default <T> T sharedAt(String setting, Class<T> type, Function<Path, T> open) {
        Path place = file(setting);
        return shared(type.getName() + ":" + place, type, () -> open.apply(place));
    }

    /**
     * What all flows share that use this instance under this name.
     *
     * @param <T> what it is
     * @param type what it is
     * @param open opens it
     * @return it
     */
    default <T> T own(Class<T> type, Supplier<T> open) {
        return shared("instance:" + instance() + ":" + binding(), type, open);
    }

    /**
     * The value of a text that must be there.
     *
     * @param setting its name
     * @return it
     */
    default String required(String setting) {
        return text(setting).orElseThrow(() -> new IllegalArgumentException("no " + setting));
    }

    /**
     * The place that a text names.
     *
     * @param setting its name
     * @return an absolute path without {@code .} and {@code ..}, so that a place has one name
     */
    default Path file(String setting) {
        return Path.of(required(setting)).toAbsolutePath().normalize();
    }

    /**
     * A time.
     *
     * @param setting name of a number of milliseconds
     * @return it; empty when it was left out
     */
    default Optional<Duration> millis(String setting) {
        OptionalLong millis = number(setting);
        return millis.isPresent()
                ? Optional.of(Duration.ofMillis(millis.getAsLong()))
                : Optional.empty();
    }

    /**
     * A number that fits into 32 bits, which its kind has seen to.
     *
     * @param setting its name
     * @param otherwise what holds when it was left out
     * @return it
     */
    default int count(String setting, int otherwise) {
        return Math.toIntExact(number(setting).orElse(otherwise));
    }
}
