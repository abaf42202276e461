package dev.flowir.object.log;

import dev.flowir.ir.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a log stands; stored with each event.
 *
 * @param version the last event
 * @param chain its link
 * @param millis its time
 * @param archived the last event that is in the archive and no longer here
 * @param actions how many client actions are known again
 */
record Head(long version, String chain, long millis, long archived, int actions) {

    static final Head EMPTY = new Head(0, Chain.START, 0, 0, 0);

    Head appended(String newChain, long newMillis) {
        return new Head(version + 1, newChain, newMillis, archived, actions);
    }

    Head withArchived(long upTo) {
        return new Head(version, chain, millis, upTo, actions);
    }

    Head withActions(int known) {
        return new Head(version, chain, millis, archived, known);
    }

    JsonValue value() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("version", JsonValue.number(version));
        members.put("chain", JsonValue.text(chain));
        members.put("millis", JsonValue.number(millis));
        members.put("archived", JsonValue.number(archived));
        members.put("actions", JsonValue.number(actions));
        return new JsonValue.Obj(members);
    }

    static Head of(JsonValue value) {
        Map<String, JsonValue> members = LogJson.members(value);
        return new Head(
                LogJson.number(members, "version"),
                LogJson.word(members, "chain"),
                LogJson.number(members, "millis"),
                LogJson.number(members, "archived"),
                Math.toIntExact(LogJson.number(members, "actions")));
    }
}
