package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chat.FlightOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order that a model would have.
 *
 * @param flights best first
 */
record Ranking(List<Ranked> flights) {

    /** A flight in it. */
    record Ranked(String id, String reason) {}

    /** What a model is asked. */
    static String question(String likes, List<FlightOption> options) {
        StringBuilder question = new StringBuilder("They like: " + likes + ". Flights:");
        for (FlightOption flight : options) {
            question.append("\n")
                    .append(flight.id())
                    .append(' ')
                    .append(flight.departs())
                    .append(' ')
                    .append(flight.cents());
        }
        return question.toString();
    }

    /** Flights in this order; what the model made up is left out, what it left out is last. */
    List<FlightOption> of(List<FlightOption> options) {
        List<FlightOption> left = new ArrayList<>(byPrice(options));
        List<FlightOption> ranked = new ArrayList<>();
        for (Ranked wanted : flights) {
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

    /** The order without a model. */
    static List<FlightOption> byPrice(List<FlightOption> options) {
        return options.stream()
                .sorted(Comparator.comparingLong(FlightOption::cents))
                .map(flight -> because(flight, "by price"))
                .toList();
    }

    private static FlightOption because(FlightOption flight, String reason) {
        return new FlightOption(
                flight.id(), flight.from(), flight.to(), flight.departs(), flight.cents(), reason);
    }
}
