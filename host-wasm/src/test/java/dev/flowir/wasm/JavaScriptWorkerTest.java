package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.testing.Contract;
import dev.flowir.testing.HostBench;
import dev.flowir.testing.HostContract;
import dev.flowir.testing.Rule;
import dev.flowir.testing.Verdict;
import dev.flowir.wasm.build.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The suite for a worker of JavaScript. */
class JavaScriptWorkerTest extends WorkerdSuite {

    /**
     * Rules with bodies of 1 MiB, which an interpreter takes too long for, and those that need a
     * socket.
     */
    private static final Set<String> LARGE =
            Set.of("HOST-10", "HOST-21", "HOST-49", "HOST-50", "HOST-51", "HOST-52", "HOST-53");

    JavaScriptWorkerTest() {
        super(Target.JAVASCRIPT);
    }

    @Test
    void theSameAnswersComeFromGraalJsInsideAJvm() throws Exception {
        Contract<HostBench> contract = HostContract.rules();
        GraalHost host = GraalHost.of(folder());
        try {
            List<String> failed = new ArrayList<>();
            int passed = 0;
            for (Rule<HostBench> rule : contract.rules()) {
                if (LARGE.contains(rule.id())) {
                    continue;
                }
                switch (contract.verify(rule, clock -> host)) {
                    case Verdict.Passed it -> passed++;
                    case Verdict.Skipped it -> failed.add(it.toString());
                    case Verdict.Failed it -> failed.add(it.failure().getMessage());
                }
            }
            assertEquals(List.of(), failed);
            assertEquals(contract.rules().size() - LARGE.size(), passed);
        } finally {
            host.end();
        }
    }
}
