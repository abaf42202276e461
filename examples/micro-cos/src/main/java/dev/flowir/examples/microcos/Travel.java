package dev.flowir.examples.microcos;

import static dev.flowir.ir.NodeOption.retry;

import dev.flowir.examples.microcos.Chat.Card;
import dev.flowir.examples.microcos.Chat.FlightOption;
import dev.flowir.examples.microcos.Chat.HotelOption;
import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.http.model.ModelException;
import dev.flowir.http.model.Structured;
import dev.flowir.http.model.TextAnswer;
import dev.flowir.http.model.TextModel;
import dev.flowir.http.model.TextRequest;
import dev.flowir.http.tool.ToolReader;
import dev.flowir.ir.Backoff;
import dev.flowir.ir.Codec;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Type;
import dev.flowir.ir.Waits;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kv.KvWriter;
import dev.flowir.object.ObjectWriter;
import java.time.Duration;
import java.util.List;

/** From a date in the calendar to a card: detect, search, rank, keep, publish. */
final class Travel {

    /** A date counts as travel above this. */
    static final int THRESHOLD = 60;

    /** Flights, and hotels, on a card. */
    static final int MAX_OPTIONS = 5;

    private static final Codec<Ranking> RANKING = JsonCodecs.strict().of(Type.of(Ranking.class));

    private final Chats chats;
    private final Calls calls;
    private final Search search;

    Travel(Chats chats, Duration patience) {
        this.chats = chats;
        this.calls = new Calls(chats);
        this.search = new Search(calls, patience);
    }

    /** A date in the calendar. */
    record Entry(Work work, String title, String date) {}

    /** What it is. */
    sealed interface Kind {}

    /** Travel. */
    record Trip(Work work, String destination, String date, int confidence) implements Kind {}

    /** Anything else. */
    record NoTrip(Work work, int confidence) implements Kind {}

    /** Flights for a trip. */
    record Flights(Trip trip, List<FlightOption> options, String status) {}

    /** Hotels for a trip. */
    record Hotels(List<HotelOption> options, String status) {}

    /** Everything for a trip. */
    record Offers(Flights flights, Hotels hotels) {}

    /** {@code calendar.added}: is it travel, and then a run of the flow for that. */
    Flow<Entry, Answering.Done> detect() {
        return Flow.define(
                "calendar-date",
                ChatFlows.VERSION,
                Entry.class,
                (g, in) ->
                        g.choose(g.then(in, detected()), Kind.class, Answering.Done.class)
                                .on(Trip.class, Waits.flow("travel", travel()))
                                .on(NoTrip.class, nothing())
                                .merge("done"));
    }

    /** The same where a run waits for no other: the flow for travel is laid into this one. */
    Flow<Entry, Answering.Done> whole() {
        return Flow.define(
                "calendar-trip",
                ChatFlows.VERSION,
                Entry.class,
                (g, in) ->
                        g.choose(g.then(in, detected()), Kind.class, Answering.Done.class)
                                .on(Trip.class, "travel", travel())
                                .on(NoTrip.class, nothing())
                                .merge("done"));
    }

    private Node<Entry, Kind> detected() {
        return Node.effect("detect", Entry.class, Kind.class, Chats.TELL, this::detected);
    }

    private static Node<NoTrip, Answering.Done> nothing() {
        return Node.pure(
                "nothing",
                NoTrip.class,
                Answering.Done.class,
                none -> new Answering.Done(none.work(), "no travel"));
    }

    private Kind detected(ObjectWriter objects, Entry in, NodeContext context) {
        Work work = in.work();
        int confidence =
                objects.of(Detector.CLASS)
                        .named(work.user())
                        .call(
                                Detector.CONFIDENCE,
                                new Detector.Seen(work.operationId(), in.title()));
        if (confidence <= THRESHOLD) {
            return new NoTrip(work, confidence);
        }
        String place = Detector.place(in.title());
        chats.append(
                objects,
                work,
                "travel.event_detected",
                work.operationId() + ".detected",
                new Said.TravelDetected(place, in.date(), confidence));
        return new Trip(work, place, in.date(), confidence);
    }

