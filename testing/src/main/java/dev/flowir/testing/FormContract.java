package dev.flowir.testing;

import java.util.List;
import java.util.stream.Stream;

/** What every host keeps of forms with files: the same form gets the same answer. */
public final class FormContract {

    private FormContract() {}

    /** {@return the rules FORM-01 and on, of hosts that serve {@link FormFlows}} */
    public static Contract<FormBench> rules() {
        return new Contract<>(
                "forms",
                Stream.of(FormRules.all(), FormEndRules.all()).flatMap(List::stream).toList());
    }
}
