package dev.flowir.benchmarks.redis;

import dev.flowir.benchmarks.Machine;
import dev.flowir.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures key-value and queues on Redis beside the bare client, on one server that writes to the
 * disk before it answers: the program behind {@code ./bench redis}.
 */
@Command(
        name = "bench redis",
        mixinStandardHelpOptions = true,
        description = "Measures capabilities on Redis beside the bare client, in one report.")
public final class RedisBench implements Callable<Integer> {

    @Option(
            names = "--seconds",
            description = "Of each measurement; the first round warms up; ${DEFAULT-VALUE}.")
    private int seconds = 5;

    @Option(
            names = "--rounds",
            description = "After that; the middle of them counts; ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--under-way", description = "Calls at the same time; ${DEFAULT-VALUE}.")
    private int underWay = 64;

    @Option(
            names = "--flood",
            paramLabel = "SECONDS",
            description = "Sends 5,000 messages in each second for so long; ${DEFAULT-VALUE}.")
    private int flood = 60;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where data and the report go; ${DEFAULT-VALUE} unless told.")
    private Path into = Path.of("target/bench/redis");

    @Option(names = "--hold", hidden = true)
    private int hold;

    private RedisBench() {}

    /**
     * Runs.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RedisBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (hold > 0) {
            Takeover.hold(hold);
            return CommandLine.ExitCode.OK;
        }
        Files.createDirectories(into);
        Path data = Files.createTempDirectory(into, "data");
        try (RedisServer server = RedisServer.start(data, RedisServer.Fsync.ALWAYS)) {
            Map<Contender, Going.Rate> rates = rates(server);
            double takeover = Takeover.seconds(server);
            Flood flooded = Flood.of(server, RedisReport.FLOOD_PER_SECOND, flood);
            String report =
                    RedisReport.of(
                            Machine.inWords(), seconds, rounds, underWay, rates, takeover, flooded);
            Files.writeString(into.resolve("redis.md"), report);
            System.out.println(report);
            return flooded.lost() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Map<Contender, Going.Rate> rates(RedisServer server)
            throws IOException, InterruptedException {
        Map<Contender, List<Going.Rate>> all = new EnumMap<>(Contender.class);
        try (Scene scene = new Scene(server)) {
            scene.fill(underWay);
            for (int round = 0; round <= rounds; round++) {
                for (Contender each : Contender.values()) {
                    Going.Rate rate = scene.measure(each, underWay, seconds);
                    System.out.printf("%s: %,.0f a second%n", each, rate.perSecond());
                    if (round > 0) {
                        all.computeIfAbsent(each, key -> new ArrayList<>()).add(rate);
                    }
                }
            }
        }
        Map<Contender, Going.Rate> middle = new EnumMap<>(Contender.class);
        all.forEach((each, measured) -> {
            measured.sort(Comparator.comparingDouble(Going.Rate::perSecond));
            middle.put(each, measured.get(measured.size() / 2));
        });
        return middle;
    }
}