    /** {@code travel.event_detected}: flights, best first, and hotels, on one card. */
    Flow<Trip, Answering.Done> travel() {
        Backoff wait = Backoff.exponential(Duration.ofMillis(200));
        Node<Trip, Flights> flights =
                Node.effect(
                                "flights",
                                Trip.class,
                                Flights.class,
                                Search.FLIGHTS,
                                Chats.TELL,
                                Known.OFFERS,
                                this::flights)
                        .with(retry(Search.RETRIES, wait));
        Node<Trip, Hotels> hotels =
                Node.effect(
                                "hotels",
                                Trip.class,
                                Hotels.class,
                                Search.HOTELS,
                                Chats.TELL,
                                Known.OFFERS,
                                this::hotels)
                        .with(retry(Search.RETRIES, wait));
        Node<Flights, Flights> rank =
                Node.effect(
                        "rank",
                        Flights.class,
                        Flights.class,
                        Answering.MODEL,
                        Chats.TELL,
                        this::rank);
        Node<Offers, Answering.Done> publish =
                Node.effect(
                        "publish", Offers.class, Answering.Done.class, Chats.TELL, this::publish);
        return Flow.define(
                "travel",
                ChatFlows.VERSION,
                Trip.class,
                (g, in) ->
                        g.then(
                                g.join(
                                        "offers",
                                        g.then(g.then(in, flights), rank),
                                        g.then(in, hotels),
                                        Offers.class,
                                        Offers::new),
                                publish));
    }

    private Flights flights(
            ToolReader tool,
            ObjectWriter objects,
            KvWriter offers,
            Trip trip,
            NodeContext context) {
        Search.Found<FlightOption> found =
                search.flights(
                        tool,
                        objects,
                        offers,
                        trip.work(),
                        trip.destination(),
                        trip.date(),
                        context);
        return new Flights(trip, found.options(), found.status());
    }

    private Hotels hotels(
            ToolReader tool,
            ObjectWriter objects,
            KvWriter offers,
            Trip trip,
            NodeContext context) {
        Search.Found<HotelOption> found =
                search.hotels(
                        tool,
                        objects,
                        offers,
                        trip.work(),
                        trip.destination(),
                        trip.date(),
                        context);
        return new Hotels(found.options(), found.status());
    }

    private Flights rank(TextModel model, ObjectWriter objects, Flights in, NodeContext context) {
        if (in.options().isEmpty()) {
            return in;
        }
        Work work = in.trip().work();
        String likes = objects.of(Profile.CLASS).named(work.user()).call(Profile.LIKES, "");
        Calls.Call call = calls.begin(Calls.Kind.LLM, "model.rank", objects, work, context);
        List<FlightOption> ranked = Ranking.byPrice(in.options());
        try {
            TextRequest request =
                    TextRequest.of(Ranking.question(likes, in.options()))
                            .instructed(
                                    "Rank the flights, best first, as"
                                            + " {\"flights\":[{\"id\":\"…\",\"reason\":\"…\"}]}.")
                            .json();
            if (model.ask(request, RANKING).orRepaired(model)
                    instanceof Structured.Value<Ranking>(Ranking ranking, TextAnswer answer)) {
                ranked = ranking.of(in.options());
                call.over(Calls.OK);
            } else {
                call.over(Answering.NO_STRUCTURE);
            }
        } catch (ModelException withoutModel) {
            call.over(withoutModel.fault().code());
        }
        return new Flights(in.trip(), ranked, in.status());
    }

    private Answering.Done publish(ObjectWriter objects, Offers in, NodeContext context) {
        Trip trip = in.flights().trip();
        Work work = trip.work();
        String id = work.operationId() + ".card";
        boolean found = !in.flights().options().isEmpty();
        Card card =
                new Card(
                        id,
                        (found ? "Flights found for " : "No flights for ")
                                + trip.destination()
                                + " trip",
                        first(in.flights().options()),
                        first(in.hotels().options()),
                        note(trip, in));
        objects.of(Profile.CLASS).named(work.user()).call(Profile.KEEP, card);
        chats.append(
                objects, work, "suggestions.published", id, new Said.SuggestionsPublished(card));
        return new Answering.Done(work, found ? "published" : "unavailable");
    }

    private static <T> List<T> first(List<T> options) {
        return options.subList(0, Math.min(MAX_OPTIONS, options.size()));
    }

    private static String note(Trip trip, Offers in) {
        return trip.date()
                + note("flights", in.flights().options(), in.flights().status())
                + note("hotels", in.hotels().options(), in.hotels().status());
    }

    private static String note(String what, List<?> options, String status) {
        if (status.equals(Calls.OK)) {
            return "";
        }
        return ", " + what + ": " + status + (options.isEmpty() ? "" : ", found before");
    }
}
