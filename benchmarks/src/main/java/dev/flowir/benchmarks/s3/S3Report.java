package dev.flowir.benchmarks.s3;

import java.util.Locale;
import java.util.Map;

/** The report in Markdown. The goal is that of the project, met or not. */
final class S3Report {

    private static final double LEAST = 0.9;
    private static final double MEBIBYTE = 1 << 20;

    private S3Report() {}

    static String of(
            String machine,
            int seconds,
            int rounds,
            Map<Move, Map<Bucket.Who, S3Bench.Rate>> rates) {
        StringBuilder text = new StringBuilder("# Blobs on S3 beside the bare client\n\n");
        text.append("Written by `./bench s3`, which makes yours. ")
                .append(machine)
                .append(".\n\n")
                .append(
                        String.format(
                                Locale.ROOT,
                                "S3Proxy over a folder of the same machine, in a process of its own"
                                        + " with a heap of 256 MiB. %d s each, of which the second"
                                        + " half counts, the middle of %d, both by turns first. The"
                                        + " bare client is the AWS SDK with the same HTTP client"
                                        + " and no trailing checksums, so that the same bytes are"
                                        + " on their way. Processor time is that of the calling"
                                        + " process.%n%n",
                                seconds,
                                rounds))
                .append("| | bare, MiB/s | Flow IR, MiB/s | of bare (goal 0.9) | | bare,")
                .append(" processor µs | Flow IR, processor µs |\n")
                .append("|---|--:|--:|--:|---|--:|--:|\n");
        rates.forEach((move, both) -> {
            S3Bench.Rate bare = both.get(Bucket.Who.BARE);
            S3Bench.Rate ours = both.get(Bucket.Who.OURS);
            if (bare != null && ours != null) {
                text.append(row(move, bare, ours));
            }
        });
        return text.toString();
    }

    private static String row(Move move, S3Bench.Rate bare, S3Bench.Rate ours) {
        double ratio = ours.perSecond() / bare.perSecond();
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %s | %,.0f | %,.0f |%n",
                move.inWords(),
                bare.bytesPerSecond() / MEBIBYTE,
                ours.bytesPerSecond() / MEBIBYTE,
                ratio,
                ratio >= LEAST ? "met" : "**falls short**",
                bare.micros(),
                ours.micros());
    }
}
