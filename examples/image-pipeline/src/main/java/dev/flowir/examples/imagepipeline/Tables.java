package dev.flowir.examples.imagepipeline;

import java.util.LinkedHashMap;
import java.util.Map;

/** The schema, in steps: statements by the name of their step. One that was released stays. */
final class Tables {

    private Tables() {}

    /** The steps in their order; statements end with a semicolon at the end of a line. */
    static Map<String, String> steps() {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put(
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
                """);
        steps.put(
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
                """);
        steps.put(
                "0003_calls",
                """
                CREATE TABLE ClassifierCall (
                  identity TEXT PRIMARY KEY,
                  requests INTEGER NOT NULL
                );
                """);
        steps.put(
                "0004_by_age",
                """
                CREATE INDEX SupersededByAge ON Superseded (seenAt);
                CREATE INDEX TombstoneByAge ON Tombstone (deletedAt);
                """);
        return steps;
    }
}
