package dev.flowir.benchmarks.s3;

import dev.flowir.benchmarks.Machine;
import dev.flowir.benchmarks.processes.Going;
import dev.flowir.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures blobs on S3 beside the bare client, on one server: the program behind {@code ./bench
 * s3}.
 */
@Command(
        name = "bench s3",
        mixinStandardHelpOptions = true,
        description = "Measures blobs on S3 beside the bare client, in one report.")
public final class S3Bench implements Callable<Integer> {

    private static final String BUCKET = "bench";

    /** Objects are overwritten, so that the disk stays as it is. */
    private static final int KEYS = 8;

    @Option(
            names = "--seconds",
            description = "Of each measurement, the first half to warm up; ${DEFAULT-VALUE}.")
    private int seconds = 2;

    @Option(names = "--rounds", description = "The middle of them counts; ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where data and the report go; ${DEFAULT-VALUE} unless told.")
    private Path into = Path.of("target/bench/s3");

    private S3Bench() {}

    /**
     * Runs.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new S3Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(into);
        Path data = Files.createTempDirectory(into, "data");
        try (S3Server server = S3Server.start(data, BUCKET)) {
            Map<Move, Map<Bucket.Who, Rate>> rates = rates(server);
            String report = S3Report.of(Machine.inWords(), seconds, rounds, rates);
            Files.writeString(into.resolve("s3.md"), report);
            System.out.println(report);
            return CommandLine.ExitCode.OK;
        }
    }

    /** Both in each round, by turns first. */
    private Map<Move, Map<Bucket.Who, Rate>> rates(S3Server server)
            throws IOException, InterruptedException {
        Map<Move, Map<Bucket.Who, List<Rate>>> all = new LinkedHashMap<>();
        try (Bucket bare = new BareBucket(server, BUCKET);
                Bucket ours = new OurBucket(server, BUCKET)) {
            for (int round = 0; round < rounds; round++) {
                for (Move move : Move.all()) {
                    byte[] content = new byte[move.bytes()];
                    for (Bucket.Who who : order(round)) {
                        Bucket bucket = who == Bucket.Who.BARE ? bare : ours;
                        Rate rate = measure(bucket, move, content);
                        System.out.printf("%s, %s: %s%n", move.inWords(), who, rate);
                        all.computeIfAbsent(move, key -> new EnumMap<>(Bucket.Who.class))
                                .computeIfAbsent(who, key -> new ArrayList<>())
                                .add(rate);
                    }
                }
            }
        }
        Map<Move, Map<Bucket.Who, Rate>> middle = new LinkedHashMap<>();
        all.forEach((move, both) -> {
            Map<Bucket.Who, Rate> of = new EnumMap<>(Bucket.Who.class);
            both.forEach((who, measured) -> of.put(who, Rate.middle(measured)));
            middle.put(move, of);
        });
        return middle;
    }

    private static List<Bucket.Who> order(int round) {
        return round % 2 == 0
                ? List.of(Bucket.Who.BARE, Bucket.Who.OURS)
                : List.of(Bucket.Who.OURS, Bucket.Who.BARE);
    }

    private Rate measure(Bucket bucket, Move move, byte[] content)
            throws IOException, InterruptedException {
        if (move.way() == Move.Way.GET) {
            for (int i = 0; i < KEYS; i++) {
                bucket.put(key(move, i), new ByteArrayInputStream(content), content.length);
            }
        }
        AtomicInteger next = new AtomicInteger();
        Going.Once once =
                done -> {
                    String key = key(move, Math.floorMod(next.getAndIncrement(), KEYS));
                    if (move.way() == Move.Way.PUT) {
                        bucket.put(key, new ByteArrayInputStream(content), content.length);
                    } else if (bucket.get(key) != content.length) {
                        throw new IllegalStateException("not all of " + key + " came");
                    }
                    done.increment();
                };
        return Rate.of(Going.on(move.callers(), seconds, once), move.bytes());
    }

    private static String key(Move move, int number) {
        return move.bytes() + "/" + number;
    }

    /**
     * How fast bytes moved.
     *
     * @param perSecond objects in a second
     * @param bytesPerSecond bytes in a second
     * @param micros processor time of an object in this process, in microseconds
     */
    record Rate(double perSecond, double bytesPerSecond, double micros) {

        static Rate of(Going.Counted counted, int bytes) {
            if (counted.steps() == 0) {
                throw new IllegalStateException(
                        "nothing ended in the time that counts; measure longer, by --seconds");
            }
            double perSecond = counted.steps() * 1e9 / counted.nanos();
            return new Rate(
                    perSecond, perSecond * bytes, counted.processorNanos() / 1e3 / counted.steps());
        }

        static Rate middle(List<Rate> measured) {
            return measured.stream()
                    .sorted(Comparator.comparingDouble(Rate::perSecond))
                    .toList()
                    .get(measured.size() / 2);
        }
    }
}
