package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Single topics: what is known of one, and the saying of it. */
final class StateRoutes {
    private static final int MAX_TOPIC_BYTES = 65_535;
    private static final int MAX_SHOWN = 80;

    private final WorldModel model;

    StateRoutes(WorldModel model) {
        this.model = model;
    }

    Response get(Request request) {
        String topic = request.pathParameter("topic");
        return model.state().get(topic).map(value -> Response.json(200, value)).orElseGet(() -> unknown(topic));
    }

    private static Response unknown(String topic) {
        return Response.error(404, "Nothing is known of the topic " + shown(topic) + ". GET /state shows all topics.");
    }

    private static String shown(String topic) {
        String text = topic.length() > MAX_SHOWN ? topic.substring(0, MAX_SHOWN) + "…" : topic;
        return new JsonString(text).toString();
    }

    Response update(Request request) throws IOException {
        try {
            String topic = writable(request);
            model.update(topic, Bodies.value(request));
            return done(topic);
        } catch (Bodies.Malformed e) {
            return Response.error(422, e.getMessage() + " To take the topic away, send DELETE.");
        } catch (IllegalArgumentException e) {
            return Response.error(422, String.valueOf(e.getMessage()));
        } catch (WorldModelException e) {
            return Response.error(502, e.getMessage());
        }
    }

    Response remove(Request request) {
        try {
            String topic = writable(request);
            if (model.state().get(topic).isEmpty()) {
                return unknown(topic);
            }
            model.remove(topic);
            return done(topic);
        } catch (IllegalArgumentException e) {
            return Response.error(422, String.valueOf(e.getMessage()));
        } catch (WorldModelException e) {
            return Response.error(502, e.getMessage());
        }
    }

    private static Response done(String topic) {
        return Response.json(
                200,
                JsonObject.builder().put("status", "ok").put("topic", topic).build());
    }

    /** A broker ends the connection of who publishes to a topic that is none, so none such gets that far. */
    private static String writable(Request request) {
        String topic = request.pathParameter("topic");
        String problem = null;
        if (topic.isEmpty()) {
            problem = "is empty";
        } else if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            problem = "has a wildcard, + or #";
        } else if (topic.indexOf('\0') >= 0) {
            problem = "has a null character";
        } else if (topic.indexOf('\uFFFD') >= 0) {
            problem = "is not UTF-8";
        } else if (topic.getBytes(StandardCharsets.UTF_8).length > MAX_TOPIC_BYTES) {
            problem = "is longer than " + MAX_TOPIC_BYTES + " bytes";
        }
        if (problem != null) {
            throw new IllegalArgumentException(
                    "The topic " + shown(topic) + " " + problem + "; nothing can be said of it.");
        }
        return topic;
    }
}
