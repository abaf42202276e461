package dev.flowir.wasm;

import dev.flowir.http.HttpRemote.Address;
import java.util.List;

/** Addresses that stand in an URL itself, as the platform writes them there. */
final class WrittenAddress {

    private static final int GROUPS = 8;

    private WrittenAddress() {}

    /** The address that a host is; none when it is a name. */
    static List<Address> of(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return List.of(new Address(host, new byte[] {127, 0, 0, 1}));
        }
        if (host.startsWith("[")) {
            String text = host.substring(1, host.length() - 1);
            return List.of(new Address(text, six(text)));
        }
        byte[] four = four(host);
        return four.length == 4 ? List.of(new Address(host, four)) : List.of();
    }

    private static byte[] four(String host) {
        List<String> parts = Query.split(host, '.');
        if (parts.size() != 4) {
            return new byte[0];
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts.get(i);
            if (part.length() > 3 || !Query.isDigits(part)) {
                return new byte[0];
            }
            bytes[i] = (byte) Integer.parseInt(part);
        }
        return bytes;
    }

    /** Groups of hexadecimal digits, zeros left out at one place. */
    private static byte[] six(String text) {
        byte[] bytes = new byte[2 * GROUPS];
        int gap = text.indexOf("::");
        String left = gap < 0 ? text : text.substring(0, gap);
        String right = gap < 0 ? "" : text.substring(gap + 2);
        fill(bytes, 0, left);
        int groups = right.isEmpty() ? 0 : Query.split(right, ':').size();
        fill(bytes, GROUPS - groups, right);
        return bytes;
    }

    private static void fill(byte[] bytes, int from, String groups) {
        if (groups.isEmpty()) {
            return;
        }
        int at = from;
        for (String group : Query.split(groups, ':')) {
            int value = Integer.parseInt(group, 16);
            bytes[2 * at] = (byte) (value >> 8);
            bytes[2 * at + 1] = (byte) value;
            at++;
        }
    }
}
