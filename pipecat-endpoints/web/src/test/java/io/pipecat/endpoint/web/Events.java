package io.pipecat.endpoint.web;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** A stream of events as a browser reads it. */
final class Events implements AutoCloseable {
    /** One event. */
    record Event(String name, String id, JsonObject data) {}

    private final HttpResponse<InputStream> response;
    private final BufferedReader in;

    Events(HttpResponse<InputStream> response) {
        this.response = response;
        this.in = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    int status() {
        return response.statusCode();
    }

    /** Waits for the next event, but for signs of life. */
    Event next() throws Exception {
        String name = "";
        String id = "";
        String data = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                if (!name.isEmpty() && !name.equals("alive")) {
                    return new Event(name, id, data.startsWith("{") ? Json.parseObject(data) : JsonObject.EMPTY);
                }
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        throw new NoSuchElementException("the stream has ended");
    }

    /** Waits for an event of a kind. */
    Event next(String name) throws Exception {
        while (true) {
            Event event = next();
            if (event.name().equals(name)) {
                return event;
            }
        }
    }

    /** Reads to the end of the turn. */
    List<Event> turn() throws Exception {
        List<Event> events = new ArrayList<>();
        do {
            events.add(next());
        } while (!events.getLast().name().equals("turn_end"));
        return events;
    }

    /** The text that events add up to. */
    static String text(List<Event> events) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.name().equals("text"))
                .forEach(event -> text.append(event.data().string("delta").orElseThrow()));
        return text.toString();
    }

    static List<String> names(List<Event> events) {
        return events.stream().map(Event::name).toList();
    }

    boolean hasEnded() throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("event: ") && !line.equals("event: alive")) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
