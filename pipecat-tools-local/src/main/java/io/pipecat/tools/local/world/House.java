package io.pipecat.tools.local.world;

import io.pipecat.api.Nearest;
import io.pipecat.api.world.Device;
import io.pipecat.api.world.Location;
import io.pipecat.api.world.WorldState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The devices and rooms of one moment, with their names taken apart. */
final class House {

    /**
     * A device as people speak of it.
     *
     * @param device the device
     * @param room what its room is called; its id, if no such room is defined
     * @param kind how it behaves
     * @param names the words of its name, and if it has compounds, once more with these taken apart; never empty
     * @param roomWords the words of its room's name and id
     * @param concepts what people call such a device
     */
    record Known(
            Device device,
            Optional<String> room,
            Kind kind,
            List<List<String>> names,
            Set<String> roomWords,
            Set<String> concepts) {

        /** How to name it so that it is not mistaken for another of the same name. */
        String shown(boolean withRoom) {
            String name = "\"" + device.name() + "\"";
            return withRoom ? name + room.map(r -> " (" + r + ")").orElse(" (" + device.id() + ")") : name;
        }
    }

    /**
     * A room as people speak of it.
     *
     * @param id its id
     * @param name its name
     * @param words the words of its name
     */
    record Room(String id, String name, List<String> words) {}

    private final List<Location> locations;
    private final List<Known> devices;
    private final List<Room> rooms;
    private final Set<String> words = new HashSet<>();
    private final Map<String, List<String>> pairs = new HashMap<>();

    House(WorldState state) {
        this(state.devices(), state.locations());
    }

    private House(List<Device> all, List<Location> locations) {
        Map<String, Location> places = locations.stream()
                .collect(Collectors.toMap(
                        Location::id, Function.identity(), (first, second) -> first, LinkedHashMap::new));
        this.locations = locations;
        this.rooms = rooms(all, places);
        rooms.forEach(room -> learn(room.words()));
        all.forEach(device -> learn(content(device.name())));
        this.devices = all.stream().map(device -> known(device, places)).toList();
    }

    /** The same house with these devices only. */
    House only(List<Known> some) {
        return new House(some.stream().map(Known::device).toList(), locations);
    }

    private void learn(List<String> name) {
        words.addAll(name);
        for (int i = 0; i + 1 < name.size(); i++) {
            pairs.putIfAbsent(name.get(i) + name.get(i + 1), List.of(name.get(i), name.get(i + 1)));
        }
    }

    /** A room that a device is in counts, be it defined or not. */
    private static List<Room> rooms(List<Device> all, Map<String, Location> places) {
        List<Room> rooms = new ArrayList<>();
        places.values().forEach(place -> rooms.add(new Room(place.id(), place.name(), content(place.name()))));
        all.stream()
                .flatMap(device -> device.location().stream())
                .distinct()
                .filter(id -> !places.containsKey(id))
                .forEach(id -> rooms.add(new Room(id, id, content(id))));
        return List.copyOf(rooms);
    }

    private Known known(Device device, Map<String, Location> places) {
        Kind kind = Kind.of(device);
        List<String> name = content(device.name());
        List<String> apart = name.stream().flatMap(word -> apart(word).stream()).toList();
        Optional<String> room = device.location()
                .map(id -> places.containsKey(id) ? places.get(id).name() : id);
        Set<String> roomWords = new HashSet<>(room.map(House::content).orElse(List.of()));
        device.location().ifPresent(id -> roomWords.addAll(content(id)));
        Set<String> concepts = new HashSet<>(kind.concepts());
        if (kind.isVague()) {
            apart.stream().map(Vocabulary::concept).filter(Vocabulary::isKind).forEach(concepts::add);
            Optional.of(Vocabulary.concept(device.type()))
                    .filter(Vocabulary::isKind)
                    .ifPresent(concepts::add);
        }
        return new Known(
                device,
                room,
                kind,
                apart.equals(name) ? List.of(name) : List.of(name, apart),
                Set.copyOf(roomWords),
                Set.copyOf(concepts));
    }

    List<Known> devices() {
        return devices;
    }

    List<Room> rooms() {
        return rooms;
    }

    Optional<Known> byId(String id) {
        return devices.stream()
                .filter(known -> known.device().id().equalsIgnoreCase(id))
                .findFirst();
    }

    /** Whether several devices have this name. */
    boolean isShared(Known known) {
        return devices.stream()
                        .filter(other -> other.device()
                                .name()
                                .equalsIgnoreCase(known.device().name()))
                        .count()
                > 1;
    }

    /** Whether a word is part of a name here, of a device or of a room. */
    boolean knows(String word) {
        return words.contains(word);
    }

    /** Parts and joins what was said as the names of this house do: {@code bed room}, {@code frontdoor}, {@code kuchenlicht}. */
    List<String> spelledAsHere(List<String> said) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < said.size()) {
            String word = said.get(i);
            String next = i + 1 < said.size() ? said.get(i + 1) : "";
            if (!next.isEmpty() && isOneWord(word, next)) {
                words.add(word + next);
                i++;
            } else if (knows(word)) {
                words.add(word);
            } else {
                pairs.getOrDefault(word, apart(word)).stream()
                        .map(this::corrected)
                        .forEach(words::add);
            }
            i++;
        }
        return List.copyOf(words);
    }

    private boolean isOneWord(String word, String next) {
        if (knows(word + next)) {
            return !(knows(word) && knows(next));
        }
        boolean strange =
                !knows(word) && !knows(next) && Vocabulary.concept(word).isEmpty();
        return strange && words.stream().anyMatch(known -> Words.isMisspelled(word + next, known));
    }

    /** A misspelled word for a kind means the kind, unless it may be a misspelled name. */
    private String corrected(String word) {
        boolean strange = !knows(word) && Vocabulary.concept(word).isEmpty() && !Vocabulary.isAll(word);
        if (!strange
                || words.stream().anyMatch(known -> Words.isMisspelled(word, known) && !Vocabulary.isKindWord(known))) {
            return word;
        }
        return Vocabulary.kindWords()
                .filter(kind -> Words.isMisspelled(word, kind))
                .min(Comparator.comparingInt((String kind) -> Nearest.distance(word, kind))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(word);
    }

    /** Returns the words that matter; all of them, if none does. */
    static List<String> content(String text) {
        List<String> all = Words.of(text);
        List<String> content =
                all.stream().filter(word -> !Vocabulary.isFiller(word)).toList();
        return content.isEmpty() ? all : content;
    }

    /** Takes a compound apart whose end is a kind and whose beginning is a word of this house or a room: {@code kuchenlicht}. */
    List<String> apart(String word) {
        if (!Vocabulary.concept(word).isEmpty()) {
            return List.of(word);
        }
        String kind = Vocabulary.kindAtEnd(word);
        if (kind.isEmpty()) {
            return List.of(word);
        }
        String start = word.substring(0, word.length() - kind.length());
        for (String linked : List.of("", "n", "s", "es", "en", "er", "e")) {
            if (start.endsWith(linked)) {
                String bare = start.substring(0, start.length() - linked.length());
                if (bare.length() >= 3
                        && (words.contains(bare) || !Vocabulary.concept(bare).isEmpty())) {
                    return List.of(bare, kind);
                }
            }
        }
        return List.of(word);
    }
}
