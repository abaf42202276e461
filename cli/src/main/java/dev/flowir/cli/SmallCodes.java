package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What the small capabilities refuse, explained: secrets. */
final class SmallCodes {

    private SmallCodes() {}

    static List<Code> all() {
        return List.of(
                refusal(
                        "SECR101",
                        "a secret's name is no name",
                        "It is empty, longer than 128, or has something else than letters, digits, '.', '_' and '-'.",
                        "name the secret as the vault does"),
                refusal(
                        "SECR102",
                        "a vault has no secret of this name",
                        "It was looked for just now; the message has the name and the vault.",
                        "add the secret to the vault, or name another"),
                refusal(
                        "SECR103",
                        "a secret is there and cannot be used",
                        "It is empty, longer than 64 KiB, no UTF-8, or may not be read.",
                        "look at the file's rights and content"));
    }

    private static Code refusal(String id, String title, String about, String fix) {
        return new Code(id, "capability", Severity.ERROR, title, about, fix);
    }
}
