package io.pipecat.worldmodel.cluster;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.world.Agent;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** The cluster's service catalogue. Thread-safe. */
final class Consul implements AutoCloseable {
    private final HttpUrl services;
    private final Rest rest;

    Consul(HttpUrl services, Rest rest) {
        this.services = services;
        this.rest = rest;
    }

    static Optional<Consul> of(Settings settings, DeploymentMode mode) throws WorldModelException {
        boolean named = settings.isSet(ClusterSettings.CONSUL_HOST);
        if (!named && mode == DeploymentMode.MONOLITH) {
            return Optional.empty();
        }
        boolean tls = settings.get(ClusterSettings.CONSUL_TLS);
        HttpUrl services = new HttpUrl.Builder()
                .scheme(tls ? "https" : "http")
                .host(settings.get(named ? ClusterSettings.CONSUL_HOST : ClusterSettings.CLUSTER_IP))
                .port(settings.get(ClusterSettings.CONSUL_PORT))
                .addPathSegments("v1/agent/services")
                .build();
        OkHttpClient.Builder client = new OkHttpClient.Builder();
        if (tls && settings.isSet(ClusterSettings.CONSUL_CA)) {
            Authorities.trustOnly(settings.get(ClusterSettings.CONSUL_CA), client);
        }
        return Optional.of(
                new Consul(services, new Rest(client, "X-Consul-Token", settings.find(ClusterSettings.CONSUL_TOKEN))));
    }

    List<Agent> agents() throws WorldModelException, InterruptedException {
        Rest.Answer answer;
        try {
            answer = rest.get(services);
        } catch (Rest.NoAnswer e) {
            throw new WorldModelException(
                    "Consul at " + services + " was asked for the services, but " + e.getMessage()
                            + ". Check that it runs there and that consul_host is right.",
                    e);
        }
        if (!answer.isSuccess()) {
            throw new WorldModelException(
                    "Consul at " + services + " was asked for the services and answers " + answer.status()
                            + (answer.excerpt().isEmpty() ? "" : ": " + answer.excerpt()) + "."
                            + (answer.status() == 403 ? " Set consul_http_token to a token with service:read." : ""),
                    null);
        }
        JsonValue json;
        try {
            json = answer.json();
        } catch (JsonException e) {
            throw new WorldModelException(
                    "What answers at " + services + " is not Consul (" + e.getMessage() + ").", e);
        }
        if (!(json instanceof JsonObject byId)) {
            throw new WorldModelException(
                    "What answers at " + services + " is not Consul: an object was expected.", null);
        }
        List<Agent> agents = new ArrayList<>();
        byId.members().forEach((id, service) -> {
            if (service instanceof JsonObject object) {
                agents.add(new Agent(id, object.string("Service").orElse(id), detail(object)));
            }
        });
        return agents;
    }

    private static JsonObject detail(JsonObject service) {
        JsonObject.Builder detail = JsonObject.builder();
        service.get("Address").ifPresent(value -> detail.put("address", value));
        service.get("Port").ifPresent(value -> detail.put("port", value));
        service.get("Tags").ifPresent(value -> detail.put("tags", value));
        service.get("Meta").ifPresent(value -> detail.put("meta", value));
        return detail.build();
    }

    @Override
    public void close() {
        rest.close();
    }
}
