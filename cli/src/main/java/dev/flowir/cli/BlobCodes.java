package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What blob stores refuse, explained. */
final class BlobCodes {

    private BlobCodes() {}

    static List<Code> all() {
        return List.of(
                blob(
                        "BLOB101",
                        "a key is no key",
                        "A key has at least one character, has a UTF-8 form, and is bounded in bytes by the limit profile.",
                        "shorten the key, or use a hash of it"),
                blob(
                        "BLOB102",
                        "custom metadata is too large",
                        "Names and values of the metadata are bounded in bytes of UTF-8, by the limit profile.",
                        "move content from the metadata into the object"),
                blob(
                        "BLOB103",
                        "metadata cannot be a header",
                        "A value has control characters, or half of a surrogate pair.",
                        "make header values from whole, printable characters"),
                blob(
                        "BLOB104",
                        "a body is too large",
                        "One put or part is bounded by the limit profile.",
                        "send the object in several parts: putStream does it by itself"),
                blob(
                        "BLOB105",
                        "a body has no known length",
                        "The limit profile takes only bodies whose length is said before.",
                        "say the length, or call putStream, which sends the body in parts"),
                blob(
                        "BLOB106",
                        "a body has another length than was said",
                        "More or fewer bytes came; nothing was stored.",
                        "say the length of what is sent"),
                blob(
                        "BLOB107",
                        "reading a body failed",
                        "The source of the body threw; nothing was stored, and its exception is the cause.",
                        "look at the cause, then put again"),
                blob(
                        "BLOB108",
                        "a checksum does not match",
                        "The bytes that came are not those the checksum was made of; nothing was stored.",
                        "make the checksum of the very bytes that are sent, or send them again"),
                blob(
                        "BLOB109",
                        "a range has no byte of the object",
                        "It begins at or behind the end, or is empty.",
                        "ask for a range within the size that head tells"),
                blob(
                        "BLOB110",
                        "a condition did not hold",
                        "The object is another than the caller expected, and nothing was written.",
                        "read the object again and decide anew"),
                blob(
                        "BLOB111",
                        "there is no object to copy",
                        "The source of a copy is not there.",
                        "copy an object that exists"),
                blob(
                        "BLOB112",
                        "too many keys in one delete",
                        "A delete of many keys is bounded by the limit profile.",
                        "delete in several parts"),
                blob(
                        "BLOB113",
                        "a page has no such size",
                        "A page has at least one object, and at most what the limit profile says.",
                        "ask for a page within the limit, and walk on the cursor"),
                blob(
                        "BLOB114",
                        "a cursor is of another list",
                        "A cursor goes on with the list it came from: same prefix, unchanged.",
                        "give back the cursor of the page before, and the same prefix"),
                blob(
                        "BLOB115",
                        "an argument makes no sense",
                        "The message names it.",
                        "correct the argument that the message names"),
                blob(
                        "BLOB121",
                        "there is no such upload",
                        "It was completed, aborted, expired, or never begun.",
                        "begin another upload"),
                blob(
                        "BLOB122",
                        "a part is not as it was said",
                        "It is not there, is named twice, has another etag, or another size than the others.",
                        "complete with the parts that uploadPart returned, all but the last of one size"),
                blob(
                        "BLOB123",
                        "a part is too small",
                        "All parts but the last have a least size, by the limit profile.",
                        "send larger parts"),
                blob(
                        "BLOB131",
                        "two rules tell of the same change",
                        "Their prefixes and suffixes overlap, so that one change would be told twice.",
                        "give each rule a part of the keys of its own"),
                blob(
                        "BLOB141",
                        "a signature is not ours",
                        "It was made with another key, or what it signs was changed.",
                        "ask for another link, and use it unchanged"),
                blob(
                        "BLOB142",
                        "a signed link is over",
                        "The time that was given when it was made has passed.",
                        "ask for another link"),
                blob(
                        "BLOB201",
                        "a folder cannot be used",
                        "Another process has it open, or it belongs to another store.",
                        "close the other process, or give a folder of its own"),
                blob(
                        "BLOB202",
                        "a bucket is closed",
                        "It was used after it was closed.",
                        "keep the bucket open as long as flows use it"),
                blob(
                        "BLOB203",
                        "a caller was interrupted",
                        "Its thread was interrupted while it waited; nothing was acknowledged.",
                        "call again if the result is still wanted"),
                blob(
                        "BLOB301",
                        "the disk is full",
                        "Nothing was stored, and what was there is still there.",
                        "make room, then put again"),
                blob(
                        "BLOB302",
                        "reading or writing a file failed",
                        "The operating system refused; the cause says why.",
                        "look at the cause: permissions, disk, open files"),
                blob(
                        "BLOB303",
                        "stored bytes are damaged",
                        "A file is missing, shorter, or has other bytes than were written.",
                        "restore the object from a copy; the store does not guess"));
    }

    private static Code blob(String id, String title, String meaning, String suggestion) {
        return new Code(id, "blob", Severity.ERROR, title, meaning, suggestion);
    }
}
