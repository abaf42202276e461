package dev.flowir.examples.microcos;

import static dev.flowir.ir.NodeOption.retry;

import dev.flowir.examples.microcos.Chat.Card;
import dev.flowir.examples.microcos.Chat.FlightOption;
import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.http.HttpWriter;
import dev.flowir.http.model.ModelException;
import dev.flowir.http.model.Structured;
import dev.flowir.http.model.TextAnswer;
import dev.flowir.http.model.TextModel;
import dev.flowir.http.model.TextRequest;
import dev.flowir.ir.Backoff;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Type;
import dev.flowir.ir.Waits;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.StoredKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a date in the calendar to a card with flights: detect, search, rank, keep, publish. */
final class Travel {

    /** A date counts as travel above this. */
    static final int THRESHOLD = 60;

    /** Flights on a card. */
    static final int MAX_OPTIONS = 5;

    private static final Pattern WORDS =
            Pattern.compile(
                    "\\b(trip|flight|fly|travel|visit|holiday|conference)\\b",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACE = Pattern.compile("\\b(?:to|in|visit)\\s+(\\p{Lu}\\p{L}+)");
    private static final Codec<Ranking> RANKING = JsonCodecs.strict().of(Type.of(Ranking.class));

    private final Chats chats;
    private final Tools tools;

    Travel(Chats chats, Tools tools) {
        this.chats = chats;
        this.tools = tools;
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
    record Offers(Trip trip, List<FlightOption> options, String status) {}

    /** The order that a model would have. */
    record Ranking(List<Ranked> flights) {}

    /** A flight in it. */
    record Ranked(String id, String reason) {}

    /** Looks at dates, one after the other for each person, and remembers what they were. */
    static final class Detector {

        static final ObjectClass<Detector> CLASS = ObjectClass.of("detector", Detector::new);

        private final ObjectContext self;

        Detector(ObjectContext self) {
            this.self = self;
        }

        int confidence(String event, String title) {
            StoredKey<Integer> key = StoredKey.of(event, Integer.class);
            Optional<Integer> before = self.storage().get(key);
            if (before.isPresent()) {
                return before.get();
            }
            int confidence = score(title);
            self.storage().put(key, confidence);
            return confidence;
        }
    }

    /** What a person likes, and what was found for each trip. */
    static final class Profile {

        static final ObjectClass<Profile> CLASS = ObjectClass.of("profile", Profile::new);

        private static final StoredKey<String> LIKES = StoredKey.of("likes", String.class);

        private final ObjectContext self;

        Profile(ObjectContext self) {
            this.self = self;
        }

        String likes() {
            return self.storage().get(LIKES).orElse("short and cheap");
        }

        boolean keep(Card card) {
            self.storage().put(StoredKey.of("card/" + card.id(), Card.class), card);
            return true;
        }

        Optional<Card> kept(String id) {
            return self.storage().get(StoredKey.of("card/" + id, Card.class));
        }
    }

    static int score(String title) {
        Matcher words = WORDS.matcher(title);
        int word = words.find() ? 50 : 0;
        int place = PLACE.matcher(title).find() ? 40 : 0;
        return word + place;
    }

    static String place(String title) {
        Matcher place = PLACE.matcher(title);
        return place.find() ? place.group(1) : "";
    }

    /** {@code calendar.added}: is it travel, and then the flow for that. */
    Flow<Entry, Answering.Done> detect() {
        Node<Entry, Kind> detect =
                Node.effect("detect", Entry.class, Kind.class, Chats.TELL, this::detected);
        Node<NoTrip, Answering.Done> nothing =
                Node.pure(
                        "nothing",
                        NoTrip.class,
                        Answering.Done.class,
                        none -> new Answering.Done(none.work(), "no travel"));
        return Flow.define(
                "calendar-date",
                ChatFlows.VERSION,
                Entry.class,
                (g, in) ->
                        g.choose(g.then(in, detect), Kind.class, Answering.Done.class)
                                .on(Trip.class, Waits.flow("travel", travel()))
                                .on(NoTrip.class, nothing)
                                .merge("done"));
    }

    private Kind detected(ObjectWriter objects, Entry in, NodeContext context) {
        Work work = in.work();
        int confidence =
                objects.of(Detector.CLASS)
                        .named(work.user())
                        .call(detector -> detector.confidence(work.operationId(), in.title()));
        if (confidence <= THRESHOLD) {
            return new NoTrip(work, confidence);
        }
        String place = place(in.title());
        chats.append(
                objects,
                work,
                "travel.event_detected",
                work.operationId() + ".detected",
                new Said.TravelDetected(place, in.date(), confidence));
        return new Trip(work, place, in.date(), confidence);
    }

    /** {@code travel.event_detected}: flights, best first, on one card. */
    Flow<Trip, Answering.Done> travel() {
        Node<Trip, Offers> search =
                Node.effect("search", Trip.class, Offers.class, Tools.MCP, Chats.TELL, this::search)
                        .with(retry(Tools.RETRIES, Backoff.exponential(Duration.ofMillis(200))));
        Node<Offers, Offers> rank =
                Node.effect(
                        "rank",
                        Offers.class,
                        Offers.class,
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
                (g, in) -> g.then(g.then(g.then(in, search), rank), publish));
    }

    private Offers search(HttpWriter http, ObjectWriter objects, Trip trip, NodeContext context)
            throws CodecException {
        Tools.Found found =
                tools.flights(
                        http,
                        objects,
                        trip.work(),
                        context,
                        Map.of("destination", trip.destination(), "date", trip.date()));
        return new Offers(trip, found.options(), found.status());
    }

    private Offers rank(TextModel model, ObjectWriter objects, Offers in, NodeContext context) {
        if (in.options().isEmpty()) {
            return in;
        }
        String likes =
                objects.of(Profile.CLASS).named(in.trip().work().user()).read(Profile::likes);
        try {
            StringBuilder question = new StringBuilder("They like: " + likes + ". Flights:");
            in.options()
                    .forEach(flight ->
                            question.append("\n")
                                    .append(flight.id())
                                    .append(' ')
                                    .append(flight.departs())
                                    .append(' ')
                                    .append(flight.cents()));
            TextRequest request =
                    TextRequest.of(question.toString())
                            .instructed(
                                    "Rank the flights, best first, as"
                                            + " {\"flights\":[{\"id\":\"…\",\"reason\":\"…\"}]}.")
                            .json();
            if (model.ask(request, RANKING).orRepaired(model)
                    instanceof Structured.Value<Ranking>(Ranking ranking, TextAnswer answer)) {
                return new Offers(in.trip(), ranked(in.options(), ranking), in.status());
            }
        } catch (ModelException withoutModel) {
            return new Offers(in.trip(), byPrice(in.options()), in.status());
        }
        return new Offers(in.trip(), byPrice(in.options()), in.status());
    }

    /** Flights in the order of the model; what it made up is left out, what it left out is last. */
    static List<FlightOption> ranked(List<FlightOption> options, Ranking ranking) {
        List<FlightOption> left = new ArrayList<>(byPrice(options));
        List<FlightOption> ranked = new ArrayList<>();
        for (Ranked wanted : ranking.flights()) {
            left.stream()
                    .filter(flight -> flight.id().equals(wanted.id()))
                    .findFirst()
                    .ifPresent(flight -> {
                        left.remove(flight);
                        ranked.add(because(flight, wanted.reason()));
                    });
        }
        ranked.addAll(left);
        return List.copyOf(ranked);
    }

    private static List<FlightOption> byPrice(List<FlightOption> options) {
        return options.stream()
                .sorted(Comparator.comparingLong(FlightOption::cents))
                .map(flight -> because(flight, "by price"))
                .toList();
    }

    private static FlightOption because(FlightOption flight, String reason) {
        return new FlightOption(
                flight.id(), flight.from(), flight.to(), flight.departs(), flight.cents(), reason);
    }

    private Answering.Done publish(ObjectWriter objects, Offers in, NodeContext context) {
        Work work = in.trip().work();
        String id = work.operationId() + ".card";
        boolean found = !in.options().isEmpty();
        Card card =
                new Card(
                        id,
                        found
                                ? "Flights found for " + in.trip().destination() + " trip"
                                : "No flights for " + in.trip().destination() + " trip",
                        in.options().subList(0, Math.min(MAX_OPTIONS, in.options().size())),
                        found ? in.trip().date() : "search is " + in.status());
        objects.of(Profile.CLASS).named(work.user()).call(profile -> profile.keep(card));
        chats.append(
                objects, work, "suggestions.published", id, new Said.SuggestionsPublished(card));
        return new Answering.Done(work, found ? "published" : "unavailable");
    }
}
