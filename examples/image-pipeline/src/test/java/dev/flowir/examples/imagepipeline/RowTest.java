package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.imagepipeline.Messages.Classified;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.http.model.Label;
import dev.flowir.sql.SqlException;
import dev.flowir.sql.SqlProvider;
import dev.flowir.sql.SqlWriter;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of classifications and the statuses of its rows. */
class RowTest {

    private Store store;
    private SqlWriter db;

    @BeforeEach
    void open() {
        store = Store.inMemory(StoreOptions.defaults());
        store.migrate(Schema.TABLES);
        db = SqlProvider.on("images", store).outside("a test");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Job job(String eTag, String version, long uploaded) {
        return new Job("id", "acme", "cat.png", "acme/cat.png", eTag, version, uploaded, "");
    }

    private static Classified labels(Job job, String label) {
        return new Classified(job, "m", List.of(new Label(label, 1)));
    }

    private String status() {
        return Classifications.page(db, "acme", Long.MAX_VALUE, 10).getFirst().getValue().status();
    }

    @Test
    void r0_45_theTableHasTenColumnsAndComesByMigration() {
        assertEquals(
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
                )\
                """,
                db.first("SELECT sql FROM sqlite_master WHERE name = 'ImageClassification'")
                        .orElseThrow()
                        .text("sql"));
        assertEquals(List.of(), store.migrate(Schema.TABLES));
    }

    @Test
    void r0_36_aSecondRowOfOneIdentityIsRefusedByTheTable() {
        Classifications.begin(db, job("A", "1", 1), 1);
        String copy =
                "INSERT INTO ImageClassification SELECT * FROM ImageClassification WHERE 1 = 1";
        assertThrows(SqlException.class, () -> db.run(copy));
    }

    @Test
    void r0_38_eachStatusHasItsNextOnesAndNoOther() {
        Map<Status, Set<Status>> next =
                Map.of(
                        Status.QUEUED, EnumSet.of(Status.RUNNING, Status.FAILED),
                        Status.RUNNING, EnumSet.of(Status.SUCCEEDED, Status.FAILED),
                        Status.SUCCEEDED, EnumSet.noneOf(Status.class),
                        Status.FAILED, EnumSet.of(Status.QUEUED),
                        Status.DEAD_LETTERED, EnumSet.of(Status.QUEUED));
        for (Status status : Status.values()) {
            assertEquals(next.get(status), status.next());
            assertEquals(status, Status.ofWord(status.word()));
        }
    }

    @Test
    void r0_38_stepsThatTheTableDoesNotHaveChangeNothing() throws Exception {
        Job job = job("A", "1", 1);
        for (Status from : Status.values()) {
            db.run("DELETE FROM ImageClassification");
            Classifications.begin(db, job, 1);
            db.run("UPDATE ImageClassification SET status = ?", from.word());
            for (Status to :
                    List.of(Status.RUNNING, Status.FAILED, Status.QUEUED, Status.SUCCEEDED)) {
                db.run("UPDATE ImageClassification SET status = ?", from.word());
                boolean moved =
                        switch (to) {
                            case RUNNING -> Classifications.running(db, job, 2);
                            case FAILED -> Classifications.failed(db, job, "why", 2);
                            case QUEUED -> Classifications.queuedAgain(db, job, 2);
                            default -> Classifications.succeeded(db, labels(job, "cat"), 2);
                        };
                assertEquals(from.next().contains(to), moved, from + " to " + to);
                assertEquals(moved ? to.word() : from.word(), status());
            }
        }
        assertThrows(
                SqlException.class, () -> db.run("UPDATE ImageClassification SET status = 'lost'"));
    }

    @Test
    void r0_44_aSlowRunOfAnOlderUploadChangesNoRowOfANewerOne() throws Exception {
        Job older = job("A", "1", 1);
        Job newer = job("A", "3", 3);
        Classifications.begin(db, older, 1);
        assertTrue(Classifications.running(db, older, 1));
        Classifications.begin(db, newer, 3);
        assertTrue(Classifications.running(db, newer, 4));
        assertTrue(Classifications.succeeded(db, labels(newer, "new"), 5));
        assertFalse(Classifications.succeeded(db, labels(older, "old"), 6));
        assertFalse(Classifications.failed(db, older, "late", 7));
        assertEquals("succeeded", status());
        Classifications.begin(db, older, 8);
        assertEquals("succeeded", status(), "nor does an older one begin it anew");
    }
}
