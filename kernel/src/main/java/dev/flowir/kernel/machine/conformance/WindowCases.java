package dev.flowir.kernel.machine.conformance;

import dev.flowir.ir.FanIn;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.machine.MachineSettings;
import dev.flowir.kernel.machine.Offer;
import dev.flowir.kernel.machine.TimerKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Nodes that give windows of what they take. */
final class WindowCases {

    private static final Map<String, JsonValue> PLAIN = Map.of();

    private WindowCases() {}

    static void addTo(List<ConformanceCase> all) {
        all.add(new ConformanceCase("M170", "an item past the end ends it", WindowCases::m170));
        all.add(new ConformanceCase("M171", "an end is not in its window", WindowCases::m171));
        all.add(new ConformanceCase("M172", "windows overlap", WindowCases::m172));
        all.add(new ConformanceCase("M173", "sessions become one", WindowCases::m173));
        all.add(new ConformanceCase("M174", "out of order, and told again", WindowCases::m174));
        all.add(new ConformanceCase("M175", "what is late goes its way", WindowCases::m175));
        all.add(new ConformanceCase("M176", "the end of inputs ends all", WindowCases::m176));
        all.add(new ConformanceCase("M177", "the clock ends windows", WindowCases::m177));
        all.add(new ConformanceCase("M178", "by when items came", WindowCases::m178));
        all.add(new ConformanceCase("M179", "bounds refuse an item", WindowCases::m179));
        all.add(new ConformanceCase("M180", "a window holds its input", WindowCases::m180));
        all.add(new ConformanceCase("M181", "a run of one input", WindowCases::m181));
        all.add(new ConformanceCase("M182", "windows of windows", WindowCases::m182));
        all.add(new ConformanceCase("M183", "no time, no window", WindowCases::m183));
        all.add(new ConformanceCase("M184", "a spilled item comes back", WindowCases::m184));
        all.add(new ConformanceCase("M185", "each has its identity", WindowCases::m185));
        all.add(new ConformanceCase("M186", "a run that is cut short", WindowCases::m186));
        all.add(new ConformanceCase("M187", "windows of a list", WindowCases::m187));
        all.add(new ConformanceCase("M188", "a list with an item of no time", WindowCases::m188));
        all.add(new ConformanceCase("M189", "a window meets by position", WindowCases::m189));
    }

