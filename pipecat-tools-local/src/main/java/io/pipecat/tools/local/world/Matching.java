package io.pipecat.tools.local.world;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How well a device fits what was said. Every word that was said has to be accounted for, by the device's name, its room or what it is.
 *
 * @param known the device
 * @param cost how far the words are from those of the device, in all; a name that was said in part costs as much as another word for the
 *     same thing
 * @param misspelled whether a word was misspelled
 * @param full whether the whole name was said
 */
record Matching(House.Known known, int cost, boolean misspelled, boolean full) {
    private static final int IN_PART = 2;
    private static final int BY_KIND = 2;
    private static final int BY_PROPERTY = 1;

    /** What one word is worth, and which word of the name it stands for. */
    private record Word(int cost, Optional<String> name) {}

    /**
     * Compares.
     *
     * @param said what was said, without fillers
     * @param kindsByNature whether a word for a kind means what the device is, and not its name
     * @param likeness how alike words are
     */
    static Optional<Matching> of(House.Known known, List<String> said, boolean kindsByNature, Likeness likeness) {
        return known.names().stream()
                .flatMap(name -> of(known, name, said, kindsByNature, likeness).stream())
                .min((a, b) -> Integer.compare(a.cost, b.cost));
    }

    private static Optional<Matching> of(
            House.Known known, List<String> name, List<String> said, boolean kindsByNature, Likeness likeness) {
        int cost = 0;
        boolean misspelled = false;
        Set<String> covered = new HashSet<>();
        for (String word : said) {
            Word best = best(known, name, word, kindsByNature, likeness);
            if (best.cost() >= Words.NO_MATCH) {
                return Optional.empty();
            }
            cost += best.cost();
            misspelled |= best.cost() > Words.SPELLED_RIGHT;
            best.name().ifPresent(covered::add);
        }
        boolean full = name.stream().allMatch(word -> covered.contains(word) || isOrnament(word, name));
        return Optional.of(new Matching(known, full ? cost : cost + IN_PART, misspelled, full));
    }

    /** Nobody says the emoji of a name that has words as well. */
    private static boolean isOrnament(String word, List<String> name) {
        return Words.isSymbol(word) && !name.stream().allMatch(Words::isSymbol);
    }

    private static Word best(
            House.Known known, List<String> name, String word, boolean kindsByNature, Likeness likeness) {
        String concept = Vocabulary.concept(word);
        boolean kind = Vocabulary.isKind(concept);
        Word best = new Word(Words.NO_MATCH, Optional.empty());
        if (!(kind && kindsByNature)) {
            for (String own : name) {
                int cost = likeness.cost(word, own);
                if (cost < best.cost()) {
                    best = new Word(cost, Optional.of(own));
                }
            }
        }
        for (String room : known.roomWords()) {
            int cost = likeness.cost(word, room);
            if (cost < best.cost()) {
                best = new Word(cost, Optional.empty());
            }
        }
        if (kind && known.concepts().contains(concept) && BY_KIND < best.cost()) {
            best = new Word(BY_KIND, Optional.empty());
        }
        boolean property = Vocabulary.isProperty(concept)
                && (known.kind().properties().contains(concept)
                        || known.device().state().has(concept));
        return property && BY_PROPERTY < best.cost() ? new Word(BY_PROPERTY, Optional.empty()) : best;
    }
}
