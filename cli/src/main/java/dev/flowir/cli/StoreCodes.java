package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What can go wrong with a store, explained. */
final class StoreCodes {

    private StoreCodes() {}

    static List<Code> all() {
        return List.of(
                store(
                        "STORE101",
                        "a store is open elsewhere",
                        "One store has one process. The message names the other.",
                        "close it there, or open another file"),
                store(
                        "STORE102",
                        "a store cannot be written",
                        "The file or its folder refuses writing.",
                        "correct the permissions, or choose another folder"),
                store(
                        "STORE103",
                        "a file is no store",
                        "It is no SQLite database, or one of another application.",
                        "name the file of a store, or a new one"),
                store(
                        "STORE104",
                        "a setting was not granted",
                        "SQLite refused a setting that the guarantees need, such as WAL.",
                        "put the file on a local disk"),
                store(
                        "STORE105",
                        "a store is damaged",
                        "The file does not hold together.",
                        "restore a copy; SQLite's own tools may rescue rows"),
                store(
                        "STORE201",
                        "a store has no room for more work",
                        "The queue of writes or reads is full. Nothing was written.",
                        "try again later; slow the callers down"),
                store(
                        "STORE202",
                        "a store is closed",
                        "It is closed or closing. Nothing was written.",
                        "open it again"),
                store(
                        "STORE203",
                        "a store stopped writing",
                        "An earlier failure of the disk stopped all writing. Nothing was written.",
                        "read the first failure in the log; open the store again"),
                store(
                        "STORE204",
                        "a transaction was withdrawn",
                        "The caller was interrupted before its turn came. Nothing was written.",
                        "call again, when the work is still wanted"),
                store(
                        "STORE205",
                        "a transaction took too long",
                        "The time given to it is over. Nothing was written.",
                        "try again, or give more time"),
                store(
                        "STORE206",
                        "a call is in the wrong place",
                        "It cannot mean what it says where it is, for example another store inside a transaction.",
                        "move the call"),
                store(
                        "STORE301",
                        "a commit failed",
                        "Whether the transaction survives a restart is unknown.",
                        "open the store again and look"),
                store(
                        "STORE302",
                        "a neighbour ended the group",
                        "Transactions share a commit, and another one ended it. Nothing was written.",
                        "call again"),
                store(
                        "STORE303",
                        "the disk is full",
                        "The disk, or the size given to the store, is used up. Nothing was written.",
                        "make room"),
                store(
                        "STORE304",
                        "the disk failed",
                        "Reading or writing the file failed.",
                        "look at the disk and the system's log"),
                store(
                        "STORE305",
                        "a constraint refused a row",
                        "The schema does not allow these values.",
                        "correct the values"),
                store(
                        "STORE306",
                        "SQLite refused a statement",
                        "The message says why.",
                        "correct the statement"),
                store(
                        "STORE307",
                        "a text or blob is too long",
                        "It is longer than SQLite takes.",
                        "keep large content as a file"),
                store(
                        "STORE308",
                        "another program holds the file",
                        "Some program has SQLite's own lock.",
                        "close that program, or try again"),
                store(
                        "STORE309",
                        "a statement is not allowed",
                        "Transactions belong to the store.",
                        "leave BEGIN, COMMIT, ROLLBACK and the like out"),
                store(
                        "STORE310",
                        "a parameter does not fit",
                        "SQLite does not know its type, or there are too many or too few.",
                        "pass one value of a known type per place"),
                store(
                        "STORE401",
                        "a migration was changed",
                        "It was applied with another text.",
                        "put the old text back and add a new migration"),
                store(
                        "STORE402",
                        "a migration failed",
                        "It left nothing; the ones before it stay.",
                        "correct it and start again"),
                store(
                        "STORE403",
                        "a store is from a newer version",
                        "It has migrations that this program does not know.",
                        "run the newer program"));
    }

    private static Code store(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "store", Severity.ERROR, summary, explanation, suggestion);
    }
}
