package dev.flowir.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What tokens say of the node that uses them. */
final class TokenHints {

    private TokenHints() {}

    /** Hints of all tokens, in order, without repeats. */
    static List<String> of(List<Token<?>> tokens, Function<Token<?>, List<String>> of) {
        List<String> all = new ArrayList<>();
        for (Token<?> token : tokens) {
            for (String hint : of.apply(token)) {
                if (!all.contains(hint)) {
                    all.add(hint);
                }
            }
        }
        return all;
    }
}
