package dev.flowir.wasm.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the module before the program does by itself, run as it is by Node. */
class PlatformModuleTest {

    /** Addresses made by chance of what servers and clients stumble over, and what is usual. */
    private static final String COMPARED =
            """
            import { parted } from './platform.mjs';
            const words = ['a', 'Zb9', '_', '~', '-', '.', '..', '.a', 'a.', '%2e', '%2E%2e', 'a%2e', '%', '%zz', '%00',
              '/', '//', '?', '&', '=', '+', '#', '\\\\', ' ', ':', '@', '!', "'", '"', '<', '|', '^', '{', '[', ';', ',',
              'ä', '\\u{1F600}', '\\ud800', '\\t', '\\n', '*', '$', '(', ''];
            const hosts = ['http://localhost', 'https://a.b:8080', 'http://[::1]:1', 'http://127.0.0.1:0'];
            let seed = 42;
            const below = (n) => (seed = (seed * 48271) % 2147483647) % n;
            let usual = 0;
            for (let round = 0; round < 200000; round += 1) {
              let address = hosts[below(hosts.length)];
              const hasPath = below(9) > 0;
              for (let n = below(6); hasPath && n >= 0; n -= 1) address += '/' + words[below(round % 2 ? 10 : words.length)];
              for (let n = below(8) - 4; n > 0; n -= 1) address += (n === 3 ? '?' : '') + words[below(words.length)];
              let url;
              try {
                url = new URL(address);
              } catch {
                continue;
              }
              const [path, query] = parted(address);
              if (path !== url.pathname || query !== url.search.slice(1)) {
                console.log(JSON.stringify([address, path, query, url.pathname, url.search]));
              }
              usual += 1;
            }
            console.log(usual > 100000 ? 'compared' : usual);
            """;

    @Test
    void addressesAreTakenApartAsThePlatformDoesIt(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("platform.mjs"), Resources.text("platform.mjs"));
        Files.writeString(
                folder.resolve("bindings.mjs"),
                "export const bindings = {};\nexport function bind() {}\n");
        Files.writeString(folder.resolve("compared.mjs"), COMPARED);
        Process node =
                new ProcessBuilder("node", "compared.mjs")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(node.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, node.waitFor(), said);
        assertEquals("compared\n", said);
    }
}
