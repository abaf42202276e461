package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chat.FlightOption;
import dev.flowir.examples.microcos.Chat.HotelOption;
import dev.flowir.ir.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What tools say in their own words, read by hand: of what else they say nothing is known, and
 * where something is missing it is no offer that we understand.
 */
final class Offers {

    private Offers() {}

    /** Something is missing, or of another kind. */
    private static final class NotUnderstoodException extends Exception {

        private static final long serialVersionUID = 1L;

        NotUnderstoodException(String name) {
            super("no '" + name + "'");
        }
    }

    /** Reads one of a list. */
    private interface Reader<T> {
        T read(Map<String, JsonValue> said) throws NotUnderstoodException;
    }

    /** Flights; empty when it is something else. */
    static Optional<List<FlightOption>> flights(JsonValue said) {
        return all(
                said,
                "flights",
                offer ->
                        new FlightOption(
                                text(offer, "flightNumber"),
                                text(offer, "origin"),
                                text(offer, "destination"),
                                text(offer, "departureTime"),
                                number(object(member(offer, "price")), "amountMinor"),
                                ""));
    }

    /** Hotels; empty when it is something else. */
    static Optional<List<HotelOption>> hotels(JsonValue said) {
        return all(
                said,
                "hotels",
                offer ->
                        new HotelOption(
                                text(offer, "hotelId"),
                                text(offer, "hotelName"),
                                text(offer, "city"),
                                Math.toIntExact(number(offer, "stars")),
                                number(object(member(offer, "pricePerNight")), "amountMinor")));
    }

    private static <T> Optional<List<T>> all(JsonValue said, String name, Reader<T> reader) {
        try {
            if (!(member(object(said), name) instanceof JsonValue.Arr(List<JsonValue> items))) {
                return Optional.empty();
            }
            List<T> read = new ArrayList<>();
            for (JsonValue item : items) {
                read.add(reader.read(object(item)));
            }
            return Optional.of(List.copyOf(read));
        } catch (NotUnderstoodException | ArithmeticException notOurs) {
            return Optional.empty();
        }
    }

    private static Map<String, JsonValue> object(JsonValue said) throws NotUnderstoodException {
        if (said instanceof JsonValue.Obj(Map<String, JsonValue> members)) {
            return members;
        }
        throw new NotUnderstoodException("object");
    }

    private static JsonValue member(Map<String, JsonValue> said, String name)
            throws NotUnderstoodException {
        JsonValue member = said.get(name);
        if (member == null) {
            throw new NotUnderstoodException(name);
        }
        return member;
    }

    private static String text(Map<String, JsonValue> said, String name)
            throws NotUnderstoodException {
        if (member(said, name) instanceof JsonValue.Text(String text)) {
            return text;
        }
        throw new NotUnderstoodException(name);
    }

    private static long number(Map<String, JsonValue> said, String name)
            throws NotUnderstoodException {
        if (member(said, name) instanceof JsonValue.Num(String number)) {
            try {
                return Long.parseLong(number);
            } catch (NumberFormatException fraction) {
                throw new NotUnderstoodException(name);
            }
        }
        throw new NotUnderstoodException(name);
    }
}
