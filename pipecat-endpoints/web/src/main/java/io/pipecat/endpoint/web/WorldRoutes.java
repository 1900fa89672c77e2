package io.pipecat.endpoint.web;

import io.pipecat.api.Nearest;
import io.pipecat.api.NodeContext;
import io.pipecat.api.http.Request;
import io.pipecat.api.http.Response;
import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The house: what is in it, and switching it. */
final class WorldRoutes {
    private static final JsonObject NO_HOUSE = JsonObject.builder()
            .put("available", false)
            .put("rooms", JsonArray.EMPTY)
            .put("devices", JsonArray.EMPTY)
            .build();

    private final NodeContext context;

    WorldRoutes(NodeContext context) {
        this.context = context;
    }

    List<Api> apis() {
        return List.of(
                Api.get("/api/world", "Tells the rooms and devices of the house.", request -> world()),
                Api.of("POST", "/api/world/command", "Asks a device for a change.", this::command)
                        .taking(
                                Api.text("device", "the device's id"),
                                new Api.Field("change", "object", true, "properties to change, such as state")));
    }

    private Response world() {
        return Response.json(
                200,
                context.worldModel().map(model -> Devices.all(model.state())).orElse(NO_HOUSE));
    }

    private Response command(Request request) throws IOException, InterruptedException, Bodies.Malformed {
        JsonObject body = Bodies.object(request);
        String id = Bodies.text(body, "device", 1, 200);
        Optional<JsonObject> change =
                body.object("change").filter(object -> !object.members().isEmpty());
        if (change.isEmpty()) {
            throw new Bodies.Malformed("'change' names no property to change; send such as {\"state\": \"on\"}.");
        }
        Optional<WorldModel> model = context.worldModel();
        if (model.isEmpty()) {
            return Response.error(404, "This node has no world model.");
        }
        List<Device> devices = model.get().state().devices();
        Optional<Device> device =
                devices.stream().filter(each -> each.id().equals(id)).findFirst();
        if (device.isEmpty()) {
            List<String> ids = devices.stream().map(Device::id).toList();
            return Response.error(404, "There is no device '" + id + "'." + Nearest.hint(id, ids));
        }
        if (!device.get().commandable()) {
            return Response.error(409, "\"" + device.get().name() + "\" takes no commands.");
        }
        try {
            CommandResult result = model.get().command(id, change.get());
            return Response.json(
                    result.status() == CommandResult.Status.CONFIRMED ? 200 : 202,
                    JsonObject.builder()
                            .put("device", result.device())
                            .put("status", result.status().name().toLowerCase(Locale.ROOT))
                            .put("message", result.message())
                            .build());
        } catch (IllegalArgumentException e) {
            return Response.error(422, String.valueOf(e.getMessage()));
        } catch (WorldModelException e) {
            return Response.error(502, e.getMessage());
        }
    }
}
