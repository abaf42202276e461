package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What can be wrong with a deployment's bindings, explained. */
final class BindingCodes {

    private BindingCodes() {}

    static List<Code> all() {
        return List.of(
                bind(
                        "BIND101",
                        "bindings cannot be read",
                        "The file is no JSON, or is not of the form of a catalog or a lock.",
                        "look at the place that the message names; see docs/bindings.md"),
                bind(
                        "BIND102",
                        "a lock has no hash",
                        "Its content_hash is missing.",
                        "make it again from its catalog: flow bindings lock"),
                bind(
                        "BIND103",
                        "a lock was changed after it was made",
                        "What stands in it has another hash than it says.",
                        "change the catalog and make the lock again"),
                bind(
                        "BIND104",
                        "bindings have another version",
                        "Only version 1 is known.",
                        "use a program that knows it, or write version 1"),
                bind(
                        "BIND105",
                        "a lock does not say when it was made",
                        "Its generated_at is missing or blank.",
                        "make it again from its catalog"),
                bind(
                        "BIND106",
                        "a lock does not bind a flow",
                        "No entry has the flow's id, which comes from its name and version.",
                        "make the lock again for this version"),
                bind(
                        "BIND107",
                        "a use does not fit its instance",
                        "It names no instance, one that does not provide it, or two at once.",
                        "correct the catalog"),
                bind(
                        "BIND108",
                        "a kind is not known",
                        "No module that is present brings this kind of provider or wrapper.",
                        "add the artifact that brings it, or correct the name"),
                bind(
                        "BIND109",
                        "a setting does not fit",
                        "It is missing, unknown, or of another form.",
                        "flow bindings explain --kind KIND prints what a kind takes"),
                bind(
                        "BIND110",
                        "nothing is bound for what a flow needs",
                        "No rule that selects the flow has the hint or a start of it.",
                        "add it to a rule of the catalog and make the lock again"),
                bind(
                        "BIND111",
                        "a secret is not there",
                        "A setting names a secret that nobody gives.",
                        "give the secret, or correct its name"),
                bind(
                        "BIND112",
                        "two modules bring the same kind",
                        "Kinds of providers and wrappers are found by name, and these have one.",
                        "leave one of the artifacts away"));
    }

    private static Code bind(String id, String title, String about, String fix) {
        return new Code(id, "bindings", Severity.ERROR, title, about, fix);
    }
}
