package dev.flowir.wasm.guest;

import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;

/** Where in a guest something happened. */
final class Places {

    private Places() {}

    static String told(PolyglotException failure) {
        String said = failure.getMessage();
        String what = said == null ? "it failed and did not say why" : said;
        Optional<SourceSection> place =
                Stream.concat(
                                Stream.ofNullable(failure.getSourceLocation()),
                                StreamSupport.stream(
                                                failure.getPolyglotStackTrace().spliterator(),
                                                false)
                                        .filter(PolyglotException.StackFrame::isGuestFrame)
                                        .flatMap(frame ->
                                                Stream.ofNullable(frame.getSourceLocation())))
                        .filter(at -> at.isAvailable() && at.hasLines())
                        .findFirst();
        return place.map(Places::told)
                .filter(at -> !what.startsWith(at))
                .map(at -> what + " at " + at)
                .orElse(what);
    }

    private static String told(SourceSection place) {
        return place.getSource().getName()
                + ":"
                + place.getStartLine()
                + ":"
                + place.getStartColumn();
    }
}
