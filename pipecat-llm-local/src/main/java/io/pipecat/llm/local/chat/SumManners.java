package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people say before and after a sum, and what does not belong there: "could you work out ... for me, please". */
final class SumManners {
    // Would have to do with the sum: numbers and signs, money, what is done, shares, kinds, functions, months.
    private static final List<Pattern> BEFORE = Stream.of(
                    "[0-9%(½¼¾⅓⅔∛√^*/×÷+]|[-−–]$|\\b(?:pound|euro|dollar|quid|buck)s?$|(?:^| )(?:at|abs|[b-hj-tv-z])$",
                    "\\b(?:add|plus|minus|less|more|than|left(?! (?:when|if))|rest|remains?(?! (?:when|if))|(?<!how many )times|by|divided?|multipl\\w*|subtract|deduct|take|taken|product"
                            + "|difference|quotient|ratio|average|(?<!\\bi )mean|increase|decrease|reduce|raise|lower|split|share|divide|round|without|missing)\\b",
                    "\\b(?:half|halve|third|quarter|fifth|tenth|thirds|quarters|twice|double|triple|square|cube|root|each|every|per|dozen|baker's|percent|remainder|absolute|factorial|negative|opposite|over|halfway|between)\\b",
                    "\\b(?:cos|sin|tan|log|ln|exp|floor|ceil|min|(?<!\\b(?:hi|hey|ok|dear|so) )max)\\b",
                    "\\b(?:january|february|march|april|june|july|august|september|october|november|december)\\b",
                    "(?<!\\bquick )\\b(?:sum|total)\\b(?! (?:is|for)\\b)|(?<!\\b(?:result|value|sum|answer|solution|total|out|question|score) )\\bof$")
            .map(Pattern::compile)
            .toList();
    private static final Set<String> AFTER = words("""
            whats rest this time left remains added dollars euros pounds lol haha help her him them is are makes make gives give equals equal what
            what's how much many that that's it does do come comes to be amount up add total together altogether all result yield please
            pls plz ty thanks thank thx you for me us now right quick quickly then mate love dear bro ta cheers ok okay yeah rn asap if
            can would could will there's a get when sec again go real ya i we have into the calculator . ? = ! , ; : 🙂 🙏 👍 💡 🌙 😊 🏠 ❤
            \uFE0F oh answer value number tell know calculate compute work out intotal""");
    // Another question: you said 56 or 54, so what is ...
    private static final Pattern QUESTION = Pattern.compile(
            "[,.;:!?] (?:(?:so|and|then|now|well|ok|anyway) )?(?:(?:what is|what's|whats|how much is|calculate|work out|compute)|tell me what is)$");
    private static final Pattern DIGITS = Pattern.compile("[0-9]");
    private static final Pattern WITH = Pattern.compile("\\b(?:with|off|base|including)\\b");
    // Is 13 times 7 really 91?
    private static final Pattern GUESS = Pattern.compile(
            "(?:(?:really|actually|equal|equals|make|makes|the same as|to) )+-?[0-9]+(?: [.] [0-9]+)?(?: [?!.,]| right| correct| true| please)*");
    private static final Set<String> ENDS = words(", . ? ! ; and");
    // Begins a sentence that has nothing to do with the sum.
    private static final Set<String> OTHERS = words("""
            i i'm im my we we're he she they it's is are turn switch open close shut lock unlock set put tell show what whats what's how when
            which because cause since also oh can could dim""");
    private static final Set<String> OTHERS_AFTER_AND = words("""
            is are turn switch open close shut lock unlock set put tell show what whats what's how when which also can could dim""");
    private static final Pattern TIME = Pattern.compile("^and the (?:time|date|day|weekday)\\b");
    // Goes on from another result: add 3 and 4 to that.
    private static final Pattern TO_IT = Pattern.compile(
            "\\b(?:to|from|by|with) (?:it|that|this|my|the (?:answer|result|number|total|sum))\\b|\\badded to\\b|\\bif you add\\b");
    // Stand before a sum that begins with a sign; my rent minus 50 takes something up that is no number.
    private static final Set<String> OPENING = words("""
            what is what's whats calculate compute evaluate solve much equals are does do please so ok okay and then now well : , . ! ? ;
            be me find of i you we just can could would to hey hi um quick that's""");
    private static final Set<String> LEADING_SIGNS =
            words("plus minus times over add divided + - − – * x × / negative with");
    // Takes a sum up again, or takes it back.
    private static final Set<String> GOING_ON = words("""
            no nope not wait mean meant instead rather but except then it that this these those them same again both all everything result
            answer number sum total off on top once more another sorry actually correction make
            squared cubed doubled tripled halved rounded divisible multiplied remaining left tip tax vat discount interest apiece nearest cancel never negated quadrupled""");
    private static final Set<String> ASKING = words("""
            idk what is what's whats how much many are does do would will be you me i we it can could tell give show calculate compute
            work out evaluate solve figure determine find reckon please pls hey hi hello ok okay so and now then well um hmm uhh oh the a
            an result of value answer solution number for if get know want like wonder need to have my homework says quick question math
            sum task next help with this let's let us possible any idea say suppose chance quickly put type enter run numbers maths did
            might just also right alright sorry excuse pardon had , : ; . ! ? = calc yo i'd express""");
    // One of these is in a question for a sum.
    private static final Set<String> ASKS = words("""
            what what's whats how calculate compute work evaluate solve figure determine find reckon sum result answer value much know
            tell calc math maths equals""");
    // Are in no date, time, range, score or number of a phone.
    private static final Set<String> SIGNS = words("""
            + * × · x ÷ ^ ** √ ² ³ sqrt root plus minus times divided over multiplied added subtract add multiply divide sum difference
            product quotient average mean half third quarter fifth sixth seventh eighth ninth tenth thirds quarters fifths sixths sevenths eighths ninths tenths twice double triple squared cubed square cube
            power remainder mod modulo factorial less more fewer subtracted taken split percent into""");
    // Are done to other things than numbers as well.
    private static final Set<String> OTHER_VERBS = words(
            "increase raise reduce decrease lower discount take put start begin from remove share split total combine");

