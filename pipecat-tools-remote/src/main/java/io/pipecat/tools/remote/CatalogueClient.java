package io.pipecat.tools.remote;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.ToolException;
import io.pipecat.json.JsonException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** Asks the instances, one after the other, what they offer. */
final class CatalogueClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /**
     * What an instance offers.
     *
     * @param server which one
     * @param tools what it sent
     */
    record Fetched(Server server, JsonObject tools) {}

    private final Servers servers;
    private final Requests requests;
    private final Clock clock;
    private volatile Optional<Server> asked = Optional.empty();

    CatalogueClient(Servers servers, Requests requests, Clock clock) {
        this.servers = servers;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Fetches the catalogue.
     *
     * @return the catalogue; empty if no instance is known
     * @throws ToolException if none of those that are known gave it; says why and what to do
     */
    Optional<Fetched> fetch() throws ToolException, InterruptedException {
        Set<HttpUrl> tried = new HashSet<>();
        ToolException problem = null;
        while (true) {
            Optional<Server> next = servers.next(tried);
            if (next.isEmpty()) {
                if (problem != null) {
                    throw problem;
                }
                return Optional.empty();
            }
            Server server = next.get();
            tried.add(server.base());
            asked = next;
            try {
                return Optional.of(new Fetched(server, fetch(server)));
            } catch (NothingRan e) {
                if (e.kind() != NothingRan.Kind.ITSELF) {
                    servers.failed(server);
                    problem = e.failure();
                }
            }
        }
    }

    /** Returns the instance that was asked last, whether it has answered or not. */
    Optional<Server> asked() {
        return asked;
    }

    private JsonObject fetch(Server server) throws NothingRan, ToolException, InterruptedException {
        Answers answers = new Answers(server, clock.instant());
        Reply reply = requests.get(server, "tools/", answers, System.nanoTime() + TIMEOUT.toNanos());
        if (reply.status() != 200) {
            throw answers.refusal(reply);
        }
        try {
            if (!reply.isCut()) {
                return answers.object(reply);
            }
            throw new JsonException("it is larger than " + (Http.MAX_BODY >> 20) + " MiB", -1, null);
        } catch (JsonException e) {
            throw NothingRan.unusable("The tool server at " + server.display()
                    + " sent something that is no list of tools (" + e.getMessage() + "); check "
                    + server.endpoint().source() + ".");
        }
    }
}
