package io.pipecat.agent;

import io.pipecat.api.NodeContext;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldModel;
import io.pipecat.api.world.WorldState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is in the house, for the system prompt: rooms, devices and what they are, but not how they are now. It changes only when
 * something is added, renamed or removed, so that a model can keep what it has read of the prompt while lights go on and off.
 */
final class HouseSummary {
    private static final String TOOL = "world_model";
    private static final int BYTES_PER_TOKEN = 3;
    private static final int LONGEST_NAME = 60;

    /** The most of a model's context that it may take: a twentieth. */
    private static final int SHARE = 20;

    /** With less nothing useful can be said. */
    private static final int LEAST_TOKENS = 60;

    private static final Comparator<String> BY_NAME =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    /** What stands for a device that is in no room; sorts after all names. */
    private static final String NOWHERE = "\uffff";

    private HouseSummary() {}

    /**
     * Returns the summary for a conversation of a node.
     *
     * @return the text; empty if the model cannot ask about devices, there are none, or its context is too small for it
     */
    static String of(NodeContext context) {
        int tokens = Math.min(
                context.settings().get(AgentSettings.WORLD_SUMMARY_TOKENS),
                context.llm().contextTokens() / SHARE);
        if (tokens < LEAST_TOKENS || context.tools().find(TOOL).isEmpty()) {
            return "";
        }
        return context.worldModel()
                .map(WorldModel::state)
                .map(state -> of(state, tokens))
                .orElse("");
    }

    /**
     * Returns the summary of a house: as much as fits, the most telling form first.
     *
     * @param state the house
     * @param tokens the most that it may take, by estimate
     */
    static String of(WorldState state, int tokens) {
        if (state.devices().isEmpty()) {
            return "";
        }
        Map<String, List<Device>> all = byRoom(state, state.devices());
        Map<String, List<Device>> commandable = byRoom(
                state, state.devices().stream().filter(Device::commandable).toList());
        return Stream.of(
                        text("The devices of the house, by room:", rooms(all, HouseSummary::named)),
                        commandable.isEmpty()
                                ? ""
                                : text(
                                        "The devices of the house that take commands, by room:",
                                        rooms(commandable, HouseSummary::named)),
                        text("The devices of the house, by room:", rooms(all, HouseSummary::counted)))
                .filter(text -> !text.isEmpty() && fits(text, tokens))
                .findFirst()
                .orElseGet(() -> roomsAlone(all, state.devices().size(), tokens));
    }

    private static Map<String, List<Device>> byRoom(WorldState state, List<Device> devices) {
        Map<String, String> names =
                state.locations().stream().collect(Collectors.toMap(Location::id, Location::name, (a, b) -> a));
        Map<String, List<Device>> rooms = new TreeMap<>(BY_NAME);
        for (Device device : devices) {
            String room = device.location()
                    .map(id -> shown(names.getOrDefault(id, id)))
                    .orElse(NOWHERE);
            rooms.computeIfAbsent(room, r -> new ArrayList<>()).add(device);
        }
        return rooms;
    }

    private static List<String> rooms(Map<String, List<Device>> rooms, Function<List<Device>, String> devices) {
        return rooms.entrySet().stream()
                .map(room -> (room.getKey().equals(NOWHERE) ? "Elsewhere" : room.getKey()) + ": "
                        + devices.apply(room.getValue()))
                .toList();
    }

    private static String named(List<Device> devices) {
        return devices.stream()
                .map(device -> shown(device.name()) + " (" + kind(device) + ")")
                .sorted(BY_NAME)
                .collect(Collectors.joining(", "));
    }

    private static String counted(List<Device> devices) {
        return devices.stream()
                .collect(Collectors.groupingBy(
                        HouseSummary::kind, () -> new TreeMap<String, Long>(BY_NAME), Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String kind(Device device) {
        return device.type().isBlank() ? "device" : shown(device.type()).replace('_', ' ');
    }

    /** Names come from other systems: they stay on their line and cannot fill the prompt. */
    private static String shown(String name) {
        String line = name.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST_NAME
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }

    private static String text(String heading, List<String> rooms) {
        return heading + "\n" + String.join("\n", rooms) + "\nTheir state changes: ask for it.";
    }

    private static String roomsAlone(Map<String, List<Device>> rooms, int devices, int tokens) {
        List<String> names =
                rooms.keySet().stream().filter(room -> !room.equals(NOWHERE)).toList();
        for (int shown = names.size(); shown > 0; shown--) {
            String rest = shown < names.size() ? " and " + (names.size() - shown) + " other rooms" : "";
            String text = "There are " + devices + " devices in the house, in "
                    + String.join(", ", names.subList(0, shown)) + rest + ". Ask for those of a room by its name.";
            if (fits(text, tokens)) {
                return text;
            }
        }
        return "There are " + devices + " devices in the house. Ask for those of a room by its name.";
    }

    private static boolean fits(String text, int tokens) {
        return text.getBytes(StandardCharsets.UTF_8).length <= tokens * BYTES_PER_TOKEN;
    }
}