    private SumManners() {}

    private static Set<String> words(String words) {
        return Set.of(words.split("\\s+"));
    }

    static boolean areAsking(List<String> before) {
        return ASKING.containsAll(before);
    }

    static boolean areManners(List<String> after) {
        return AFTER.containsAll(after);
    }

    /** Returns whether what stands after a sum leaves it as it is: manners, or another sentence that has nothing to do with it. */
    static boolean mayFollow(List<String> before, List<String> after) {
        boolean guessed = !before.isEmpty()
                && Set.of("is", "does").contains(before.getLast())
                && GUESS.matcher(String.join(" ", after)).matches();
        int end = 0;
        while (end < after.size() && !ENDS.contains(after.get(end))) {
            end++;
        }
        List<String> next = after.subList(end, after.size());
        if (TO_IT.matcher(String.join(" ", after)).find()) {
            return false;
        }
        return guessed
                || areManners(after)
                || (areManners(after.subList(0, end))
                        && isOther(next)
                        && !belongs(next)
                        && next.stream().noneMatch(GOING_ON::contains));
    }

    // What remains if you divide it by 7.
    static boolean askForTheRest(List<String> before) {
        return before.stream()
                .anyMatch(word -> word.startsWith("remain") || word.equals("left") || word.equals("over"));
    }

    private static boolean isOther(List<String> next) {
        if (next.size() < 2) {
            return false;
        }
        boolean and = next.getFirst().equals("and") || next.get(1).equals("and");
        String words = String.join(" ", next).replaceFirst("^[,.?!;] (?=and )", "");
        String first = next.get(next.get(1).equals("and") && next.size() > 2 ? 2 : 1);
        return (and ? OTHERS_AFTER_AND : OTHERS).contains(first)
                || TIME.matcher(words).find();
    }

    /** Returns whether a sum begins with a sign that takes up what stands before it. */
    static boolean takesUp(List<String> before, String first) {
        return LEADING_SIGNS.contains(first) && !before.isEmpty() && !OPENING.contains(before.getLast());
    }

    /** Returns whether what stands before a sum has to do with it. */
    static boolean belongs(List<String> before) {
        String words = String.join(" ", before);
        Matcher question = QUESTION.matcher(words);
        return question.find()
                ? Said.any(
                                BEFORE,
                                DIGITS.matcher(words.substring(0, question.start()))
                                        .replaceAll(" "))
                        || WITH.matcher(words).find()
                : Said.any(BEFORE, words);
    }

    // 9-1-1, 24/7, 10:30 and 3-4 people are no sums, and to raise something by 2 is for the heating.
    static boolean isAsked(List<String> before, List<String> all) {
        List<String> own = all.subList(before.size(), all.size());
        boolean asked =
                areAsking(before) && (before.isEmpty() || before.stream().anyMatch(ASKS::contains));
        boolean sign = own.stream().anyMatch(SIGNS::contains) || own.stream().anyMatch(token -> token.endsWith("%"));
        return asked && sign && !OTHER_VERBS.contains(own.getFirst());
    }
}
