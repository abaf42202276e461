package dev.flowir.http;

import java.util.Arrays;

/**
 * Which addresses are inside: everything that IANA's special-purpose registries (RFC 6890 and its
 * updates) do not give to the public network, and multicast.
 */
final class PrivateAddresses {

    private PrivateAddresses() {}

    /** Whether the 4 or 16 bytes of an address are inside. */
    static boolean contains(byte[] address) {
        return address.length == 4 ? v4(address) : v6(address);
    }

    private static boolean v4(byte[] ip) {
        int a = ip[0] & 0xFF;
        int b = ip[1] & 0xFF;
        int c = ip[2] & 0xFF;
        return a == 0 // this network
                || a == 10 // RFC 1918
                || (a == 100 && (b & 0xC0) == 64) // shared by carriers
                || a == 127 // loopback
                || (a == 169 && b == 254) // link local, and what clouds tell their machines
                || (a == 172 && (b & 0xF0) == 16) // RFC 1918
                || (a == 192 && b == 0 && (c == 0 || c == 2)) // protocols, documentation
                || (a == 192 && b == 168) // RFC 1918
                || (a == 198 && (b & 0xFE) == 18) // benchmarks
                || (a == 198 && b == 51 && c == 100) // documentation
                || (a == 203 && b == 0 && c == 113) // documentation
                || a >= 224; // multicast, reserved, broadcast
    }

    private static boolean v6(byte[] ip) {
        int first = ((ip[0] & 0xFF) << 8) | (ip[1] & 0xFF);
        int second = ((ip[2] & 0xFF) << 8) | (ip[3] & 0xFF);
        if (first == 0x2002) { // 6to4 carries a v4 address
            return v4(Arrays.copyOfRange(ip, 2, 6));
        }
        if (first == 0x64 && second == 0xFF9B) { // NAT64 carries one at its end
            return v4(Arrays.copyOfRange(ip, 12, 16));
        }
        return first == 0 // none, loopback, v4 in disguise, and the unassigned rest
                || (first & 0xFE00) == 0xFC00 // unique local
                || (first & 0xFF80) == 0xFE80 // link local, site local
                || (first & 0xFF00) == 0xFF00 // multicast
                || first == 0x100 // discard only
                || (first == 0x2001 && (second == 0 || second == 0xDB8)) // Teredo, documentation
                || (first == 0x2001 && (second & 0xFFF0) == 0x10); // ORCHID
    }
}
