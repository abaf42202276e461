package dev.flowir.testing;

import java.io.Closeable;
import java.util.Optional;
import java.util.Set;

/**
 * A defect in the library's own code that a kit must notice.
 *
 * @param what it does wrong
 * @param type name of the class
 * @param method the method that goes wrong
 * @param wrong how
 * @param also what else goes wrong with it
 * @param noticed the rules that are about it
 */
record LibraryDefect(
        String what,
        String type,
        String method,
        Twist.Wrong wrong,
        Optional<LibraryDefect> also,
        Set<String> noticed) {

    static LibraryDefect of(
            String what, String type, String method, Twist.Wrong wrong, String... noticed) {
        return new LibraryDefect(what, type, method, wrong, Optional.empty(), Set.of(noticed));
    }

    /** Where two things stand against it, both go wrong. */
    LibraryDefect and(LibraryDefect other) {
        return new LibraryDefect(what, type, method, wrong, Optional.of(other), noticed);
    }

    /** Those of the rules that fail. */
    @SuppressWarnings("try") // planted as long as they are open
    <B extends Closeable> Set<String> failed(Contract<B> kit, Contract.Opener<? extends B> opener)
            throws Exception {
        try (Twist first = plant();
                Closeable second = also.isPresent() ? also.get().plant() : () -> {}) {
            return new Planted<B>(what, kit, opener::open, noticed).failed();
        }
    }

    private Twist plant() throws ClassNotFoundException {
        return Twist.of(type, method, wrong);
    }

    @Override
    public String toString() {
        return what;
    }
}
