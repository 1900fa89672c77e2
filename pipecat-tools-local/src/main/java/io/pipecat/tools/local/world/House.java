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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    private final Map<Integer, List<String>> wordsByLength;
    private final Map<String, Known> byId = new HashMap<>();
    private final Map<String, Integer> named = new HashMap<>();
    private final Map<List<String>, List<Known>> byWords = new HashMap<>();
    private final Map<List<String>, List<Known>> byContent = new HashMap<>();
    private final Map<String, Set<String>> roomWords = new HashMap<>();
    private final Map<String, String> corrections = new HashMap<>();

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
        List<List<String>> names =
                all.stream().map(device -> Words.of(device.name())).toList();
        names.forEach(name -> learn(content(name)));
        this.wordsByLength = words.stream().collect(Collectors.groupingBy(String::length));
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Known one = known(all.get(i), content(names.get(i)), places);
            known.add(one);
            byId.putIfAbsent(folded(one.device().id()), one);
            named.merge(folded(one.device().name()), 1, Integer::sum);
            byWords.computeIfAbsent(names.get(i), n -> new ArrayList<>()).add(one);
            byContent
                    .computeIfAbsent(one.names().getFirst(), n -> new ArrayList<>())
                    .add(one);
        }
        this.devices = List.copyOf(known);
    }

    private static String folded(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
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

    private Known known(Device device, List<String> name, Map<String, Location> places) {
        Kind kind = Kind.of(device);
        List<String> apart = name.stream().flatMap(word -> apart(word).stream()).toList();
        Optional<String> room = device.location()
                .map(id -> places.containsKey(id) ? places.get(id).name() : id);
        Set<String> words = device.location()
                .map(id -> roomWords.computeIfAbsent(id, any -> roomWords(room.orElse(id), id)))
                .orElse(Set.of());
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
                words,
                Set.copyOf(concepts));
    }

    private static Set<String> roomWords(String name, String id) {
        Set<String> both = new HashSet<>(content(name));
        both.addAll(content(id));
        return Set.copyOf(both);
    }

    List<Known> devices() {
        return devices;
    }

    List<Room> rooms() {
        return rooms;
    }

    Optional<Known> byId(String id) {
        return Optional.ofNullable(byId.get(folded(id)));
    }

    /** Returns the devices whose name has just these words; else those of whose name they are the ones that matter. */
    List<Known> byName(String text) {
        List<String> said = Words.of(text);
        List<Known> same = byWords.getOrDefault(said, List.of());
        return same.isEmpty() && !said.isEmpty() ? byContent.getOrDefault(content(said), List.of()) : same;
    }

    /** Whether several devices have this name. */
    boolean isShared(Known known) {
        return named.getOrDefault(folded(known.device().name()), 0) > 1;
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
        return strange && near(word + next).anyMatch(known -> Words.isMisspelled(word + next, known));
    }

    /** Returns the words that are about as long, as a misspelled one is. */
    private Stream<String> near(String word) {
        return IntStream.rangeClosed(word.length() - Words.MOST_TYPOS, word.length() + Words.MOST_TYPOS)
                .boxed()
                .flatMap(length -> wordsByLength.getOrDefault(length, List.of()).stream());
    }

    /** A misspelled word for a kind means the kind, unless it may be a misspelled name. */
    private String corrected(String word) {
        return corrections.computeIfAbsent(word, this::correction);
    }

    private String correction(String word) {
        boolean strange = !knows(word) && Vocabulary.concept(word).isEmpty() && !Vocabulary.isAll(word);
        if (!strange
                || near(word).anyMatch(known -> Words.isMisspelled(word, known) && !Vocabulary.isKindWord(known))) {
            return word;
        }
        return Vocabulary.kindWords().stream()
                .filter(kind -> Words.isMisspelled(word, kind))
                .min(Comparator.comparingInt((String kind) -> Nearest.distance(word, kind))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(word);
    }

    /** Returns the words that matter; all of them, if none does. */
    static List<String> content(String text) {
        return content(Words.of(text));
    }

    private static List<String> content(List<String> all) {
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
