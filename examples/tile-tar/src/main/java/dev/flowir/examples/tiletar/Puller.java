package dev.flowir.examples.tiletar;

import dev.flowir.examples.tiletar.Messages.Tile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The container's own way to tiles: HTTP and the links of a permit. It packs them as the archive
 * would have been, so that what was received in one way goes on in another.
 */
final class Puller implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Duration patience;

    /**
     * Begins without connections.
     *
     * @param patience for each tile
     */
    Puller(Duration patience) {
        this.patience = patience;
    }

    /**
     * Reads the tiles of an archive and lets a sink have it.
     *
     * @param from bytes that the sink has already
     * @throws IOException when a link is no longer good, or its tile is another one: the sink has
     *     no trailer then
     */
    void pull(Permit permit, long from, Sink sink) throws IOException, InterruptedException {
        List<TileRef> tiles = permit.tiles().stream().map(Permit.Grant::tile).toList();
        Manifest.Place place =
                new Manifest(permit.archive().plan(), tiles).windowAt(from, TileFlow.FETCHES);
        Rest rest = new Rest(sink, from - place.offset());
        for (int first = place.tile(); first < tiles.size(); first += TileFlow.FETCHES) {
            int end = Math.min(first + TileFlow.FETCHES, tiles.size());
            rest.write(TileFlow.entries(fetch(permit.tiles().subList(first, end))));
        }
        rest.write(TarWriter.trailer());
    }

    private List<Tile> fetch(List<Permit.Grant> grants) throws IOException, InterruptedException {
        List<CompletableFuture<HttpResponse<byte[]>>> answers =
                grants.stream().map(this::ask).toList();
        try {
            List<Tile> tiles = new ArrayList<>();
            for (int i = 0; i < grants.size(); i++) {
                tiles.add(tile(grants.get(i).tile(), answers.get(i).get()));
            }
            return tiles;
        } catch (ExecutionException failed) {
            throw new IOException("a tile could not be read", failed.getCause());
        } finally {
            answers.forEach(answer -> answer.cancel(true));
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(Permit.Grant grant) {
        HttpRequest request =
                HttpRequest.newBuilder(grant.link())
                        .timeout(patience)
                        .header("If-Match", '"' + grant.tile().eTag() + '"')
                        .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Tile tile(TileRef tile, HttpResponse<byte[]> answer) throws IOException {
        int status = answer.statusCode();
        if (status != 200 || answer.body().length != tile.size()) {
            String why =
                    switch (status) {
                        case 200 -> "has " + answer.body().length + " bytes, not " + tile.size();
                        case 403 -> "may not be read by its link any more";
                        case 404 -> "is gone since its archive was begun";
                        case 412 -> "has changed since its archive was begun";
                        default -> "could not be read: status " + status;
                    };
            throw new IOException("'" + tile.name() + "' " + why);
        }
        return new Tile(tile, answer.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
