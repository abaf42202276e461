package dev.flowir.benchmarks.redis;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The report in Markdown. Goals are those of the project, met or not. */
final class RedisReport {

    /** What the goal of a steady flow is. */
    static final int FLOOD_PER_SECOND = 5000;

    private static final double LEAST = 0.8;

    private final StringBuilder text = new StringBuilder();

    private RedisReport() {}

    static String of(
            String machine,
            int seconds,
            int rounds,
            int underWay,
            Map<Contender, Going.Rate> rates,
            double takeoverSeconds,
            Flood flood) {
        RedisReport report = new RedisReport();
        report.line("# Capabilities on Redis beside the bare client");
        report.line("");
        report.line(
                String.format(
                        Locale.ROOT,
                        "Written by `./bench redis`, which makes yours. %s.",
                        machine));
        report.line("");
        report.line(
                String.format(
                        Locale.ROOT,
                        "One server with `appendfsync always` on the same machine; values and messages of"
                                + " 200 bytes; %d calls under way; %d s each, after a round to warm up, the"
                                + " middle of %d. The bare client, Lettuce, pipelines on one thread: `GET`,"
                                + " `SET`, `XADD`, and `XREADGROUP`, `XACK` and `XDEL` of up to %d. Ours"
                                + " calls from a virtual thread for each call, with all that it promises."
                                + " What the bare client would have to do for that, with plain commands"
                                + " between `MULTI` and `EXEC`, is measured beside: `HSET` and `ZADD` for"
                                + " an entry with metadata and expiry that lists find; `XADD`, `ZADD` and"
                                + " two `HINCRBY` for a message that can be late, leased and counted. It"
                                + " still has no conditions, no bounds and no dead letters.",
                        underWay,
                        seconds,
                        rounds,
                        Scene.BATCH));
        report.line("");
        report.rates(rates);
        report.line("");
        report.goals(rates, takeoverSeconds, flood);
        return report.text.toString();
    }

    private void rates(Map<Contender, Going.Rate> rates) {
        line(
                "| | bare, a second | same effect, a second | Flow IR, a second"
                        + " | bare, processor µs | Flow IR, processor µs |");
        line("|---|--:|--:|--:|--:|--:|");
        rates.forEach((who, rate) -> {
            if (who.isOurs()) {
                Going.Rate bare = of(rates, who.bare());
                String same =
                        who.same()
                                .map(plain ->
                                        String.format(
                                                Locale.ROOT, "%,.0f", of(rates, plain).perSecond()))
                                .orElse("");
                line(
                        String.format(
                                Locale.ROOT,
                                "| %s | %,.0f | %s | %,.0f | %.1f | %.1f |",
                                who.work(),
                                bare.perSecond(),
                                same,
                                rate.perSecond(),
                                bare.micros(),
                                rate.micros()));
            }
        });
    }

    private static Going.Rate of(Map<Contender, Going.Rate> rates, Contender who) {
        return Objects.requireNonNull(rates.get(who));
    }

    private void goals(Map<Contender, Going.Rate> rates, double takeoverSeconds, Flood flood) {
        line("| goal | measured | |");
        line("|---|--:|---|");
        rates.forEach((who, rate) -> {
            if (who.isOurs()) {
                double is = rate.perSecond() / of(rates, who.bare()).perSecond();
                row("%s: ≥ 0.8 × bare".formatted(who.work()), "%.2f ×", is, is >= LEAST);
            }
        });
        double leases = takeoverSeconds * 1000 / Takeover.LEASE.toMillis();
        row(
                "what a killed process held is with another within 2 leases",
                "%.2f leases",
                leases,
                leases <= 2);
        row(
                "%,d messages at %,d a second: none lost".formatted(flood.sent(), FLOOD_PER_SECOND),
                "%.0f lost",
                (double) flood.lost(),
                flood.lost() == 0 && flood.perSecond() >= 0.99 * FLOOD_PER_SECOND);
        line("");
        line(
                String.format(
                        Locale.ROOT,
                        "The flow was %,.0f messages a second; %,d waited at most, and %,d were delivered"
                                + " again.",
                        flood.perSecond(),
                        flood.mostBacklog(),
                        flood.twice()));
    }

    private void row(String goal, String form, double is, boolean met) {
        line(
                String.format(
                        Locale.ROOT,
                        "| %s | %s | %s |",
                        goal,
                        String.format(Locale.ROOT, form, is),
                        met ? "met" : "**falls short**"));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
