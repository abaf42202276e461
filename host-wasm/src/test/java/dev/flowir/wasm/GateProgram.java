package dev.flowir.wasm;

import java.util.ArrayList;
import java.util.List;

/** Runs every case and prints one line for each; compiled to JavaScript with the documents. */
final class GateProgram {

    private GateProgram() {}

    public static void main(String[] args) {
        for (GateLine line : run()) {
            System.out.println(line.text());
        }
    }

    static List<GateLine> run() {
        List<GateLine> lines = new ArrayList<>();
        PortableCases.all().forEach((name, body) -> lines.add(GateLine.of(name, body)));
        return lines;
    }
}
