package io.pipecat.tools.local.world;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.json.JsonValue;
import io.pipecat.tools.local.world.House.Known;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a device to be, as said: a word, a percentage, a temperature, a colour.
 *
 * @param said the value as it was said
 * @param word the value as a word that devices know: {@code on}, {@code closed}; else as it was said, without case
 * @param number the number in it, if it is one
 * @param unit {@code %}, {@code °C}, {@code °F}, or empty
 * @param property what is to change, if that was said; else empty
 */
record Wanted(String said, String word, Optional<BigDecimal> number, String unit, String property) {
    static final String STATE = "state";
    private static final String TOGGLE = "toggle";
    private static final String PERCENT = "%";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal COLDEST = BigDecimal.valueOf(5);
    private static final BigDecimal WARMEST = BigDecimal.valueOf(35);

    private static final Pattern NUMBER = Pattern.compile(
            "(?:(?:set|to|at|auf|à|al|a)\\s+)*([+-]?\\d{1,6}(?:[.,]\\d{1,4})?)\\s*(%|percent|prozent|pour ?cent|por ciento"
                    + "|°?\\s*c(?:elsius)?|°?\\s*f(?:ahrenheit)?|°|degrees?(?: celsius| c| fahrenheit| f)?|grad(?: celsius)?|degrés?|grados?)?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What devices call it, and what people say. */
    private static final Map<String, String> WORDS = words("""
            on       on true yes start started enable enabled activate activated active an ein einschalten eingeschaltet anschalten allume allumee allumer encendido encendida encender enciende
            off      off false no disable disabled deactivate deactivated aus ausschalten ausgeschaltet eteint eteinte eteindre eteins apagado apagada apagar apaga
            open     open opened opening up raise raised auf offen offnen geoffnet hoch ouvert ouverte ouvrir ouvre abierto abierta abrir abre
            closed   close closed closing shut down lower lowered zu schliessen geschlossen runter ferme fermee fermer cerrado cerrada cerrar cierra
            locked   lock locked locking verriegelt verriegeln abgeschlossen abschliessen verrouille verrouillee verrouiller bloqueado bloqueada bloquear
            unlocked unlock unlocked unlocking entriegelt entriegeln aufgeschlossen aufschliessen deverrouille deverrouillee deverrouiller desbloqueado desbloqueada desbloquear
            toggle   toggle toggled switch flip invert umschalten basculer alternar
            stop     stop stopped halt anhalten arreter parar
            playing  play playing resume abspielen lecture jouer reproducir
            paused   pause paused pausieren pausa
            100%     full max maximum fully voll maximal
            50%      half halfway halb moitie mitad
            1%       min minimum dimmest minimal
            """);

    private static final Map<String, String> PROPERTIES = words("""
            state       state power status onoff mode zustand
            brightness  brightness level dim dimmer intensity helligkeit luminosite brillo
            temperature temperature targettemperature setpoint temp heat temperatur temperatura
            position    position opening posicion
            color       color colour rgb rgbcolor colorname farbe couleur
            volume      volume volumelevel loudness lautstarke volumen
            speed       speed percentage fanspeed geschwindigkeit vitesse velocidad
            """);

    /** The words that each kind can be; nothing else is sent to it. */
    private static final Map<Kind, Set<String>> STATES = Map.of(
            Kind.LIGHT, Set.of("on", "off"),
            Kind.SWITCH, Set.of("on", "off"),
            Kind.COVER, Set.of("open", "closed", "stop"),
            Kind.DOOR, Set.of("open", "closed", "stop"),
            Kind.LOCK, Set.of("locked", "unlocked"),
            Kind.CLIMATE, Set.of("on", "off", "heat", "cool", "auto", "dry", "fan_only", "heat_cool"),
            Kind.MEDIA, Set.of("on", "off", "playing", "paused", "stop"),
            Kind.FAN, Set.of("on", "off"),
            Kind.SENSOR, Set.of());

    private static final Map<Kind, String> POSSIBLE = Map.of(
            Kind.LIGHT, "can be on or off, or a brightness in %",
            Kind.SWITCH, "can be on or off",
            Kind.COVER, "can be open or closed, or a position in %",
            Kind.DOOR, "can be open or closed",
            Kind.LOCK, "can be locked or unlocked",
            Kind.CLIMATE, "can be on or off, or a temperature from 5 to 35 °C",
            Kind.MEDIA, "can be on or off, playing or paused, or a volume in %",
            Kind.FAN, "can be on or off, or a speed in %",
            Kind.SENSOR, "takes no commands",
            Kind.OTHER, "can be on or off");

    private static Map<String, String> words(String table) {
        return table.lines()
                .map(line -> line.trim().split("\\s+"))
                .flatMap(row -> Stream.of(row).skip(1).map(word -> Map.entry(word, row[0])))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Reads a value.
     *
     * @param said the value as it was said
     * @param property what is to change, if that was said
     */
    static Wanted of(String said, Optional<String> property) {
        String named = property.map(p -> p.strip().toLowerCase(Locale.ROOT)).orElse("");
        String plain = String.join("", Words.of(named));
        String known = PROPERTIES.getOrDefault(plain, named);
        String word = word(said);
        Matcher matcher = NUMBER.matcher(word.endsWith(PERCENT) ? word : said.strip());
        if (!matcher.matches()) {
            return new Wanted(said.strip(), word, Optional.empty(), "", known);
        }
        BigDecimal number = new BigDecimal(matcher.group(1).replace(',', '.'));
        return new Wanted(said.strip(), word, Optional.of(number), unit(matcher.group(2)), known);
    }

    /** Verbs become states, and "turn on" and "set to 40 %" lose what says no more than the call itself. */
    private static String word(String said) {
        List<String> words = Words.of(said).stream()
                .filter(word -> !Set.of("turn", "turned", "set", "to", "it", "be", "the", "put", "mach", "mache")
                        .contains(word))
                .toList();
        String last = words.isEmpty() ? "" : words.getLast();
        if (words.size() == 2 && words.getFirst().equals("switch")) {
            return WORDS.getOrDefault(last, last);
        }
        String plain = String.join("_", words);
        return WORDS.getOrDefault(plain, plain.isEmpty() ? said.strip() : plain);
    }

    private static String unit(@Nullable String said) {
        if (said == null) {
            return "";
        }
        String plain = said.toLowerCase(Locale.ROOT).replace(" ", "");
        if (plain.equals(PERCENT) || plain.startsWith("p")) {
            return PERCENT;
        }
        return plain.replaceAll("°|degrees?", "").startsWith("f") ? "°F" : "°C";
    }

    /** What a device is to be asked for, or a sentence that says why that cannot be. */
    sealed interface Change {
        /** It can be. */
        record Possible(JsonObject change) implements Change {}

        /** It cannot be. */
        record Impossible(String sentence) implements Change {}
    }

    /** Returns what this means for a device. */
    Change forDevice(Known known) {
        if (!known.device().commandable()) {
            return new Change.Impossible("\"" + known.device().name() + "\" takes no commands.");
        }
        if (number.isPresent()) {
            return amount(known, number.get());
        }
        if (property.isEmpty() || property.equals(STATE)) {
            Change byState = state(known);
            return byState instanceof Change.Impossible && property.isEmpty() && known.kind() == Kind.LIGHT
                    ? Colours.find(said).map(Wanted::colour).orElse(byState)
                    : byState;
        }
        if (property.equals("color") && known.kind() == Kind.LIGHT) {
            return Colours.find(said).map(Wanted::colour).orElseGet(() -> impossible(known));
        }
        // A word for something that only this device knows: an effect, a source, a preset.
        boolean own = known.device().state().has(property)
                && !known.kind().properties().contains(property);
        return own ? possible(property, new JsonString(said)) : impossible(known);
    }

    private Change state(Known known) {
        Kind kind = known.kind();
        String wanted = kind == Kind.LOCK && word.equals("closed") ? "locked" : word;
        if (wanted.equals(TOGGLE)) {
            return toggled(known);
        }
        if (kind == Kind.OTHER || kind == Kind.VACUUM) {
            return own(known, wanted);
        }
        return STATES.getOrDefault(kind, Set.of()).contains(wanted)
                ? possible(STATE, new JsonString(wanted))
                : impossible(known);
    }

    /** A device of a kind that is not known here takes what it calls a state itself, or anything if that is neither on nor off. */
    private Change own(Known known, String wanted) {
        boolean switched = wanted.equals("on") || wanted.equals("off");
        boolean hasOthers = known.device()
                .state()
                .string(STATE)
                .filter(now -> !Set.of("on", "off", "unknown", "unavailable").contains(now.toLowerCase(Locale.ROOT)))
                .isPresent();
        return switched || hasOthers ? possible(STATE, new JsonString(wanted)) : impossible(known);
    }

    private Change toggled(Known known) {
        if (known.kind() == Kind.LOCK) {
            return impossible(known);
        }
        String now = known.device().state().string(STATE).orElse("").toLowerCase(Locale.ROOT);
        return switch (now) {
            case "on", "playing", "heat", "cool", "auto" -> possible(STATE, new JsonString("off"));
            case "off", "paused", "idle", "standby" -> possible(STATE, new JsonString("on"));
            case "open", "opening" -> possible(STATE, new JsonString("closed"));
            case "closed", "closing" -> possible(STATE, new JsonString("open"));
            default ->
                new Change.Impossible("It is not known what \"" + known.device().name()
                        + "\" is now, so it cannot be toggled: say what it is to be.");
        };
    }

    private Change amount(Known known, BigDecimal amount) {
        String meant = property.isEmpty() || property.equals(STATE) ? usual(known.kind()) : property;
        return switch (meant) {
            case "temperature" -> temperature(known, amount);
            case "brightness" ->
                known.kind() == Kind.LIGHT ? share(known, meant, amount, "on", "off") : impossible(known);
            case "position" ->
                known.kind() == Kind.COVER || known.kind() == Kind.DOOR
                        ? share(known, meant, amount, "open", "closed")
                        : impossible(known);
            case "speed" -> known.kind() == Kind.FAN ? share(known, meant, amount, "on", "off") : impossible(known);
            case "volume" -> known.kind() == Kind.MEDIA ? share(known, meant, amount, "", "") : impossible(known);
            default -> known.device().state().has(meant) ? possible(meant, JsonNumber.of(amount)) : impossible(known);
        };
    }

    /** What a number means where it was not said. */
    private static String usual(Kind kind) {
        return switch (kind) {
            case LIGHT -> "brightness";
            case COVER, DOOR -> "position";
            case CLIMATE -> "temperature";
            case MEDIA -> "volume";
            case FAN -> "speed";
            case SWITCH, LOCK, VACUUM, SENSOR, OTHER -> "";
        };
    }

    /** A share of the whole, with the state that comes with it; with none of it, the state alone, so that a light keeps its brightness. */
    private Change share(Known known, String name, BigDecimal amount, String some, String none) {
        boolean inRange = amount.signum() >= 0 && amount.compareTo(HUNDRED) <= 0;
        if (!inRange || unit.startsWith("°")) {
            return impossible(known);
        }
        JsonValue value = JsonNumber.of(amount.setScale(0, RoundingMode.HALF_UP));
        if (some.isEmpty()) {
            return possible(name, value);
        }
        if (amount.signum() == 0 && !name.equals("position")) {
            return possible(STATE, new JsonString(none));
        }
        return new Change.Possible(JsonObject.builder()
                .put(STATE, amount.signum() == 0 ? none : some)
                .put(name, value)
                .build());
    }

    private Change temperature(Known known, BigDecimal amount) {
        if (known.kind() != Kind.CLIMATE || unit.equals(PERCENT)) {
            return impossible(known);
        }
        BigDecimal celsius = unit.equals("°F")
                ? amount.subtract(BigDecimal.valueOf(32))
                        .multiply(BigDecimal.valueOf(5))
                        .divide(BigDecimal.valueOf(9), 1, RoundingMode.HALF_UP)
                : amount;
        boolean inRange = celsius.compareTo(COLDEST) >= 0 && celsius.compareTo(WARMEST) <= 0;
        return inRange ? possible("temperature", JsonNumber.of(celsius)) : impossible(known);
    }

    private static Change colour(String colour) {
        return new Change.Possible(
                JsonObject.builder().put(STATE, "on").put("color", colour).build());
    }

    private static Change possible(String property, JsonValue value) {
        return new Change.Possible(JsonObject.of(property, value));
    }

    private Change impossible(Known known) {
        String possible = POSSIBLE.getOrDefault(known.kind(), "takes other values");
        String colour = known.kind() == Kind.LIGHT && known.device().state().has("color") ? ", or a colour" : "";
        String value = property.isEmpty() || property.equals(STATE) ? "" : property + " ";
        return new Change.Impossible("\"" + known.device().name() + "\" " + possible + colour + "; not " + value + "\""
                + Resolver.shortened(said) + "\".");
    }
}
