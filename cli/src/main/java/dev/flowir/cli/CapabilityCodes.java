package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What capabilities refuse, explained. */
final class CapabilityCodes {

    private CapabilityCodes() {}

    static List<Code> all() {
        return List.of(
                kv(
                        "KV101",
                        "a key is empty",
                        "A key has at least one character.",
                        "give the key a name"),
                kv(
                        "KV102",
                        "a key is . or ..",
                        "These two names cannot be part of a URL.",
                        "use another key"),
                kv(
                        "KV103",
                        "a key is too long",
                        "Keys are bounded in bytes of UTF-8, by the limit profile.",
                        "shorten the key, or use a hash of it"),
                kv(
                        "KV104",
                        "a key has no UTF-8 form",
                        "Half of a surrogate pair stands alone in it.",
                        "make keys from whole characters"),
                kv(
                        "KV105",
                        "a value is too large",
                        "Values are bounded in bytes, by the limit profile.",
                        "keep large content as a blob and its name here"),
                kv(
                        "KV106",
                        "metadata is too large",
                        "The metadata of a key is bounded in bytes of JSON.",
                        "move content from the metadata into the value"),
                kv("KV107", "metadata is not JSON", "Metadata is one JSON text.", "write JSON"),
                kv(
                        "KV108",
                        "a time to live is zero or less",
                        "A key that is over when it is written cannot be meant.",
                        "give a positive time, or delete the key"),
                kv(
                        "KV109",
                        "a time to live is too short",
                        "The limit profile has a least time to live.",
                        "give a longer time"),
                kv(
                        "KV110",
                        "too many keys in one read",
                        "A read of many keys is bounded by the limit profile.",
                        "read in several parts"),
                kv(
                        "KV111",
                        "one read of many keys is too large",
                        "The values of one read are bounded together.",
                        "read fewer keys at once"),
                kv(
                        "KV112",
                        "a page has a size that is not allowed",
                        "A list gives at least one key and at most what the limit profile allows.",
                        "ask for a size in that range"),
                kv(
                        "KV113",
                        "a cursor was not made by a list",
                        "Cursors come from an earlier page and are passed back as they are.",
                        "begin the list anew"),
                kv(
                        "KV114",
                        "a key is written too often",
                        "The limit profile bounds writes of one key in a time.",
                        "wait, or write less often"),
                kv(
                        "KV115",
                        "an attempt makes too many calls",
                        "The limit profile bounds the calls of one attempt.",
                        "split the work over several nodes or runs"),
                kv(
                        "KV116",
                        "a cache time is too short",
                        "The limit profile has a least time for which places may keep what they read.",
                        "give a longer time"),
                kv(
                        "KV117",
                        "entries whose names are hashes are listed",
                        "The deployment keeps these keys as hashes, so that nobody can list them.",
                        "keep a list of keys as an entry, or bind without hmac_keys"),
                kv(
                        "KV118",
                        "a value cannot be decrypted",
                        "It was not written encrypted, its key is not bound, or it was changed or moved.",
                        "bind the key that it was written with beside the current one"),
                queue(
                        "QUEUE10104",
                        "there is no such queue",
                        "No queue of this name was declared in this store.",
                        "declare the queue, or correct its name"),
                queue(
                        "QUEUE10202",
                        "a delay is not allowed",
                        "A delay is not negative and at most what the limit profile allows.",
                        "give a delay in that range"),
                queue(
                        "QUEUE10204",
                        "a message is too large",
                        "One message is bounded in bytes, its envelope included.",
                        "keep large content elsewhere and send its name"),
                queue(
                        "QUEUE10205",
                        "the messages of one send are too large",
                        "The messages of one send are bounded together.",
                        "send in several parts"),
                queue(
                        "QUEUE10206",
                        "too many messages in one send",
                        "The number of messages in one send is bounded.",
                        "send in several parts"),
                queue(
                        "QUEUE10207",
                        "a body that should be JSON is none",
                        "The body was declared as JSON.",
                        "send JSON, or declare the body as text or bytes"),
                queue(
                        "QUEUE10250",
                        "too many messages in a second",
                        "The limit profile bounds the rate of a queue. Nothing was stored.",
                        "send again later"),
                queue(
                        "QUEUE10251",
                        "a queue is full",
                        "The size of a queue is bounded. Nothing was stored.",
                        "let consumers catch up and send again"),
                queue(
                        "QUEUE101",
                        "a send has no message",
                        "A send of nothing cannot be meant.",
                        "send at least one message"),
                queue(
                        "QUEUE102",
                        "a name that no queue can have",
                        "Names of queues are short and plain.",
                        "use letters, digits and hyphens"),
                queue(
                        "QUEUE103",
                        "a setting is not allowed",
                        "A setting of the queue is outside of what the limit profile allows. The message says which.",
                        "give a value in the range named"),
                queue(
                        "QUEUE104",
                        "a dead-letter queue does not fit",
                        "It is not there, or it leads back to the queue.",
                        "declare the dead-letter queue first, and make no ring"),
                queue(
                        "QUEUE105",
                        "there are too many queues",
                        "The number of queues in one store is bounded.",
                        "remove queues that are not used"),
                queue(
                        "QUEUE106",
                        "a queue has a consumer already",
                        "One queue has one active consumer.",
                        "end the other one first"),
                queue(
                        "QUEUE107",
                        "delivery is paused",
                        "Somebody paused the queue. Messages are kept.",
                        "resume delivery"),
                queue(
                        "QUEUE108",
                        "the lease of a message ended",
                        "The message belongs to a later delivery, or is gone. Nothing was changed.",
                        "stop working on it; raise the lease if the work takes that long"),
                queue(
                        "QUEUE109",
                        "a text is no lease of this queue",
                        "Leases come with messages and are passed back as they are.",
                        "use the lease of the message"),
                queue(
                        "QUEUE110",
                        "a redrive cannot mean what it says",
                        "It names itself, or no dead-letter queue. The message says which.",
                        "name the dead-letter queue and where its messages go"),
                queue(
                        "QUEUE111",
                        "a wait was interrupted",
                        "The caller was interrupted while it waited for room or for the disk. Nothing was written.",
                        "send again, when the work is still wanted"),
                queue(
                        "QUEUE112",
                        "a broker or consumer is closed",
                        "It was closed before the call. Nothing was written.",
                        "open it again"),
                sql(
                        "D1_ERROR",
                        "SQL was refused",
                        "The database refused a statement, or a limit of the profile was passed. The message says which.",
                        "correct the statement"),
                sql(
                        "D1_EXEC_ERROR",
                        "a line of a script was refused",
                        "A script ended at the line that the message names.",
                        "correct that line"),
                sql(
                        "D1_TYPE_ERROR",
                        "a value has no SQL type",
                        "Texts, numbers, bytes, booleans and nothing can be bound.",
                        "bind one of these"),
                sql(
                        "D1_COLUMN_NOTFOUND",
                        "a result has no such column",
                        "A column was asked for that the query does not give.",
                        "correct the name, or select the column"));
    }

    private static Code kv(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "key-value", Severity.ERROR, summary, explanation, suggestion);
    }

    private static Code queue(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "queue", Severity.ERROR, summary, explanation, suggestion);
    }

    private static Code sql(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "sql", Severity.ERROR, summary, explanation, suggestion);
    }
}
