package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Severity;
import java.util.List;

/** What durable objects refuse, explained. */
final class ObjectCodes {

    private ObjectCodes() {}

    static List<Code> all() {
        return List.of(
                object(
                        "OBJ101",
                        "a name is no name",
                        "It is empty, too long by the limit profile, or has half of a surrogate pair.",
                        "shorten the name, or use a hash of it"),
                object(
                        "OBJ102",
                        "an id is of another class",
                        "Ids tell their space and class; this one is of another, or is no id.",
                        "parse ids with the class that they came from"),
                object(
                        "OBJ103",
                        "a class is not known to the space",
                        "The space was opened without this class.",
                        "give the class to the space when it is opened"),
                object(
                        "OBJ104",
                        "a key is no key",
                        "It has half of a surrogate pair, and so no UTF-8 form.",
                        "make keys from whole characters"),
                object(
                        "OBJ105",
                        "an entry is too large",
                        "Key and value together are bounded by the limit profile.",
                        "keep the value in a blob store and its key here"),
                object(
                        "OBJ106",
                        "a list has no such size",
                        "A list has at least one entry, and at most what the limit profile says.",
                        "ask in parts, each after the last key of the one before"),
                object(
                        "OBJ107",
                        "a read cannot write",
                        "A call that only reads wrote to storage or to the alarm.",
                        "use call instead of read, from a node with a writer"),
                object(
                        "OBJ108",
                        "a class has no alarm",
                        "An alarm was set, and nobody would hear it.",
                        "add a handler with ObjectClass.alarm"),
                object(
                        "OBJ109",
                        "an object is used outside of its turn",
                        "Its context works in its constructor, its calls and its alarm, on their thread; calls do not work inside a transaction of the store.",
                        "make a call, and use the object inside it"),
                object(
                        "OBJ110",
                        "a call would wait while it holds an object",
                        "It has its turn and would wait for an object, perhaps for itself.",
                        "wait inside outside(...), or use send"),
                object(
                        "OBJ111",
                        "something else is stored",
                        "What is under the key is no value of the type that was asked for.",
                        "ask for the type that was stored, or use another key"),
                object(
                        "OBJ112",
                        "a value cannot be stored",
                        "The codec of the space has no form for it.",
                        "store records, lists, maps, texts and numbers"),
                object(
                        "OBJ113",
                        "a statement is no SQL",
                        "SQLite does not understand it, knows no table or column of that name, or it has other bindings than question marks.",
                        "look at what SQLite says behind the code"),
                object(
                        "OBJ114",
                        "a statement is not an object's to run",
                        "It begins or ends a transaction, sets something, makes a temporary table, or leaves the database.",
                        "use transaction for what is undone together"),
                object(
                        "OBJ115",
                        "a statement has too much of something",
                        "Bindings, columns, terms, arguments, depth, pattern, text and row are bounded by the limit profile.",
                        "write in parts, or keep large values in a blob store"),
                object(
                        "OBJ116",
                        "a constraint of an object's tables refused a row",
                        "A key was there already, or a check does not hold. What the call wrote before it stays until the call fails.",
                        "catch it and answer, or let the call fail"),
                object(
                        "OBJ117",
                        "an answer has not one row",
                        "One row was expected, and there is none, or there are more.",
                        "use next or toList where it may be"),
                object(
                        "OBJ118",
                        "an object is too large",
                        "Its entries and the pages of its tables together are bounded by the limit profile.",
                        "share its state out among more objects, or delete what is old"),
                object(
                        "OBJ119",
                        "a bookmark leads nowhere",
                        "It is of another object, older than what is kept, or the space keeps no history.",
                        "open the space with ObjectLimits.withHistory, and go back while it is kept"),
                object(
                        "OBJ120",
                        "a class has no call of that name",
                        "Objects that live elsewhere are called by the names of ObjectCalls.",
                        "give the call to its class with ObjectClass.calls, on both sides"),
                object(
                        "OBJ121",
                        "a call by name threw",
                        "What it wrote is undone, and the object is made anew at its next call.",
                        "see the detail; a refusal that is no fault is better an answer"),
                object(
                        "OBJ122",
                        "objects elsewhere do not have that",
                        "Code cannot be sent to them, and they share no store with other capabilities.",
                        "make a call by name, an ObjectCall"),
                object(
                        "OBJ201",
                        "too many calls wait",
                        "The line of the object, or the space, is full; the call was not taken.",
                        "slow down, and spread the work over more objects"),
                object(
                        "OBJ202",
                        "the time of a call was over",
                        "It was withdrawn or interrupted, and left nothing.",
                        "give more time, or find what the object waits for"),
                object(
                        "OBJ203",
                        "a caller was interrupted",
                        "Its call was withdrawn, and left nothing.",
                        "call again if the result is still wanted"),
                object(
                        "OBJ204",
                        "an object was given up",
                        "Something it had written was not kept, or a block failed, while this call waited or ran; the call left nothing.",
                        "call again"),
                object(
                        "OBJ205",
                        "an object gave itself up",
                        "Its code called abort.",
                        "look at the reason in the message, then call again"),
                object(
                        "OBJ206",
                        "a space is closed",
                        "It was used after it was closed.",
                        "keep the space open as long as flows use it"),
                object(
                        "OBJ207",
                        "a block took too long",
                        "It kept all other calls out for longer than the limit profile allows; the object was given up.",
                        "do less inside blocking(...), and wait outside of it"),
                object(
                        "OBJ208",
                        "another space has the objects",
                        "A second space of this name was opened on the store; the first one writes nothing any more.",
                        "open one space of a name for each store"),
                object(
                        "OBJ301",
                        "tags of a socket are no tags",
                        "A socket has a bounded number of tags of bounded length.",
                        "use fewer or shorter tags, and attach the rest"),
                object(
                        "OBJ302",
                        "an attachment is too large",
                        "What is attached to a socket is kept in memory as long as it is open.",
                        "keep the value in the storage and its key in the attachment"),
                object(
                        "OBJ303",
                        "an answer without waking is too long",
                        "The text and its answer are bounded.",
                        "use a short text, such as a ping"),
                object(
                        "OBJ304",
                        "an object has too many sockets",
                        "It has as many open sockets as it may.",
                        "spread clients over several objects"),
                object(
                        "OBJ305",
                        "a class has no sockets",
                        "Connections were wanted for a class without a handler.",
                        "add one with ObjectClass.sockets"),
                object(
                        "OBJ306",
                        "a close code is not the application's",
                        "Applications close with 1000, or 3000 to 4999, and a short reason.",
                        "use a code of your own from 4000 on"),
                object(
                        "AGT101",
                        "a message is none that agents know",
                        "Clients send JSON objects with a type and an id.",
                        "look at the messages in the page about agents"),
                object(
                        "AGT102",
                        "an agent has no such method",
                        "Only methods that its class declares can be called by clients.",
                        "declare it with AgentClass.method"),
                object(
                        "AGT103",
                        "an argument is not of its type",
                        "The argument of a method, or a pushed state, was not read.",
                        "send what the message names"),
                object(
                        "AGT104",
                        "a connection may only look",
                        "It pushed state, or called a method that is not open to readers.",
                        "connect as somebody who may write"),
                object(
                        "AGT105",
                        "a state was refused",
                        "The check of the class said no; nothing has changed.",
                        "push a state that the check lets pass"),
                object(
                        "AGT106",
                        "a state was pushed on an old one",
                        "Another change came between.",
                        "take the latest state and push again"),
                object(
                        "AGT107",
                        "an agent has no such task or run",
                        "Only what its class declares can be scheduled or started.",
                        "declare it with AgentClass.task or AgentClass.run"),
                object(
                        "AGT108",
                        "a schedule cannot be",
                        "The interval is too short, the moments never come, the id of a run is none, or the agent has as many schedules as it may.",
                        "look at what the message names; cancel schedules that are not needed"),
                object(
                        "AGT110",
                        "a value has no JSON form",
                        "A state, event or answer cannot be written.",
                        "use records, lists and texts"),
                object(
                        "AGT201",
                        "a method failed",
                        "It threw something that was not meant for the client; nothing that it wrote is kept.",
                        "look into the log of the server"));
    }

    private static Code object(String id, String title, String meaning, String suggestion) {
        return new Code(id, "object", Severity.ERROR, title, meaning, suggestion);
    }
}
