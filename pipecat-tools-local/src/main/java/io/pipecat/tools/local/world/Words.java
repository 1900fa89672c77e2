package io.pipecat.tools.local.world;

import io.pipecat.api.Nearest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes what people say apart into words that can be compared: without case, accents, punctuation and hyphens. */
final class Words {
    /** The word fits nothing. */
    static final int NO_MATCH = 1000;

    /** A word that costs more than this was misspelled. */
    static final int SPELLED_RIGHT = 2;

    /** A misspelled word has so many letters more or less at most. */
    static final int MOST_TYPOS = 2;

    private static final int SAME_STEM = 1;
    private static final int SAME_CONCEPT = 2;
    private static final int ONE_TYPO = 4;
    private static final int TYPO = 2;

    /** Letters and digits, or one symbol such as an emoji; joiners and variation selectors belong to none. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+|[\\p{So}\\p{Sm}\\p{Sc}]");

    private static final Pattern MARKS = Pattern.compile("[\\p{M}\\p{Cf}\\p{Sk}]+");
    private static final Pattern POSSESSIVE = Pattern.compile("['’]s\\b");

    private Words() {}

    /** Returns the words of a text, folded. */
    static List<String> of(String text) {
        String folded = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replace("æ", "ae")
                .replace("œ", "oe")
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("ı", "i");
        Matcher matcher = WORD.matcher(POSSESSIVE.matcher(folded).replaceAll(""));
        List<String> words = new ArrayList<>();
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return Vocabulary.joined(words);
    }

    static boolean isSymbol(String word) {
        return !Character.isLetterOrDigit(word.codePointAt(0));
    }

    /** Returns how far two words are from one another: 0 if they are the same, {@link #NO_MATCH} if they have nothing in common. */
    static int cost(String said, String known) {
        if (said.equals(known)) {
            return 0;
        }
        if (stem(said).equals(stem(known))) {
            return SAME_STEM;
        }
        String concept = Vocabulary.concept(said);
        if (!concept.isEmpty() && concept.equals(Vocabulary.concept(known))) {
            return SAME_CONCEPT;
        }
        return isMisspelled(said, known) ? ONE_TYPO + TYPO * (Nearest.distance(said, known) - 1) : NO_MATCH;
    }

    /** Whether a word is another with a letter or two wrong. */
    static boolean isMisspelled(String said, String known) {
        int longer = Math.abs(said.length() - known.length());
        if (longer > MOST_TYPOS || said.equals(known)) {
            return false;
        }
        int allowed = allowed(said, known);
        return longer <= allowed && Nearest.distance(said, known) <= allowed;
    }

    /** How many letters may differ. Numbers tell devices apart and short words mean something else with one letter changed. */
    private static int allowed(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        if (longer < 4 || hasDigit(a) || hasDigit(b)) {
            return 0;
        }
        boolean sameStart = a.charAt(0) == b.charAt(0);
        if (longer < 6) {
            return sameStart ? 1 : 0;
        }
        return longer >= 8 && sameStart ? MOST_TYPOS : 1;
    }

    private static boolean hasDigit(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.isDigit(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Takes the plural's ending off, where English, French and Spanish have the same one. */
    static String stem(String word) {
        int length = word.length();
        if (length > 4 && (word.endsWith("ches") || word.endsWith("shes") || word.endsWith("xes"))) {
            return word.substring(0, length - 2);
        }
        boolean plural = length > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us");
        return plural ? word.substring(0, length - 1) : word;
    }
}
