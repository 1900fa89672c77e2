package io.pipecat.tools.local.world;

import io.pipecat.api.json.JsonObject;
import io.pipecat.tools.local.world.House.Known;
import io.pipecat.tools.local.world.Meant.Devices;
import io.pipecat.tools.local.world.Meant.Nothing;
import io.pipecat.tools.local.world.Meant.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which of the devices that were meant are asked for a change. Who names a room or a kind means those that can do what is wanted;
 * who names a device means that one.
 *
 * @param orders what to ask for
 * @param refusals what cannot be done, in sentences
 */
record Orders(List<Order> orders, List<Refusal> refusals) {

    /** A change to ask a device for. */
    record Order(Known known, JsonObject change) {}

    /** Something that cannot be done. */
    record Refusal(String name, String sentence) {}

    /** Copies the lists. */
    Orders {
        orders = List.copyOf(orders);
        refusals = List.copyOf(refusals);
    }

    static Orders of(List<Meant> meant, Wanted wanted) {
        List<Order> orders = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (Meant part : meant) {
            switch (part) {
                case Nothing nothing ->
                    refusals.add(new Refusal(Resolver.shortened(nothing.said().strip()), nothing.sentence()));
                case Devices devices -> decide(devices, wanted, orders, refusals);
            }
        }
        return new Orders(orders, refusals);
    }

    private static void decide(Devices part, Wanted wanted, List<Order> orders, List<Refusal> refusals) {
        List<Order> possible = new ArrayList<>();
        List<Refusal> impossible = new ArrayList<>();
        List<Refusal> guarded = new ArrayList<>();
        for (Known known : part.devices()) {
            switch (wanted.forDevice(known)) {
                case Wanted.Change.Impossible(String sentence) ->
                    impossible.add(new Refusal(known.device().name(), sentence));
                case Wanted.Change.Possible(JsonObject change) -> {
                    if (letsIn(known, change) && (part.scope() == Scope.ROOM || part.scope() == Scope.EVERYTHING)) {
                        guarded.add(new Refusal(
                                known.device().name(),
                                "\"" + known.device().name()
                                        + "\" is opened only if it is named, not along with a room or everything."));
                    } else {
                        possible.add(new Order(known, change));
                    }
                }
            }
        }
        if (part.scope() == Scope.ROOM && switchesOn(possible)) {
            // "Turn on the kitchen" means its light, and not the coffee machine.
            possible = lightsAmong(possible);
        }
        orders.addAll(possible);
        refusals.addAll(guarded);
        if (part.scope() == Scope.DEVICE || (possible.isEmpty() && guarded.isEmpty())) {
            refusals.addAll(part.scope() == Scope.DEVICE ? impossible : impossible.subList(0, 1));
        }
    }

    private static boolean letsIn(Known known, JsonObject change) {
        String state = change.string(Wanted.STATE).orElse("");
        return known.kind().isEntrance() && (state.equals("open") || state.equals("unlocked"));
    }

    private static boolean switchesOn(List<Order> orders) {
        return orders.stream()
                .anyMatch(order ->
                        order.change().string(Wanted.STATE).filter("on"::equals).isPresent());
    }

    private static List<Order> lightsAmong(List<Order> orders) {
        List<Order> lights = orders.stream()
                .filter(order -> order.known().concepts().contains("light"))
                .toList();
        return lights.isEmpty() ? orders : new ArrayList<>(lights);
    }
}
