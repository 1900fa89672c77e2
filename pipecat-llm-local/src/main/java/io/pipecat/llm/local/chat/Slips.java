package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words with one slip of the finger in them.
 *
 * @param words what may have been meant
 * @param others words of their own that are a letter from one of these
 */
record Slips(List<String> words, Set<String> others) {
    /** Words of arithmetic. */
    static final Slips OF_SUMS = of("""
            plus minus times divided divide multiplied multiply subtract percent squared square root power half third thirds quarter
            quarters fifth fifths tenth tenths halve cubed factorial modulo without lower thousand reduce increase decrease
            remainder double twice triple average difference product hundred from into take less added total together cube
            eight forty eighty ninety fourteen fifteen twelve""", """
            adds reminder reminders nineth teeth tents mins menus plums timer timers poker powder cute cure cubs cuba cubic riot halo info tape tapes tales bless eighth eights forth forts forte twelves cake calf cubes dimes flower form hall halves into lake legs lens lets limes lines loss lots lower make minds
            mines onto percents plug plugs plum pounder products roof room roots rot slower squares takes tale tames doubled tripled halved taken decreased reduced increased divides third tides
            tiles time tines tires toke tower towers tyres have""");

    /** Words that say what a device is to be. */
    static final Slips OF_STATES = of("""
            open opened opening close closed closing shut shutting lock locked locking unlock unlocked unlocking
            start stop enable disable activate deactivate raise lower lift bolt unbolt secure disarm""", """
            boot loft belt belts locker bolts oven opera opener opens often closet clothes closer chose cloves lose locks look looks luck lack looked looking
            short shot shuts shutter star stars stare stark smart stair state store step steps shop stops left life list lit
            rise raised lover lowered boat both boots bold secured""");

    /** Verbs that go before such a word. */
    static final Slips OF_VERBS = of("switch turn", "stitch twitch swatch torn turf tune turns burn");

    /** Words of time. */
    static final Slips OF_TIMES = of(
            "time date clock hour hours today weekday month year week late",
            "times dates data clocks house tome dime lime tame rate gate mate last weak near pear tear weekend mouth");

    private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");

    private static Slips of(String words, String others) {
        return new Slips(List.of(words.split("\\s+")), Set.of(others.split("\\s+")));
    }

    /** Returns a text in lower case with such words spelt right. */
    String mended(String text) {
        return WORD.matcher(text).replaceAll(found -> mendedWord(found.group()));
    }

    private String mendedWord(String word) {
        return words.contains(word)
                        || others.contains(word)
                        || !SpokenNumbers.in(word).isEmpty()
                ? word
                : words.stream()
                        .filter(right -> isOneSlipFrom(right, word))
                        .findFirst()
                        .orElse(word);
    }

    // One letter more, less, another, or two exchanged; the first is right, as it mostly is.
    private static boolean isOneSlipFrom(String right, String written) {
        int difference = written.length() - right.length();
        if (Math.abs(difference) > 1 || right.charAt(0) != written.charAt(0)) {
            return false;
        }
        int at = 0;
        int shortest = Math.min(right.length(), written.length());
        while (at < shortest && right.charAt(at) == written.charAt(at)) {
            at++;
        }
        String rest = right.substring(Math.min(at, right.length()));
        String other = written.substring(Math.min(at, written.length()));
        return switch (difference) {
            case 1 -> rest.equals(other.substring(1));
            case -1 -> other.equals(rest.substring(1));
            default ->
                rest.length() < 2
                        || rest.substring(1).equals(other.substring(1))
                        || (rest.charAt(0) == other.charAt(1)
                                && rest.charAt(1) == other.charAt(0)
                                && rest.substring(2).equals(other.substring(2)));
        };
    }
}
