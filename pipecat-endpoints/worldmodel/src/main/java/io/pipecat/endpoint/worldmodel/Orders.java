package io.pipecat.endpoint.worldmodel;

import io.pipecat.api.Nearest;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.JobRefusedException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What others want done: by a device, by the scheduler, by the model itself. */
final class Orders {
    private static final int FIRST_ERROR = 400;

    private final WorldModel model;

    Orders(WorldModel model) {
        this.model = model;
    }

    Response command(Request request) throws IOException, InterruptedException {
        String id = request.pathParameter("device");
        Optional<Device> device = model.state().device(id);
        if (device.isEmpty()) {
            return Response.error(404, unknown(id));
        }
        if (!device.get().commandable()) {
            return Response.error(409, "\"" + device.get().name() + "\" takes no commands.");
        }
        try {
            JsonObject change = Bodies.object(request);
            if (change.members().isEmpty()) {
                return Response.error(422, "The body names no property to change; send such as {\"state\": \"on\"}.");
            }
            return answer(model.command(id, change));
        } catch (Bodies.Malformed e) {
            return Response.error(422, e.getMessage() + " Send such as {\"state\": \"on\"}.");
        } catch (IllegalArgumentException e) {
            return Response.error(422, String.valueOf(e.getMessage()));
        } catch (WorldModelException e) {
            return Response.error(502, e.getMessage());
        }
    }

    private String unknown(String id) {
        List<String> ids = model.state().devices().stream().map(Device::id).toList();
        String nearest = Nearest.ranked(id, ids, 1).stream()
                .findFirst()
                .map(near -> "; the nearest is '" + near + "'.")
                .orElse("; none is known at all.");
        return "There is no device '" + id + "'" + nearest;
    }

    private static Response answer(CommandResult result) {
        int status = result.status() == CommandResult.Status.CONFIRMED ? 200 : 202;
        return Response.json(
                status,
                JsonObject.builder()
                        .put("device", result.device())
                        .put("status", result.status().name().toLowerCase(Locale.ROOT))
                        .put("message", result.message())
                        .build());
    }

    Response refresh() throws InterruptedException {
        try {
            model.refresh();
            return Response.json(200, JsonObject.of("status", "ok"));
        } catch (WorldModelException e) {
            return Response.error(502, e.getMessage());
        }
    }

    Response dispatch(Request request) throws IOException, InterruptedException {
        try {
            JobRequest job = JobForm.read(Bodies.object(request));
            return Response.json(200, model.dispatch(job).answer());
        } catch (Bodies.Malformed e) {
            return Response.error(422, e.getMessage());
        } catch (JobRefusedException e) {
            String said = e.answer().isBlank() ? e.getMessage() : e.answer().strip();
            return Response.error(e.status() >= FIRST_ERROR && e.status() < 600 ? e.status() : 502, said);
        } catch (WorldModelException e) {
            return Response.error(502, e.getMessage());
        }
    }
}
