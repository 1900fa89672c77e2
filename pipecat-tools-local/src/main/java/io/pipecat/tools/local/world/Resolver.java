package io.pipecat.tools.local.world;

import io.pipecat.api.Nearest;
import io.pipecat.tools.local.world.House.Known;
import io.pipecat.tools.local.world.House.Room;
import io.pipecat.tools.local.world.Meant.Devices;
import io.pipecat.tools.local.world.Meant.Nothing;
import io.pipecat.tools.local.world.Meant.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the devices that one phrase means: a device, a kind, a room, or everything. */
final class Resolver {
    private static final int MOST_NAMED = 6;
    private static final int LONGEST_SHOWN = 80;

    private final House house;
    private final Likeness likeness = new Likeness();

    Resolver(House house) {
        this.house = house;
    }

    /**
     * Finds what has exactly this id or name.
     *
     * @param said what was said
     * @return one device; empty if none or several are called so
     */
    Optional<Devices> exact(String said) {
        String bare = bare(said);
        Optional<Known> byId = house.byId(bare);
        List<Known> named = byId.isPresent() ? List.of(byId.get()) : house.byName(bare);
        return named.size() == 1 ? Optional.of(new Devices(said, Scope.DEVICE, named)) : Optional.empty();
    }

    /** Finds what a phrase means. */
    Meant resolve(String said) {
        Optional<Devices> exact = exact(said);
        if (exact.isPresent()) {
            return exact.get();
        }
        String bare = bare(said);
        if (house.devices().isEmpty()) {
            return new Nothing(said, false, "There are no devices here.");
        }
        List<String> content = House.content(bare);
        if (content.isEmpty()) {
            return new Nothing(said, false, "Which device or room is meant? Nothing was named.");
        }
        boolean all = content.stream().anyMatch(word -> Vocabulary.isAll(word) && !house.knows(word));
        List<Known> named = house.byName(bare);
        if (named.size() > 1 && !all) {
            return ambiguous(said, named);
        }
        List<String> words = house.spelledAsHere(content).stream()
                .filter(word -> house.knows(word) || !(Vocabulary.isAll(word) || Vocabulary.isAnything(word)))
                .toList();
        if (words.isEmpty()) {
            return new Devices(said, Scope.EVERYTHING, house.devices());
        }
        boolean several = all || words.stream().anyMatch(Vocabulary::isPluralKind);
        return several ? group(said, words, all) : single(said, words);
    }

    /** Whether a phrase says what kind of device is meant; the word that does. */
    static Optional<String> kindWord(String said) {
        return House.content(said).stream()
                .filter(word -> Vocabulary.isKindWord(word))
                .findFirst();
    }

    private Meant group(String said, List<String> words, boolean all) {
        boolean kind = words.stream().anyMatch(word -> Vocabulary.isKindWord(word));
        for (boolean misspelled : new boolean[] {false, true}) {
            for (boolean byNature : new boolean[] {true, false}) {
                List<Known> fitting = house.devices().stream()
                        .flatMap(known -> Matching.of(known, words, byNature, likeness).stream())
                        .filter(matching -> misspelled || !matching.misspelled())
                        .map(Matching::known)
                        .toList();
                if (!fitting.isEmpty()) {
                    return new Devices(said, kind ? Scope.KIND : all ? Scope.EVERYTHING : Scope.ROOM, fitting);
                }
            }
        }
        return emptyRoom(said, words).orElseGet(() -> unknown(said, words));
    }

    private Meant single(String said, List<String> words) {
        List<Matching> fitting = house.devices().stream()
                .flatMap(known -> Matching.of(known, words, false, likeness).stream())
                .toList();
        Optional<RoomFit> room = house.rooms().stream()
                .flatMap(candidate -> RoomFit.of(candidate, words, likeness).stream())
                .min(Comparator.comparingInt(RoomFit::cost));
        Comparator<Matching> order = Comparator.comparing(Matching::misspelled).thenComparingInt(Matching::cost);
        Optional<Matching> best = fitting.stream().min(order);
        if (room.isPresent() && best.filter(m -> isBetter(m, room.get())).isEmpty()) {
            return inRoom(said, room.get().room());
        }
        if (best.isEmpty()) {
            return unknown(said, words);
        }
        List<Known> equallyGood = fitting.stream()
                .filter(matching -> order.compare(matching, best.get()) == 0)
                .map(Matching::known)
                .toList();
        return equallyGood.size() == 1 ? new Devices(said, Scope.DEVICE, equallyGood) : ambiguous(said, equallyGood);
    }

