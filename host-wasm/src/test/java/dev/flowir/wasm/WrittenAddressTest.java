package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.http.HttpRemote.Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenAddressTest {

    private static String bytes(String host) {
        List<Address> all = WrittenAddress.of(host);
        return all.isEmpty() ? "" : HexFormat.of().formatHex(all.get(0).bytes());
    }

    @Test
    void http51_whatIsWrittenOutIsReadAsTheJvmReadsIt() throws Exception {
        for (String host :
                List.of(
                        "127.0.0.1",
                        "10.255.0.9",
                        "[::]",
                        "[::1]",
                        "[fd00::7]",
                        "[2001:db8::ff00:42:8329]",
                        "[1:2:3:4:5:6:7:8]",
                        "[2606:4700::]")) {
            String expected = HexFormat.of().formatHex(InetAddress.getByName(host).getAddress());
            assertEquals(expected, bytes(host), host);
        }
        assertEquals("7f000001", bytes("localhost"));
        assertEquals("7f000001", bytes("a.localhost"));
    }

    @Test
    void http51_namesAreLeftToThePlatform() {
        for (String host : List.of("example.org", "1.2.3", "1.2.3.x", "1.2.3.4.5")) {
            assertEquals("", bytes(host), host);
        }
    }
}
