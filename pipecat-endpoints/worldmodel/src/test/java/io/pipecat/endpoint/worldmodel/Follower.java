package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads a stream of events as a stranger would who knows only the standard. */
final class Follower implements AutoCloseable {
    /** One event. */
    record Event(String name, String id, String text) {
        JsonObject data() throws Exception {
            return Json.parseObject(text);
        }
    }

    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;
    String comments = "";

    Follower(Service service, HttpRequest.Builder request) throws IOException, InterruptedException {
        answer = service.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    int status() {
        return answer.statusCode();
    }

    String contentType() {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    /** The next event; its name is empty if the stream has ended. */
    Event next() throws IOException {
        String name = "";
        String id = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(":")) {
                comments += line + "\n";
            } else if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                data.append(line, "data: ".length(), line.length());
            } else if (line.isEmpty() && !name.isEmpty()) {
                return new Event(name, id, data.toString());
            }
        }
        return new Event("", "", "");
    }

    /** The next event of a name. */
    Event next(String name) throws IOException {
        Event event = next();
        while (!event.name().equals(name) && !event.name().isEmpty()) {
            event = next();
        }
        return event;
    }

    /** Reads until so many comments have come. */
    void comment() throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(":")) {
            line = lines.readLine();
        }
        comments += line + "\n";
    }

    @Override
    public void close() throws IOException {
        answer.body().close();
    }
}
