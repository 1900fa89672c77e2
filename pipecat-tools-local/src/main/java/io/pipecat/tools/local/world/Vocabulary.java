package io.pipecat.tools.local.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that people use for devices and rooms in English, German, French and Spanish, folded as {@link Words} folds them. A concept is what
 * several words mean.
 */
final class Vocabulary {
    private static final String BAR = "|";

    /** The concept, the words for one, and after the bar the words for several. A word that is both counts as one. */
    private static final String KINDS = """
            light   light lamp bulb spotlight licht lampe leuchte lumiere ampoule luz lampara bombilla | lights lamps bulbs spotlights lichter lampen leuchten lumieres lampes ampoules luces lamparas bombillas
            cover   blind shutter cover curtain shade rollladen rolladen rollo jalousie vorhang volet rideau persiana cortina | blinds shutters covers curtains shades rollos jalousien vorhange volets rideaux stores persianas cortinas
            door    door gate tur tor pforte porte portail puerta porton | doors gates turen tore portes portails puertas portones
            lock    lock schloss serrure verrou cerradura | locks schlosser serrures verrous cerraduras
            switch  switch plug outlet socket steckdose schalter prise interrupteur enchufe interruptor | switches plugs outlets sockets steckdosen prises interrupteurs enchufes interruptores
            climate thermostat heating heater radiator climate ac airconditioning airconditioner aircon heizung heizkorper klimaanlage chauffage radiateur climatisation calefaccion termostato radiador | thermostats heaters radiators heizungen thermostate radiateurs chauffages termostatos radiadores
            fan     fan ventilator lufter ventilateur ventilador | fans ventilatoren ventilateurs ventiladores
            speaker speaker radio music stereo lautsprecher musik enceinte musique altavoz musica | speakers radios enceintes altavoces
            tv      tv television telly fernseher tele televiseur televisor | tvs televisions televiseurs televisores
            sensor  sensor detector fuhler melder capteur detecteur detector | sensors detectors sensoren capteurs detecteurs sensores
            window  window fenster fenetre ventana | windows fenetres ventanas
            camera  camera kamera camara | cameras kameras camaras
            vacuum  vacuum hoover staubsauger saugroboter aspirateur aspiradora | vacuums hoovers aspirateurs aspiradoras
            """;

    private static final String OTHERS = """
            kitchen    kitchen kuche cuisine cocina
            livingroom livingroom sittingroom lounge living wohnzimmer salon sejour sala
            bedroom    bedroom schlafzimmer chambre dormitorio habitacion
            bathroom   bathroom bath bad badezimmer salledebain bano
            hall       hall hallway corridor entrance flur diele couloir entree vestibule pasillo recibidor
            office     office study buro arbeitszimmer bureau oficina despacho
            garden     garden yard backyard garten jardin
            cellar     cellar basement keller cave sotano
            attic      attic loft dachboden grenier desvan
            diningroom diningroom esszimmer salleamanger comedor
            toilet     toilet wc loo restroom klo toilettes aseo
            machine    machine maker maschine maquina
            coffee     coffee kaffee cafe
            1          1 one eins uno
            2          2 two zwei deux dos
            3          3 three drei trois tres
            4          4 four vier quatre cuatro
            5          5 five funf cinq cinco
            """;

    private static final String PROPERTIES = """
            temperature temperature temperatur temperatura
            humidity    humidity feuchtigkeit luftfeuchtigkeit humidite humedad
            brightness  brightness helligkeit luminosite brillo
            color       color colour farbe couleur
            position    position posicion
            volume      volume lautstarke volumen
            battery     battery batterie akku bateria
            power       power leistung puissance potencia
            speed       speed geschwindigkeit vitesse velocidad
            """;

    /** What is one word elsewhere, or another word than its parts. */
    private static final Set<String> JOINS = Set.of(
            "living room",
            "sitting room",
            "dining room",
            "bed room",
            "bath room",
            "salle de bain",
            "salle a manger",
            "air conditioning",
            "air conditioner");

    private static final int LONGEST_JOIN = 3;

    private static final Set<String> FILLERS = set("""
            the a an my our your his her their this that these those please of in on at to for from inside
            der die das den dem des ein eine einen einem einer mein meine meinen meinem meiner unser unsere unserem unseren
            unserer im in am an auf bei vom von zum zur ins ans bitte
            le la les l un une mon ma mes notre nos du de des d au aux dans sur chez
            el los las una mi mis nuestro nuestra nuestros nuestras del al en por favor
            """);