    private static JsonValue item(String key, long at) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("key", JsonValue.text(key));
        members.put("at", JsonValue.number(at));
        return new JsonValue.Obj(members);
    }

    private static JsonValue window(
            String key, long start, long end, int revision, JsonValue... items) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("key", JsonValue.text(key));
        members.put("start_ms", JsonValue.number(start));
        members.put("end_ms", JsonValue.number(end));
        members.put("items", new JsonValue.Arr(List.of(items)));
        members.put("count", JsonValue.number(items.length));
        members.put("revision", JsonValue.number(revision));
        return new JsonValue.Obj(members);
    }

    private static Map<String, JsonValue> with(String key, JsonValue value) {
        return Map.of(key, value);
    }

    private static Drawing drawing(long size, long lateness, Map<String, JsonValue> more) {
        return Drawing.of("t", "w", "c")
                .edge("t", "w")
                .edge("w", "c")
                .window("w", size, lateness, more);
    }

    private static Script many(long size, long lateness, Map<String, JsonValue> more) {
        return Script.many(drawing(size, lateness, more).plan("t", "c"), 4);
    }

    /** An item goes as far as the windows. */
    private static Script put(Script script, JsonValue item) {
        return script.input(item).complete("t", item);
    }

    private static Script quiet(Script script, JsonValue item) {
        return put(script, item).expect("invoke t#1 " + item);
    }

    /** The last item ends windows, which go on one after the other. */
    private static void told(Script script, JsonValue last, JsonValue... windows) {
        put(script, last);
        List<String> lines = new ArrayList<>(List.of("invoke t#1 " + last));
        finish(script, lines, windows);
        script.expect(lines.toArray(String[]::new));
    }

    private static void finish(Script script, List<String> lines, JsonValue... windows) {
        lines.add("invoke w#1 " + windows[0]);
        for (int k = 0; k < windows.length; k++) {
            script.complete("w", k);
            lines.add("invoke c#1 " + k);
            if (k + 1 < windows.length) {
                lines.add("invoke w#1 " + windows[k + 1]);
            }
            script.complete("c", windows[k]).take();
            lines.add("output " + windows[k]);
        }
    }

    private static void m170() {
        Script script = many(10, 0, PLAIN);
        quiet(script, item("a", 1));
        quiet(script, item("b", 9));
        quiet(script, item("a", 0));
        told(
                script,
                item("a", 10),
                window("a", 0, 10, 0, item("a", 1), item("a", 0)),
                window("b", 0, 10, 0, item("b", 9)));
    }

    private static void m171() {
        Script script = many(10, 0, PLAIN);
        quiet(script, item("a", -10));
        told(script, item("a", 0), window("a", -10, 0, 0, item("a", -10)));
        quiet(script, item("a", 9));
        told(script, item("a", 10), window("a", 0, 10, 0, item("a", 0), item("a", 9)));
    }

    private static void m172() {
        Map<String, JsonValue> every = new LinkedHashMap<>();
        every.put("shape", JsonValue.text("sliding"));
        every.put("every_ms", JsonValue.number(5));
        Script script = many(10, 0, every);
        quiet(script, item("a", 4));
        told(script, item("a", 7), window("a", -5, 5, 0, item("a", 4)));
        told(script, item("a", 12), window("a", 0, 10, 0, item("a", 4), item("a", 7)));
        told(script, item("a", 15), window("a", 5, 15, 0, item("a", 7), item("a", 12)));
    }

    private static void m173() {
        Map<String, JsonValue> more = new LinkedHashMap<>();
        more.put("shape", JsonValue.text("session"));
        more.put("out_of_order_ms", JsonValue.number(20));
        Script script = many(10, 0, more);
        quiet(script, item("a", 0));
        quiet(script, item("a", 18)); // the gap is 18: two sessions
        quiet(script, item("a", 9)); // less than the gap to both: one
        quiet(script, item("a", 28)); // just the gap after 18: another
        told(
                script,
                item("a", 48),
                window("a", 0, 28, 0, item("a", 0), item("a", 18), item("a", 9)));
        quiet(script, item("a", 50));
    }

    private static void m174() {
        Script script = many(10, 5, with("out_of_order_ms", JsonValue.number(3)));
        quiet(script, item("a", 1));
        quiet(script, item("a", 12)); // the watermark is 9
        quiet(script, item("a", 2));
        told(script, item("b", 13), window("a", 0, 10, 0, item("a", 1), item("a", 2)));
        told(script, item("a", 3), window("a", 0, 10, 1, item("a", 1), item("a", 2), item("a", 3)));
        quiet(script, item("b", 17)); // the watermark is 14: one before it is given up
        told(
                script,
                item("a", 4),
                window("a", 0, 10, 2, item("a", 1), item("a", 2), item("a", 3), item("a", 4)));
        quiet(script, item("b", 18)); // 15
        quiet(script, item("a", 5)); // too late
    }

    private static void m175() {
        Drawing drawing =
                Drawing.of("t", "w", "c", "late")
                        .edge("t", "w")
                        .edge("w", "c")
                        .edge("w", "late")
                        .window("w", 10, 0, with("late", JsonValue.text("late")));
        Script script = Script.many(drawing.plan("t", "c"), 4);
        quiet(script, item("a", 20));
        put(script, item("a", 9))
                .expect("invoke t#1 " + item("a", 9), "invoke late#1 " + item("a", 9))
                .complete("late", "kept")
                .expect();
        told(script, item("a", 30), window("a", 20, 30, 0, item("a", 20)));
    }

    private static void m176() {
        Script script = many(10, 0, PLAIN);
        quiet(script, item("b", 25));
        quiet(script, item("a", 25));
        JsonValue first = window("b", 20, 30, 0, item("b", 25));
        JsonValue second = window("a", 20, 30, 0, item("a", 25));
        script.close().complete("w", "x").complete("w", "y").complete("c", "u").complete("c", "v");
        script.expect(
                "invoke w#1 " + first,
                "invoke c#1 x",
                "invoke w#1 " + second,
                "output u",
                "invoke c#1 y",
                "output v");
        script.take().take().expect("ended: finished");
        script.input("x").answered(Offer.CLOSED);
    }

    private static void m177() {
        Script script = many(10, 0, with("time", JsonValue.text("processing")));
        put(script, item("a", 0)) // 5 ms after the clock's zero
                .expect("invoke t#1 " + item("a", 0), "arm WINDOW in 5 ms");
        script.later(4);
        quiet(script, item("a", 1));
        JsonValue first = window("a", 0, 10, 0, item("a", 0), item("a", 1));
        script.fire(TimerKind.WINDOW)
                .expect("invoke w#1 " + first)
                .complete("w", "x")
                .complete("c", "y")
                .expect("invoke c#1 x", "output y");
        put(script, item("a", 2)) // at 10: the next window
                .expect("invoke t#1 " + item("a", 2), "arm WINDOW in 10 ms");
        JsonValue second = window("a", 10, 20, 0, item("a", 2));
        script.close().take().expect("disarm WINDOW", "invoke w#1 " + second);
    }

    private static Script beside(Map<String, JsonValue> more) {
        Drawing drawing =
                Drawing.of("t", "w", "b")
                        .edge("t", "w")
                        .edge("t", "b")
                        .meet("z", new FanIn.Zip(), "w", "b")
                        .window("w", 10, 0, more);
        return Script.many(drawing.plan("t", "z"), 1);
    }

    private static void m189() {
        JsonValue kept = window("a", 0, 10, 0, item("a", 1));
        Script clock = beside(with("time", JsonValue.text("processing")));
        put(clock, item("a", 1)).complete("b", "b1"); // the only permit waits for the clock
        clock.expect(
                "invoke t#1 " + item("a", 1), "arm WINDOW in 5 ms", "invoke b#1 " + item("a", 1));
        clock.fire(TimerKind.WINDOW).complete("w", "w1").complete("z", "z1").take();
        clock.expect("invoke w#1 " + kept, "invoke z#1 [w1, b1]", "output z1");

        Script end = beside(PLAIN);
        put(end, item("a", 1));
        end.close().expect("invoke t#1 " + item("a", 1), "invoke b#1 " + item("a", 1));
        end.complete("b", "b1").complete("w", "w1").complete("z", "z1").take();
        end.expect("invoke w#1 " + kept, "invoke z#1 [w1, b1]", "output z1", "ended: finished");

        Script events = beside(PLAIN); // by event time nothing ends it, and no input can come
        String stalled = "stalled, b -> z waits for w";
        put(events, item("a", 1)).complete("b", "b1");
        events.expect(
                "invoke t#1 " + item("a", 1),
                "invoke b#1 " + item("a", 1),
                "failed: " + stalled,
                "ended: " + stalled);
    }

    private static void m178() {
        Script script = many(10, 0, with("time", JsonValue.text("ingest")));
        script.input(item("a", 0)).later(7); // came at 5
        script.complete("t", item("a", 1)).expect("invoke t#1 " + item("a", 0));
        script.input(item("a", 2)).complete("t", item("a", 2)); // came at 12
        JsonValue first = window("a", 0, 10, 0, item("a", 1));
        script.expect("invoke t#1 " + item("a", 2), "invoke w#1 " + first);
    }

    private static void m179() {
        full(
                "max_items",
                item("a", 2),
                "a window of key '" + JsonValue.text("a") + "' keeps 1 items");
        full("max_open", item("b", 2), "there are 1 windows open");
        full(
                "max_keys",
                item("b", 2),
                "the window from 0 has no room for key '"
                        + JsonValue.text("b")
                        + "' beside 1 keys");
    }

    private static void full(String bound, JsonValue beyond, String text) {
        Script script = many(10, 0, with(bound, JsonValue.number(1)));
        quiet(script, item("a", 1));
        String way =
                bound.equals("max_items")
                        ? ", fold items instead of keeping them, or make the window smaller"
                        : ", or make windows end sooner";
        String failed =
                "w failed after 1, RUN130: windows 'window:w': "
                        + text
                        + ", as many as it may: raise "
                        + bound
                        + way;
        put(script, beyond).expect("invoke t#1 " + beyond, "failed: " + failed, "ended: " + failed);
    }

    private static void m180() {
        Script script = Script.many(drawing(10, 0, PLAIN).plan("t", "c"), 1);
        quiet(script, item("a", 1)); // kept, and its permit is free
        put(script, item("a", 10));
        JsonValue first = window("a", 0, 10, 0, item("a", 1));
        script.expect("invoke t#1 " + item("a", 10), "invoke w#1 " + first);
        script.input(item("a", 20)).answered(Offer.FULL);
        script.complete("w", "x").complete("c", "y").expect("invoke c#1 x", "output y");
        script.input(item("a", 20)).answered(Offer.FULL).take();
        script.input(item("a", 20)).answered(Offer.ACCEPTED);
    }

    private static void m181() {
        Script script = Script.once(drawing(10, 0, PLAIN).plan("t", "c"));
        put(script, item("a", 1));
        JsonValue only = window("a", 0, 10, 0, item("a", 1));
        script.complete("w", "x")
                .complete("c", "y")
                .expect(
                        "invoke t#1 " + item("a", 1),
                        "invoke w#1 " + only,
                        "invoke c#1 x",
                        "output y",
                        "ended: finished");
    }

    private static void m182() {
        Drawing drawing =
                Drawing.of("t", "w", "v", "c")
                        .edge("t", "w")
                        .edge("w", "v")
                        .edge("v", "c")
                        .window("w", 10, 0, PLAIN)
                        .window("v", 100, 0, PLAIN);
        Script script = Script.many(drawing.plan("t", "c"), 4);
        quiet(script, item("a", 1));
        put(script, item("a", 11)).complete("w", item("a", 1));
        script.close().complete("w", item("a", 11));
        JsonValue both = window("a", 0, 100, 0, item("a", 1), item("a", 11));
        script.expect(
                "invoke t#1 " + item("a", 11),
                "invoke w#1 " + window("a", 0, 10, 0, item("a", 1)),
                "invoke w#1 " + window("a", 10, 20, 0, item("a", 11)),
                "invoke v#1 " + both);
        script.complete("v", "x").complete("c", "y").take();
        script.expect("invoke c#1 x", "output y", "ended: finished");
    }

    private static void m183() {
        Drawing drawing = drawing(10, 0, PLAIN).onError("w", "continue", 0, 0);
        Script script = Script.many(drawing.plan("t", "c"), 4);
        quiet(script, JsonValue.text("no time"));
        quiet(script, item("a", 1L << 53));
        quiet(script, item("a", (1L << 53) - 1));
        script.close();
        long start = Math.floorDiv((1L << 53) - 1, 10) * 10;
        script.expect("invoke w#1 " + window("a", start, start + 10, 0, item("a", (1L << 53) - 1)));
    }

    private static void m184() {
        Drawing drawing =
                Drawing.of("t", "w", "c")
                        .spilling("t", "w", 0)
                        .edge("w", "c")
                        .window("w", 10, 0, PLAIN);
        Script script = Script.many(drawing.plan("t", "c"), 8);
        quiet(script, item("a", 1));
        put(script, item("a", 10));
        put(script, item("a", 11)); // waits in memory while the window is told
        put(script, item("a", 20)); // is spilled
        JsonValue first = window("a", 0, 10, 0, item("a", 1));
        script.expect(
                "invoke t#1 " + item("a", 10),
                "invoke w#1 " + first,
                "invoke t#1 " + item("a", 11),
                "invoke t#1 " + item("a", 20),
                "store " + item("a", 20));
        script.stored("ref", 9).expect();
        script.complete("w", "x").expect("invoke c#1 x", "load ref");
        JsonValue second = window("a", 10, 20, 0, item("a", 10), item("a", 11));
        script.loaded(item("a", 20)).expect("delete ref", "invoke w#1 " + second);
    }

    private static void m185() {
        Script script = many(10, 0, PLAIN);
        quiet(script, item("a", 1));
        quiet(script, item("b", 1));
        told(
                script,
                item("a", 10),
                window("a", 0, 10, 0, item("a", 1)),
                window("b", 0, 10, 0, item("b", 1)));
        Script.same(script.items().size(), new TreeSet<>(script.items()).size());
    }

    private static void m186() {
        Script script = many(10, 0, with("time", JsonValue.text("processing")));
        put(script, item("a", 0)).expect("invoke t#1 " + item("a", 0), "arm WINDOW in 5 ms");
        script.cancel("enough").expect("disarm WINDOW", "ended: cancelled, enough");
        Script once = Script.of(drawing(10, 0, PLAIN), MachineSettings.forOnce().within(0));
        once.input(item("a", 0)).expect("failed: deadline of 0 ms", "ended: deadline of 0 ms");
    }

    private static Script ofList() {
        Map<String, JsonValue> list = with("items_pointer", JsonValue.text("/list"));
        return Script.once(drawing(10, 0, list).plan("t", "c"));
    }

    private static JsonValue list(JsonValue... items) {
        return new JsonValue.Obj(Map.of("list", new JsonValue.Arr(List.of(items))));
    }

    private static void m187() {
        JsonValue list = list(item("a", 1), item("a", 12), item("b", 2), item("a", 13));
        JsonValue first = window("a", 0, 10, 0, item("a", 1));
        JsonValue second = window("a", 10, 20, 0, item("a", 12), item("a", 13));
        Script script = ofList().input("x").complete("t", list);
        script.expect("invoke t#1 x", "invoke w#1 " + first);
        script.complete("w", "u").expect("invoke w#1 " + second);
        script.complete("w", "v").expect("invoke c#1 [u, v]");
    }

    private static void m188() {
        Script script = ofList().input("x").complete("t", list(JsonValue.text("late")));
        String failed =
                "w failed after 1, event_time_pointer '/at' holds no integer of milliseconds";
        script.expect("invoke t#1 x", "failed: " + failed, "ended: " + failed);
    }
}
