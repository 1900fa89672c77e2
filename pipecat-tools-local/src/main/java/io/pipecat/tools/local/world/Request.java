package io.pipecat.tools.local.world;

import io.pipecat.api.tool.ToolException;
import io.pipecat.tools.local.world.House.Known;
import io.pipecat.tools.local.world.Meant.Devices;
import io.pipecat.tools.local.world.Meant.Nothing;
import io.pipecat.tools.local.world.Meant.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes apart what one sentence names at once: several phrases, and what is excepted from them. */
final class Request {
    private static final int LONGEST = 1000;
    private static final int MOST_PARTS = 40;
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private static final Pattern AND = Pattern.compile(
            "\\s*[,;&]\\s*(?:(?:and|und|et|y|plus|sowie)\\s+)?|\\s+(?:\\+|and also|and|as well as|plus|und|sowie|et|y)\\s+",
            FLAGS);

    private static final Pattern EXCEPT = Pattern.compile(
            "[,;]?\\s+(?:except for|except|but not|but|apart from|other than|without|au(?:ß|ss)er|bis auf|ohne|sauf|except[ée]|hormis"
                    + "|excepto|menos|salvo)\\s+",
            FLAGS);

    private final House house;
    private final Resolver resolver;

    Request(House house) {
        this.house = house;
        this.resolver = new Resolver(house);
    }

    /**
     * Finds what is meant.
     *
     * @param target what was said
     * @return each part with its devices, of which each comes once
     * @throws ToolException if it is too long, or what is excepted is not clear
     */
    List<Meant> resolve(String target) throws ToolException {
        requireShort("target", target, "name devices, rooms or kinds of devices.");
        Optional<Devices> exact = resolver.exact(target);
        if (exact.isPresent()) {
            return List.of(exact.get());
        }
        Matcher except = EXCEPT.matcher(target);
        if (!except.find() || except.start() == 0) {
            return without(parts(target), Set.of());
        }
        List<Meant> included = parts(target.substring(0, except.start()));
        List<Meant> rest = without(included, excepted(included, target.substring(except.end())));
        if (rest.isEmpty()) {
            throw ToolException.failed("Nothing is left of \"" + Resolver.shortened(target.strip()) + "\".");
        }
        return rest;
    }

    /** What nobody would say is not looked at: it could be made to take for ever. */
    static void requireShort(String what, String said, String instead) throws ToolException {
        if (said.length() > LONGEST) {
            throw ToolException.failed("The " + what + " has " + said.length() + " characters; at most " + LONGEST
                    + " are read: " + instead);
        }
    }

    /** What is excepted is among what is included, if it can be: "the kitchen except the light". */
    private Set<String> excepted(List<Meant> included, String phrase) throws ToolException {
        List<Known> among = included.stream()
                .flatMap(part -> part instanceof Devices devices ? devices.devices().stream() : Stream.of())
                .toList();
        List<Meant> parts = new Request(house.only(among)).parts(phrase);
        if (parts.stream().anyMatch(Nothing.class::isInstance)) {
            parts = parts(phrase);
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Meant part : parts) {
            switch (part) {
                case Devices devices ->
                    devices.devices().forEach(known -> ids.add(known.device().id()));
                case Nothing nothing -> throw ToolException.failed(nothing.sentence());
            }
        }
        return ids;
    }

    /** Takes out the devices that are excepted, and those that an earlier part has. */
    private static List<Meant> without(List<Meant> parts, Set<String> excepted) {
        Set<String> taken = new LinkedHashSet<>(excepted);
        List<Meant> result = new ArrayList<>();
        for (Meant part : parts) {
            if (part instanceof Devices devices) {
                List<Known> left = devices.devices().stream()
                        .filter(known -> taken.add(known.device().id()))
                        .toList();
                if (!left.isEmpty()) {
                    result.add(new Devices(devices.said(), devices.scope(), left));
                }
            } else {
                result.add(part);
            }
        }
        return List.copyOf(result);
    }

    private List<Meant> parts(String text) throws ToolException {
        List<String> phrases = phrases(text);
        if (phrases.size() > MOST_PARTS) {
            throw ToolException.failed("That names " + phrases.size() + " things at once; at most " + MOST_PARTS
                    + " are taken: name rooms or kinds of devices.");
        }
        List<Meant> parts =
                new ArrayList<>(phrases.stream().map(resolver::resolve).toList());
        for (int i = 0; i < parts.size(); i++) {
            parts.set(i, completed(parts, phrases, i).orElse(parts.get(i)));
        }
        return List.copyOf(parts);
    }

    /** Splits at each "and", but for one that is part of a name. */
    private List<String> phrases(String text) {
        List<int[]> pieces = new ArrayList<>();
        Matcher and = AND.matcher(text);
        int from = 0;
        while (and.find()) {
            pieces.add(new int[] {from, and.start()});
            from = and.end();
        }
        pieces.add(new int[] {from, text.length()});
        List<String> phrases = new ArrayList<>();
        int i = 0;
        while (i < pieces.size()) {
            int last = i;
            for (int j = Math.min(pieces.size(), i + 4) - 1; j > i; j--) {
                if (resolver.exact(text.substring(pieces.get(i)[0], pieces.get(j)[1]))
                        .isPresent()) {
                    last = j;
                    break;
                }
            }
            String phrase = text.substring(pieces.get(i)[0], pieces.get(last)[1]);
            if (!phrase.isBlank() || pieces.size() == 1) {
                phrases.add(phrase);
            }
            i = last + 1;
        }
        return phrases;
    }

    /** Gives a phrase what it shares with its neighbours: "kitchen and hall lights", "the bedroom blinds and light". */
    private Optional<Meant> completed(List<Meant> parts, List<String> phrases, int i) {
        if (parts.get(i) instanceof Devices devices && devices.scope() == Scope.ROOM) {
            return neighbours(phrases, i).stream()
                    .flatMap(phrase -> Resolver.kindWord(phrase).stream())
                    .findFirst()
                    .map(kind -> resolver.resolve(phrases.get(i) + " " + kind))
                    .filter(Devices.class::isInstance);
        }
        if (i > 0 && parts.get(i) instanceof Nothing nothing && nothing.ambiguous()) {
            return roomOf(parts.get(i - 1))
                    .map(room -> resolver.resolve(room + " " + phrases.get(i)))
                    .filter(Devices.class::isInstance);
        }
        return Optional.empty();
    }

    /** Those after it come first: their kind is said once, at the end. */
    private static List<String> neighbours(List<String> phrases, int i) {
        List<String> order = new ArrayList<>(phrases.subList(i + 1, phrases.size()));
        order.addAll(phrases.subList(0, i).reversed());
        return order;
    }

    private Optional<String> roomOf(Meant part) {
        if (!(part instanceof Devices devices)) {
            return Optional.empty();
        }
        List<String> rooms = devices.devices().stream()
                .flatMap(known -> known.room().stream())
                .distinct()
                .toList();
        return rooms.size() == 1
                        && house.rooms().stream().anyMatch(room -> room.name().equals(rooms.getFirst()))
                ? Optional.of(rooms.getFirst())
                : Optional.empty();
    }
}
