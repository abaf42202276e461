package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.examples.taskrunner.Messages.Sweep;
import dev.flowir.examples.taskrunner.Messages.Swept;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;
import dev.flowir.store.Store;
import org.junit.jupiter.api.Test;

/** The suite on tables. */
class D1TasksTest extends EdgeTasksSuite {

    private final D1Tasks flows = new D1Tasks(Steps.WORK, "db", "tasks", this::now);

    @Override
    EdgeStoredTasks<?, ?> flows() {
        return flows;
    }

    @Override
    CapabilityProvider keeper(Store in) {
        in.migrate(
                Migrations.of(
                        "edge",
                        Migration.sql(
                                D1Tasks.FIRST_STEP,
                                String.join(";\n", D1Tasks.FIRST_SCHEMA) + ";")));
        return SqlProvider.on("db", in);
    }

    @Override
    void expire() {
        runtime().run(flows.sweep(), new Sweep(now())).orThrow();
    }

    @Test
    void theSweepTellsHowManyRowsItRemoved() {
        runtime().run(flows.create(), JsonValue.text("work")).orThrow();
        long over = now() + Settings.TIME_TO_LIVE.toSeconds() + 1;
        assertEquals(new Swept(1), runtime().run(flows.sweep(), new Sweep(over)).orThrow());
        assertEquals(new Swept(0), runtime().run(flows.sweep(), new Sweep(over)).orThrow());
    }
}