    private static final Set<String> ALL = set("""
            all every everything everywhere each both whole entire
            alle alles allen aller samtliche beide beiden uberall ganze ganzen ganzes
            tout toute tous toutes partout
            todo toda todos todas ambos ambas cada
            """);

    private static final Set<String> ANYTHING = set("""
            device devices thing things stuff house home flat apartment room rooms status state
            gerat gerate haus hause zuhause wohnung zimmer raum raume zustand
            appareil appareils maison appartement piece pieces etat
            dispositivo dispositivos aparato aparatos casa piso estado habitaciones
            """);

    private static final Set<String> PLURALS = wordsForKinds(true);
    private static final Set<String> KINDS_OF_DEVICES = concepts(KINDS).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> PROPERTY_NAMES = concepts(PROPERTIES).collect(Collectors.toUnmodifiableSet());
    private static final Map<String, String> CONCEPTS = allConcepts();
    private static final List<String> KIND_WORDS =
            CONCEPTS.keySet().stream().filter(Vocabulary::isKindWord).toList();
    private static final int LONGEST_KIND_WORD =
            KIND_WORDS.stream().mapToInt(String::length).max().orElse(0);
    private static final int SHORTEST_PART = 3;

    private Vocabulary() {}

    private static Set<String> set(String words) {
        return Stream.of(words.trim().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<List<String>> rows(String table) {
        return table.lines().map(line -> Arrays.asList(line.trim().split("\\s+")));
    }

    private static Stream<String> concepts(String table) {
        return rows(table).map(List::getFirst);
    }

    private static Set<String> wordsForKinds(boolean several) {
        Set<String> words = new HashSet<>();
        rows(KINDS).forEach(row -> {
            int bar = row.indexOf(BAR);
            words.addAll(several ? row.subList(bar + 1, row.size()) : row.subList(1, bar));
        });
        if (several) {
            words.removeAll(wordsForKinds(false));
        }
        return Set.copyOf(words);
    }

    private static Map<String, String> allConcepts() {
        Map<String, String> all = new HashMap<>();
        Stream.of(KINDS, OTHERS, PROPERTIES)
                .flatMap(Vocabulary::rows)
                .forEach(row -> row.stream()
                        .skip(1)
                        .filter(word -> !word.equals(BAR))
                        .forEach(word -> all.putIfAbsent(word, row.getFirst())));
        return Map.copyOf(all);
    }

    /** Returns what a word means; empty if it has no meaning here beyond itself. */
    static String concept(String word) {
        return CONCEPTS.getOrDefault(word, "");
    }

    /** Whether a concept is a kind of devices. */
    static boolean isKind(String concept) {
        return KINDS_OF_DEVICES.contains(concept);
    }

    /** Whether a concept is something that devices tell or take. */
    static boolean isProperty(String concept) {
        return PROPERTY_NAMES.contains(concept);
    }

    /** Whether a word means devices of some kind. */
    static boolean isKindWord(String word) {
        return isKind(concept(word));
    }

    /** Returns all words for kinds. */
    static List<String> kindWords() {
        return KIND_WORDS;
    }

    /** Whether a word means several devices of a kind. */
    static boolean isPluralKind(String word) {
        return PLURALS.contains(word);
    }

    /** Whether a word only holds a phrase together. */
    static boolean isFiller(String word) {
        return FILLERS.contains(word);
    }

    /** Whether a word means everything there is, or all of what follows. */
    static boolean isAll(String word) {
        return ALL.contains(word);
    }

    /** Whether a word fits any device. */
    static boolean isAnything(String word) {
        return ANYTHING.contains(word);
    }

    /** Writes as one word what is one. */
    static List<String> joined(List<String> words) {
        List<String> joined = new ArrayList<>();
        int i = 0;
        while (i < words.size()) {
            int taken = 1;
            for (int n = Math.min(LONGEST_JOIN, words.size() - i); n > 1; n--) {
                if (JOINS.contains(String.join(" ", words.subList(i, i + n)))) {
                    taken = n;
                    break;
                }
            }
            joined.add(String.join("", words.subList(i, i + taken)));
            i += taken;
        }
        return List.copyOf(joined);
    }

    /** Returns the kind that a compound such as {@code kuchenlicht} ends in, as the longest such word; empty if there is none. */
    static String kindAtEnd(String word) {
        for (int length = Math.min(LONGEST_KIND_WORD, word.length() - SHORTEST_PART);
                length >= SHORTEST_PART;
                length--) {
            String end = word.substring(word.length() - length);
            if (isKindWord(end)) {
                return end;
            }
        }
        return "";
    }
}