    private static boolean isBetter(Matching device, RoomFit room) {
        return device.cost() < room.cost() || (device.cost() == room.cost() && device.full());
    }

    private Meant inRoom(String said, Room room) {
        List<Known> there = house.devices().stream()
                .filter(known -> known.device().location().equals(Optional.of(room.id())))
                .toList();
        return there.isEmpty()
                ? new Nothing(said, false, "There are no devices in \"" + room.name() + "\".")
                : new Devices(said, Scope.ROOM, there);
    }

    private Optional<Meant> emptyRoom(String said, List<String> words) {
        return house.rooms().stream()
                .filter(room -> RoomFit.of(room, words, likeness).isPresent())
                .findFirst()
                .map(room -> inRoom(said, room));
    }

    /** How well a room fits: all words that were said, and all of its name. */
    private record RoomFit(Room room, int cost) {
        static Optional<RoomFit> of(Room room, List<String> said, Likeness likeness) {
            if (room.words().isEmpty()) {
                return Optional.empty();
            }
            int there = said.stream()
                    .mapToInt(word -> nearest(word, room.words(), likeness))
                    .reduce(0, RoomFit::plus);
            if (there >= Words.NO_MATCH) {
                return Optional.empty();
            }
            int back = room.words().stream()
                    .filter(word -> !Vocabulary.isAnything(word))
                    .mapToInt(word -> nearest(word, said, likeness))
                    .reduce(0, RoomFit::plus);
            int cost = Math.max(there, back);
            return cost < Words.NO_MATCH ? Optional.of(new RoomFit(room, cost)) : Optional.empty();
        }

        private static int plus(int a, int b) {
            return Math.min(Words.NO_MATCH, a + b);
        }

        private static int nearest(String word, List<String> others, Likeness likeness) {
            return others.stream()
                    .mapToInt(other -> likeness.cost(word, other))
                    .min()
                    .orElse(Words.NO_MATCH);
        }
    }

    private Nothing ambiguous(String said, List<Known> devices) {
        List<String> names = devices.stream()
                .limit(MOST_NAMED)
                .map(known -> known.shown(house.isShared(known)))
                .collect(Collectors.toCollection(ArrayList::new));
        if (devices.size() > MOST_NAMED) {
            names.add("one of " + (devices.size() - MOST_NAMED) + " others");
        }
        return new Nothing(
                said,
                true,
                "Which one is meant: " + String.join(", ", names.subList(0, names.size() - 1)) + " or "
                        + names.getLast() + "?");
    }

    private Nothing unknown(String said, List<String> words) {
        String phrase = shortened(String.join(" ", words));
        Set<String> once = new LinkedHashSet<>(words);
        List<Known> likest = new ArrayList<>();
        double most = 0;
        for (Known known : house.devices()) {
            double share = share(known, once);
            if (share > most) {
                most = share;
                likest.clear();
            }
            if (share >= most) {
                likest.add(known);
            }
        }
        Known nearest = likest.stream()
                .min(Comparator.comparingInt(known -> Nearest.distance(phrase, spelled(known))))
                .orElseThrow();
        return new Nothing(
                said,
                false,
                "There is no \"" + shortened(withoutArticle(bare(said))) + "\" here; the nearest is "
                        + nearest.shown(house.isShared(nearest)) + ".");
    }

    private static String spelled(Known known) {
        return String.join(" ", known.names().getFirst());
    }

    private double share(Known known, Set<String> words) {
        double sum = 0;
        for (String word : words) {
            double best = known.concepts().contains(Vocabulary.concept(word)) ? 0.7 : 0;
            for (String own : known.names().getFirst()) {
                best = Math.max(best, likeness.share(word, own));
            }
            for (String room : known.roomWords()) {
                // A device of that name is nearer than one that is in a room of that name.
                best = Math.max(best, likeness.share(word, room) * 0.95);
            }
            sum += best;
        }
        return sum;
    }

    private static String bare(String said) {
        return said.strip()
                .replaceAll("^[\"'“”„«»‘’.!?]+|[\"'“”„«»‘’.!?]+$", "")
                .strip();
    }

    private static String withoutArticle(String phrase) {
        int space = phrase.indexOf(' ');
        return space > 0 && Words.of(phrase.substring(0, space)).stream().allMatch(Vocabulary::isFiller)
                ? withoutArticle(phrase.substring(space).strip())
                : phrase;
    }

    static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    }
}
