package dev.flowir.durable;

import dev.flowir.store.Migration;
import dev.flowir.store.Migrations;

/** Tables of the journal in a store, as they came to be: what was applied is never edited. */
final class Schema {

    static final Migrations ALL =
            Migrations.of(
                    "durable",
                    Migration.sql(
                            "0001_runs",
                            """
                            CREATE TABLE flowir_durable_runs (
                              run INTEGER PRIMARY KEY AUTOINCREMENT,
                              id TEXT NOT NULL UNIQUE,
                              generation INTEGER NOT NULL,
                              flow TEXT NOT NULL,
                              version TEXT NOT NULL,
                              plan TEXT NOT NULL,
                              state INTEGER NOT NULL,
                              created_at INTEGER NOT NULL,
                              updated_at INTEGER NOT NULL,
                              tail INTEGER NOT NULL,
                              due_at INTEGER,
                              code TEXT,
                              message TEXT,
                              reason TEXT NOT NULL,
                              output BLOB
                            );
                            CREATE INDEX flowir_durable_open
                              ON flowir_durable_runs (state, run) WHERE state < 10;
                            CREATE INDEX flowir_durable_due
                              ON flowir_durable_runs (due_at) WHERE due_at IS NOT NULL;
                            CREATE INDEX flowir_durable_over
                              ON flowir_durable_runs (updated_at) WHERE state >= 10;
                            CREATE TABLE flowir_durable_records (
                              place INTEGER PRIMARY KEY,
                              run INTEGER NOT NULL,
                              previous INTEGER NOT NULL,
                              bytes BLOB NOT NULL
                            );
                            CREATE TABLE flowir_durable_mark (
                              one INTEGER PRIMARY KEY CHECK (one = 1),
                              place INTEGER NOT NULL
                            );
                            INSERT INTO flowir_durable_mark VALUES (1, 0);
                            """),
                    Migration.sql(
                            "0002_schedules",
                            """
                            CREATE TABLE flowir_durable_schedules (
                              name TEXT PRIMARY KEY,
                              looked_at INTEGER NOT NULL,
                              last_run TEXT NOT NULL
                            ) WITHOUT ROWID;
                            """),
                    Migration.sql(
                            "0003_large",
                            """
                            CREATE TABLE flowir_durable_large (
                              run INTEGER NOT NULL,
                              name TEXT NOT NULL,
                              PRIMARY KEY (run, name)
                            ) WITHOUT ROWID;
                            CREATE INDEX flowir_durable_large_name
                              ON flowir_durable_large (name);
                            ALTER TABLE flowir_durable_runs
                              ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;
                            """),
                    Migration.sql(
                            "0004_requests",
                            """
                            CREATE TABLE flowir_durable_requests (
                              number INTEGER PRIMARY KEY AUTOINCREMENT,
                              run INTEGER NOT NULL,
                              asked_at INTEGER NOT NULL,
                              text TEXT NOT NULL,
                              refused TEXT NOT NULL
                            );
                            CREATE INDEX flowir_durable_requests_run
                              ON flowir_durable_requests (run);
                            """),
                    Migration.sql(
                            "0005_turns",
                            """
                            CREATE TABLE flowir_durable_turns (
                              number INTEGER PRIMARY KEY AUTOINCREMENT,
                              run INTEGER UNIQUE,
                              flow TEXT NOT NULL,
                              key TEXT NOT NULL,
                              began_at INTEGER
                            );
                            CREATE INDEX flowir_durable_turns_line
                              ON flowir_durable_turns (flow, key, number)
                              WHERE began_at IS NULL;
                            CREATE INDEX flowir_durable_turns_began
                              ON flowir_durable_turns (flow, key, began_at)
                              WHERE began_at IS NOT NULL;
                            CREATE INDEX flowir_durable_turns_over
                              ON flowir_durable_turns (flow, began_at) WHERE run IS NULL;
                            """),
                    Migration.sql(
                            "0006_addresses",
                            """
                            CREATE TABLE flowir_durable_awaiting (
                              flow TEXT NOT NULL,
                              signal TEXT NOT NULL,
                              run INTEGER NOT NULL,
                              PRIMARY KEY (flow, signal, run)
                            ) WITHOUT ROWID;
                            CREATE INDEX flowir_durable_awaiting_run
                              ON flowir_durable_awaiting (run);
                            CREATE TABLE flowir_durable_early (
                              number INTEGER PRIMARY KEY AUTOINCREMENT,
                              flow TEXT NOT NULL,
                              signal TEXT NOT NULL,
                              kept_at INTEGER NOT NULL,
                              payload BLOB NOT NULL,
                              UNIQUE (flow, signal)
                            );
                            CREATE INDEX flowir_durable_early_kept
                              ON flowir_durable_early (kept_at);
                            """),
                    Migration.sql(
                            "0007_blocks",
                            """
                            CREATE TABLE flowir_durable_blocks (
                              place INTEGER PRIMARY KEY,
                              run INTEGER NOT NULL,
                              previous INTEGER NOT NULL,
                              records INTEGER NOT NULL,
                              bytes BLOB NOT NULL
                            );
                            """),
                    Migration.sql(
                            "0008_feeds",
                            """
                            CREATE TABLE flowir_durable_feeds (
                              number INTEGER PRIMARY KEY AUTOINCREMENT,
                              name TEXT NOT NULL UNIQUE,
                              flow TEXT NOT NULL,
                              windows TEXT NOT NULL,
                              state TEXT NOT NULL,
                              created_at INTEGER NOT NULL,
                              updated_at INTEGER NOT NULL,
                              clock INTEGER NOT NULL,
                              watermark INTEGER NOT NULL,
                              inputs INTEGER NOT NULL DEFAULT 0,
                              waiting INTEGER NOT NULL DEFAULT 0,
                              items INTEGER NOT NULL DEFAULT 0,
                              owed INTEGER NOT NULL DEFAULT 0,
                              runs INTEGER NOT NULL DEFAULT 0,
                              told INTEGER NOT NULL DEFAULT 0,
                              late INTEGER NOT NULL DEFAULT 0,
                              aside INTEGER NOT NULL DEFAULT 0
                            );
                            CREATE TABLE flowir_durable_feed_items (
                              number INTEGER PRIMARY KEY AUTOINCREMENT,
                              feed INTEGER NOT NULL,
                              state INTEGER NOT NULL,
                              at INTEGER NOT NULL,
                              watermark INTEGER,
                              code TEXT,
                              message TEXT,
                              payload BLOB NOT NULL
                            );
                            CREATE INDEX flowir_durable_feed_items_state
                              ON flowir_durable_feed_items (feed, state, number);
                            CREATE TABLE flowir_durable_feed_runs (
                              run INTEGER PRIMARY KEY,
                              feed INTEGER NOT NULL,
                              kind TEXT NOT NULL,
                              counts INTEGER NOT NULL
                            );
                            CREATE INDEX flowir_durable_feed_runs_feed
                              ON flowir_durable_feed_runs (feed);
                            CREATE TABLE flowir_durable_feed_ids (
                              feed INTEGER NOT NULL,
                              id TEXT NOT NULL,
                              came_at INTEGER NOT NULL,
                              PRIMARY KEY (feed, id)
                            ) WITHOUT ROWID;
                            CREATE INDEX flowir_durable_feed_ids_came
                              ON flowir_durable_feed_ids (came_at);
                            """));

    private Schema() {}
}
