package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares a sum that the built-in model wrote with the words it was asked in: they have to be read as a sum by themselves ({@link
 * SumReader}, {@link SumTales}), and it has to come to the same. A wrong sum, correctly calculated, is worse than a refusal.
 */
final class SumGuard {
    // Nobody says a longer one, and what looks for it takes its time.
    private static final int LONGEST = 400;
    // A quick one, one third of.
    private static final Pattern ONE = Pattern.compile(
            "\\b(quick one|the (?:\\w+ )?one|square one|next one|last one|this one|that one|each one|every one|which one|another one|one (more|last|thing|other|moment|sec|minute|half|third|quarter|fourth|fifth|tenth)|one of)\\b");
    private static final String THINKING = "(?:um+|uh+|erm|hmm+|kindly|(?<!\\bdo )you know)";
    // Not between two numbers, which it may part.
    private static final Pattern FILLER =
            Pattern.compile("^" + THINKING + ",? |(?<=\\p{L}) " + THINKING + "(?= )| " + THINKING + "(?= \\p{L})");
    // .25, do it 4 me, subtract 12 form 40.
    private static final Pattern NO_ZERO = Pattern.compile("(?<![0-9\\p{L}])[.](?=[0-9])");
    private static final Pattern FOR = Pattern.compile("\\b4(?= (?:me|us)\\b)");
    private static final Pattern FORM = Pattern.compile("(?<=[0-9] )form(?= -?[0-9])");

    private SumGuard() {}

    /**
     * Returns the sum that the words are, as the node reads it: of long numbers a model writes a digit wrong.
     *
     * @param expression what the model wrote, which a reading that leaves doubt has to come to
     */
    static Optional<String> meant(String expression, String words) {
        Optional<SumReader.Reading> reading = read(words);
        return reading.isPresent()
                ? reading.filter(own -> own.sure() || same(own.sum(), expression))
                        .map(SumReader.Reading::sum)
                : words.length() > LONGEST
                        ? Optional.empty()
                        : SumTales.read(inFigures(words)).filter(sum -> same(sum, expression));
    }

    /** Returns whether the words are a sum that leaves no doubt. */
    static boolean isSum(String words) {
        return read(words).filter(SumReader.Reading::sure).isPresent();
    }

    /** Returns the sum where the words are that and nothing else. */
    static Optional<String> only(String words) {
        return read(words).filter(reading -> reading.sure() && reading.alone()).map(SumReader.Reading::sum);
    }

    private static Optional<SumReader.Reading> read(String words) {
        return words.length() > LONGEST ? Optional.empty() : SumReader.read(inFigures(words));
    }

    private static boolean same(String first, String second) {
        Optional<BigDecimal> value = SumValue.of(first);
        return value.isPresent()
                ? value.equals(SumValue.of(second))
                : dense(first).equals(dense(second));
    }

    private static String dense(String sum) {
        return sum.replace(" ", "");
    }

    /** Returns words in lower case with figures for their numbers, and with slips in the words of arithmetic mended. */
    static String inFigures(String words) {
        String said = ONE.matcher(words.toLowerCase(Locale.ROOT))
                .replaceAll(found -> found.group().replace("one ", "a ").replace(" one", ""));
        said = FOR.matcher(NO_ZERO.matcher(said).replaceAll("0.")).replaceAll("for");
        said = FORM.matcher(SpokenNumbers.inFigures(Slips.OF_SUMS.mended(said))).replaceAll("from");
        return FILLER.matcher(said).replaceAll("");
    }
}
