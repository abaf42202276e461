package dev.flowir.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.Result;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed, on a real file: for three minutes, or as many seconds as {@code
 * -Dflowir.soak.seconds} says. It waits for other processes most of the time.
 */
class KillTest {

    private static final String SECONDS = "flowir.soak.seconds";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Kills a process again and again while it runs flows; then looks whether all adds up. */
    @Test
    void afterAnyKillEveryRunEndsAndEveryStepHappenedOnce(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bank.db");
        prepare(file);
        int last = -1;
        Random random = new Random(3);
        long until = System.nanoTime() + Integer.getInteger(SECONDS, 180) * 1_000_000_000L;
        int kills = 0;
        while (kills < 4 || System.nanoTime() < until) {
            last = startAndKill(KilledChild.class, file, last + 1, random.nextInt(80));
            kills++;
            ensureThatNothingIsHalf(file, kills);
        }
        System.out.println(kills + " processes were killed, " + last + " runs acknowledged");
        try (Store store = Store.open(file, StoreOptions.defaults());
                DurableRuntime runtime = KilledChild.open(store)) {
            for (int i = 0; i <= last; i++) {
                DurableRun<Integer> run = runtime.start(KilledChild.TEN, "run-" + i, i);
                Optional<Result<Integer>> result = run.await(PATIENCE);
                assertEquals(Optional.of(new Result.Value<>(i + 1)), result, run.id());
            }
            assertTrue(runtime.awaitIdle(PATIENCE));
            long runs = count(store, "SELECT count(*) FROM flowir_durable_runs");
            assertTrue(runs > last, runs + " runs, " + last + " acknowledged");
            assertEquals(10 * runs, count(store, "SELECT sum(balance) FROM account"));
            assertEquals(10 * runs, count(store, "SELECT count(*) FROM done"));
            assertEquals(10 * runs, count(store, "SELECT count(DISTINCT key) FROM done"));
        }
    }

    /** Looked at after each kill: steps and their records came together or not at all. */
    private static void ensureThatNothingIsHalf(Path file, int kills) {
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            long steps = count(store, "SELECT count(*) FROM done");
            assertEquals(steps, count(store, "SELECT sum(balance) FROM account"), kills + " kills");
            assertEquals(
                    steps, count(store, "SELECT count(DISTINCT key) FROM done"), kills + " kills");
        }
    }

    static void prepare(Path file) {
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            store.execute(tx -> {
                tx.run("CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER)");
                for (int i = 0; i < 10; i++) {
                    tx.run("INSERT INTO account VALUES (?, 0)", i);
                }
                tx.run("CREATE TABLE done (key TEXT)");
            });
        }
    }

    static long count(Store store, String sql) {
        return store.read(tx -> tx.first(sql, row -> row.getLong(1)).orElseThrow());
    }

    /** The last run that the process said was recorded. */
    static int startAndKill(Class<?> program, Path file, int first, int runs) throws IOException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElse("java"),
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-Djava.io.tmpdir=" + file.getParent(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        program.getName(),
                                        file.toString(),
                                        Integer.toString(first)))
                        .redirectErrorStream(true)
                        .start();
        int last = first - 1;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.chars().allMatch(Character::isDigit)) {
                    last = Integer.parseInt(line);
                }
                if (last == first + runs) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.onExit().join(); // then its lock on the store is gone
        assertTrue(last >= first, "the process recorded nothing");
        return last;
    }
}
