package dev.flowir.testing;

import java.io.Closeable;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A defect that a kit must notice.
 *
 * @param defect what is wrong with the provider
 * @param kit the rules
 * @param opener opens a bench with the provider
 * @param noticed the rules that are about it
 */
record Planted<B extends Closeable>(
        String defect, Contract<B> kit, Contract.Opener<B> opener, Set<String> noticed) {

    /** Those of the rules that fail. */
    Set<String> failed() {
        return kit.rules().stream()
                .filter(rule -> noticed.contains(rule.id()))
                .map(rule -> kit.verify(rule, opener))
                .filter(Verdict.Failed.class::isInstance)
                .map(Verdict::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return kit.name() + ": " + defect;
    }
}
