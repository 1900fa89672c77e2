package io.pipecat.tools.local.world;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.world.CommandResult;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends what was decided, to all devices at once: one that does not answer must not keep the others waiting. */
record Dispatch(WorldModel model) {

    JsonObject send(Orders orders, String said) throws ToolException, InterruptedException {
        List<JsonValue> done = new ArrayList<>();
        List<Orders.Refusal> failed = new ArrayList<>(orders.refusals());
        boolean confirmed = true;
        List<Future<CommandResult>> results = results(orders.orders());
        for (int i = 0; i < results.size(); i++) {
            Device device = orders.orders().get(i).known().device();
            try {
                confirmed &= results.get(i).get().status() == CommandResult.Status.CONFIRMED;
                done.add(JsonObject.builder()
                        .put("id", device.id())
                        .put("name", device.name())
                        .put("state", said(orders.orders().get(i).change(), said))
                        .build());
            } catch (ExecutionException e) {
                failed.add(new Orders.Refusal(device.name(), sentence(e)));
            }
        }
        if (done.isEmpty()) {
            throw Answers.nothing(failed);
        }
        JsonObject.Builder answer = JsonObject.builder().put("devices", new JsonArray(done));
        if (!failed.isEmpty()) {
            answer.put("failed", Answers.failures(failed));
        }
        return answer.put("status", confirmed ? "confirmed" : "sent").build();
    }

    /** Interruption ends all of them. */
    private List<Future<CommandResult>> results(List<Orders.Order> orders) throws InterruptedException {
        List<Callable<CommandResult>> calls = orders.stream()
                .<Callable<CommandResult>>map(
                        order -> () -> model.command(order.known().device().id(), order.change()))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls);
        }
    }

    /** The state that is wanted; the words of the user, where it is an amount or a colour. */
    private static String said(JsonObject change, String said) {
        return change.members().size() == 1 ? change.string(Wanted.STATE).orElse(said) : said;
    }

    private static String sentence(ExecutionException e) {
        return switch (e.getCause()) {
            case WorldModelException failure -> String.valueOf(failure.getMessage());
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case InterruptedException interrupted -> "The command was interrupted.";
            case null, default -> String.valueOf(e.getCause());
        };
    }
}
