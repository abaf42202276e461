package dev.flowir.s3;

import dev.flowir.testing.BlobBench;
import dev.flowir.testing.BlobContract;
import dev.flowir.testing.Contract;
import dev.flowir.testing.Rule;
import dev.flowir.testing.S3Server;
import dev.flowir.testing.TestClock;
import dev.flowir.testing.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a real server, which is killed where a rule asks for a restart. What S3Proxy with
 * a folder does not do is left out by name and reason; {@link S3WireTest} shows it.
 */
class S3ProxyTest {

    static final Map<String, String> NOT_BY_S3PROXY =
            Map.of(
                    "R2-15", "takes a part of an upload that is completed",
                    "R2-19", "keeps no key below another, such as img/a.png beside img",
                    "R2-08", "lists by UTF-16 instead of UTF-8, and looks at all files for a page",
                    "R2-09", "keeps no key below another, such as c//x beside c/d/e",
                    "R2-17", "a file name has 255 bytes at most",
                    "R2-102", "keys are paths of files there",
                    "R2-111", "compares an etag and writes in two steps",
                    "R2-22", "a thousand writes that force every file take too long here");

    private static S3Server server;
    private static Path folder;
    private static int rules;

    @BeforeAll
    static void start(@TempDir Path place) throws IOException {
        folder = place;
        server = S3Server.start(place);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static BlobBench open(TestClock clock) throws IOException {
        String bucket = "rule" + rules++;
        server.createBucket(bucket);
        return Benches.bench(
                server.endpoint(),
                bucket,
                folder,
                clock,
                () -> {
                    server.kill();
                    server.startAgain();
                });
    }

    @TestFactory
    Stream<DynamicTest> rules() {
        Contract<BlobBench> contract = BlobContract.rules();
        return contract.rules().stream()
                .filter(rule -> !NOT_BY_S3PROXY.containsKey(rule.id()))
                .map(rule ->
                        DynamicTest.dynamicTest(
                                rule.id() + " " + rule.title(), () -> report(contract, rule)));
    }

    private static void report(Contract<BlobBench> contract, Rule<BlobBench> rule) {
        switch (contract.verify(rule, S3ProxyTest::open)) {
            case Verdict.Passed passed -> {}
            case Verdict.Skipped skipped -> Assumptions.abort(skipped.reason());
            case Verdict.Failed failed -> throw failed.failure();
        }
    }
}
