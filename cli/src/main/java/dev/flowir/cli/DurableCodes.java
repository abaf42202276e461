package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What can go wrong with durable runs, explained. */
final class DurableCodes {

    private DurableCodes() {}

    static List<Code> all() {
        return List.of(
                durable(
                        "DUR101",
                        "a record is damaged",
                        "A record of the journal is not what was written: its checksum, form or place is wrong. The run is parked.",
                        "restore the store from a copy, or terminate the run"),
                durable(
                        "DUR102",
                        "a replay asks for other steps than those recorded",
                        "The code does something else than when the run was recorded. The message names the node and both steps. The run is parked.",
                        "load the code that the run began with, and give the new code a new version"),
                durable(
                        "DUR103",
                        "the flow of a run is not loaded",
                        "A run is pinned to name, version and plan of its flow. The run is parked.",
                        "load that version too and resume the run"),
                durable(
                        "DUR104",
                        "a flow cannot be durable",
                        "It streams, or a payload has no codec. Nothing was run.",
                        "gather the stream into a list; use records as payloads"),
                durable(
                        "DUR201",
                        "a payload is too large for the journal",
                        "What a step takes and gives is bounded in bytes of JSON.",
                        "keep large content as a blob and pass its name"),
                durable(
                        "DUR202",
                        "a payload cannot be encoded",
                        "What a step gives must be one that JSON can carry.",
                        "make it a record"),
                durable(
                        "DUR203",
                        "a run took too many steps",
                        "The steps of a run are bounded.",
                        "split the work over several runs"),
                durable(
                        "DUR204",
                        "no signal came in time",
                        "The time that the wait was given is over.",
                        "give more time, or handle the failure"),
                durable(
                        "DUR301",
                        "a run id is in use",
                        "Another run has it; asking twice with one id starts one run.",
                        "take that run, or another id"),
                durable(
                        "DUR302",
                        "there is no such run",
                        "No run has this id, or it was removed.",
                        "list the runs"),
                durable(
                        "DUR303",
                        "a run is in no state for this",
                        "What is asked does not fit where the run stands. The message says where.",
                        "look at the run first"),
                durable(
                        "DUR304",
                        "a bound of durable runs is met",
                        "Runs, signals or timers are bounded. Nothing was written.",
                        "try again later"),
                durable(
                        "DUR305",
                        "the durable runtime is closed",
                        "It was closed before the call. Nothing was written.",
                        "open it again; runs go on by themselves"),
                durable(
                        "DUR306",
                        "an id, name or number is not allowed",
                        "The message says which and what is allowed.",
                        "correct it"),
                durable(
                        "DUR307",
                        "another attempt does the same work now",
                        "Work with this key was begun, and its end is not known yet. Nothing was done a second time.",
                        "try again later: a retry of the node does so by itself"),
                durable(
                        "DUR308",
                        "nobody asks what is answered",
                        "The question was not asked yet, was answered by somebody else, or its time is over. The message says which.",
                        "look at what the run waits for"),
                durable(
                        "DUR309",
                        "an application takes no requests",
                        "The store belongs to the process that the message names, and that opened no door beside it, or none for what was asked. Nothing was done.",
                        "open its runtime with .admin(), or steer the run there"),
                durable(
                        "DUR310",
                        "an application does not answer",
                        "The process that has the store gave no answer in time, or ended. What was asked may still be done.",
                        "look at the run, then ask again"),
                durable(
                        "DUR311",
                        "several runs wait for one key",
                        "A signal goes to the run that waits for its key, and more than one does. Nothing was written.",
                        "send it to the run that is meant, or make keys that mean one"),
                durable(
                        "DUR312",
                        "a signal to a key came before",
                        "One with this name and key is kept, and no run has waited for it yet. Nothing was written.",
                        "nothing, when it is the same; else wait until it was taken"),
                durable(
                        "EXACT004",
                        "a step writes here and elsewhere",
                        "It writes into the store of the journal and into another one, so its effects cannot commit together.",
                        "split the node in two, one for each store"),
                durable(
                        "EXACT005",
                        "keys are forgotten too soon",
                        "What recognises repeated work keeps keys for less time than the node asks for.",
                        "keep keys for longer, or ask for less"),
                durable(
                        "EXACT006",
                        "an input lacks its key",
                        "The node's idempotency key names a field that this input does not have.",
                        "send the field, or make the key of one that is always there"));
    }

    private static Code durable(String id, String summary, String explanation, String suggestion) {
        return new Code(id, "durable", Severity.ERROR, summary, explanation, suggestion);
    }
}
