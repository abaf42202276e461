package dev.flowir.examples.imagepipeline;

import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;

/** The tables. A migration that was released is never changed. */
final class Schema {

    static final Migrations TABLES =
            Migrations.of(
                    "image_pipeline",
                    Migration.sql(
                            "0001_classification",
                            """
                            CREATE TABLE ImageClassification (
                              organizationId TEXT NOT NULL,
                              key            TEXT NOT NULL,
                              eTag           TEXT NOT NULL,
                              name           TEXT NOT NULL,
                              status         TEXT NOT NULL CHECK (status IN
                                ('queued', 'running', 'succeeded', 'failed', 'dead-lettered')),
                              model          TEXT,
                              labels_json    TEXT,
                              error          TEXT,
                              createdAt      INTEGER NOT NULL,
                              updatedAt      INTEGER NOT NULL,
                              PRIMARY KEY (organizationId, key, eTag)
                            );
                            """),
                    Migration.sql(
                            "0002_what_went_wrong",
                            """
                            CREATE TABLE Failure (
                              id         TEXT PRIMARY KEY,
                              kind       TEXT NOT NULL CHECK (kind IN ('message', 'run')),
                              body       TEXT NOT NULL,
                              reason     TEXT NOT NULL,
                              attempts   INTEGER NOT NULL,
                              deadAt     INTEGER NOT NULL,
                              replayedAt INTEGER
                            );
                            CREATE TABLE Tombstone (
                              key       TEXT PRIMARY KEY,
                              deletedAt INTEGER NOT NULL
                            );
                            CREATE TABLE Superseded (
                              event TEXT PRIMARY KEY,
                              seenAt INTEGER NOT NULL
                            );
                            """),
                    Migration.sql(
                            "0003_calls",
                            """
                            CREATE TABLE ClassifierCall (
                              identity TEXT PRIMARY KEY,
                              requests INTEGER NOT NULL
                            );
                            """),
                    Migration.sql(
                            "0004_by_age",
                            """
                            CREATE INDEX SupersededByAge ON Superseded (seenAt);
                            CREATE INDEX TombstoneByAge ON Tombstone (deletedAt);
                            """));

    private Schema() {}
}
