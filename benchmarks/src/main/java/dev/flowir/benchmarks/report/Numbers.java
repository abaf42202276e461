package dev.flowir.benchmarks.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as the report shows them. */
final class Numbers {

    private Numbers() {}

    /** {@return a time with a unit that suits it} */
    static String time(double nanos) {
        if (nanos < 1e3) {
            return digits(nanos) + " ns";
        }
        return nanos < 1e6 ? digits(nanos / 1e3) + " µs" : digits(nanos / 1e6) + " ms";
    }

    /** {@return a size in bytes} */
    static String bytes(OptionalDouble bytes) {
        return bytes.isEmpty() ? "–" : String.format(Locale.ROOT, "%.0f", bytes.getAsDouble());
    }

    /** {@return a share in percent} */
    static String share(OptionalDouble share) {
        return share.isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "±%.0f %%", 100 * share.getAsDouble());
    }

    /** {@return three digits or so} */
    static String digits(double number) {
        if (number >= 100) {
            return String.format(Locale.ROOT, "%.0f", number);
        }
        return String.format(Locale.ROOT, number >= 10 ? "%.1f" : "%.2f", number);
    }
}
