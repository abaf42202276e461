package dev.flowir.examples.imagepipeline;

import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;

/** The tables. A migration that was released is never changed. */
final class Schema {

    static final Migrations TABLES =
            Migrations.of(
                    "image_pipeline",
                    Tables.steps().entrySet().stream()
                            .map(step -> Migration.sql(step.getKey(), step.getValue()))
                            .toArray(Migration[]::new));

    private Schema() {}
}
