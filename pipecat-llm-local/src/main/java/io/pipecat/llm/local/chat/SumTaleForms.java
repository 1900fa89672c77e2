package io.pipecat.llm.local.chat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms of little stories with a sum in them: what stands around the numbers, and what is meant by it. */
final class SumTaleForms {
    /** Where these words stand around the numbers, this is meant; no word is any text. */
    record Form(List<Pattern> around, String sum, Set<String> words) {}

    private static final Pattern WORD = Pattern.compile("[a-z]+");
    private static final Pattern BOUNDARY = Pattern.compile("\\\\[a-zA-Z]");

    private static final String LESS =
            "fell|fall(?:s|en)|dropped|drop(?:s)?|sank|(?:went|go|goes|gone|is) down|(?:got|gotten|is) (?:colder|cooler)";
    private static final String MORE_NOW =
            "rose|risen|rises?|climbed|warm(?:s|ed)? up|(?:went|go|goes|gone|is) up|(?:got|gotten|is) (?:warmer|hotter)";
    static final String GONE =
            "spen[dt]|paid|pay|gave|gives?|given|lost|loses?|sold|sells?|ate|eats?|eaten|used?|broke|broken|gone|donated?|drank|drink|threw|take|took|spending|paying|losing|selling|eating|using|giving|taking|removed?|subtract(?:ed)?|deduct(?:ed)?|left the";
    private static final String LEFT = "left(?! over)|do i have|remains?|remaining|still|have now|has now|over now";
    private static final String COME =
            "got|gets?|buys?|bought|finds?|found|wins?|won|receives?|received|picks?|picked|add|collect(?:s|ed)?";
    private static final String PEOPLE =
            "people|friends|persons|guests|kids|children|of us|mates|colleagues|roommates|flatmates";
    private static final String PER = "(?:an?|per|every|each|the) ";
    static final String BULK =
            "box(?:es)?|packs?|packets?|bags?|rows?|shelf|shelves|crates?|trays?|tables?|boards?|cartons?|bunch(?:es)?|bottles?|cases?|jars?|floors?";

    static final List<Form> FORMS = List.of(
            // Up and down.
            form("a - b", "", "(?:" + LESS + ")(?!.*\\bto\\W*$)", ""),
            form("a + b", "", "(?:" + MORE_NOW + ")(?!.*\\bto\\W*$)", "^(?! ?times\\b)"),
            form(
                    "a - b",
                    "",
                    "^(?!.*\\bthan\\b).*",
                    "^(?!.*\\bthan\\b).*\\b(?:younger|cheaper|colder|shorter|lighter)\\b"),
            form("a + b", "", "(?<!how much )(?:is|i'm|am|are|aged).*", "years? older(?! than me)"),
            form("a - b", "", "(?:now|and) .*|\\bto$|, now", "how much (?:cheaper|less)|how much did .* (?:lose|save)"),
            form("b - a", "born|built", "how old|how long|in", ""),
            // Money and things that go and come.
            form("a - b", "", GONE, LEFT),
            form("a - b - c", "", GONE, "^(?!.*\\b(?:" + COME + ")\\b).*(?:\\band|\\bthen|\\banother|,)", LEFT),
            form("a - b + c", "", GONE, COME, "now|how many|how much"),
            form("a - b + c", "", "(?:take|minus|less|knock|deduct)\\W*$|they take", "\\b(?:add|plus)\\b", ""),
            form("a + b - c", "", COME, GONE, "left|now|remain|how many|how much"),
            form(
                    "a + b",
                    "(?:have|had|has|owns?|there (?:are|were))",
                    COME + "|more",
                    "how many|in total|altogether|now"),
            form("a - b", "(?:pay|paid|hand|give|gave).* with", "", "^\\W*$|\\bchange\\b|\\bback\\b"),
            form("a - b", "(?:hand|give|gave)", "for", "change|back"),
            form(
                    "b - a",
                    "costs?|is|are|was|were|for",
                    "(?:pay|paid|hand|gave|give).*|\\bnote",
                    "change|back|how much money"),
            form("a - b", "need|want|(?:goal|target|total) of", "have|got|saved|there", "missing|need|more|to go|lack"),
            form(
                    "a - b",
                    "\\bof",
                    "(?:gone|broken|sold|eaten|missing|empty)|",
                    "(?:gone|broken|sold|eaten).*" + "left|(?:gone|broken|sold|eaten).*remain"),
            form(
                    "b - a",
                    "(?:spend|use|eat|lose|give|take|spent|used|ate|lost|gave|took)(?: away)?",
                    "^ of (?:my|the|our|her|his)\\b",
                    ""),
            form(
                    "a + b",
                    "(?:have|had|has|owns?|there (?:are|were)|was|were)",
                    "(?:and|then|,)",
                    "^ ?(?:more|extra|others)\\b(?! than).*(?:how (?:many|much)|in total|altogether|now)"),
            form(
                    "a - b + c",
                    "",
                    ",|\\band\\b",
                    "^ ?(?:people |kids |of them )?(?:got|get|gets|went|go|goes|were|are) (?:off|out|home|away|sold)\\b.*",
                    "^ ?(?:people |kids |more |new ones )?(?:got|get|gets|came|come|comes|joined?) ?(?:on|in|back)?\\b.*how many"),
            form("a - b", "has|have|is", "(?:on|at|read|reached|page)\\W*$", "(?:to go|left|remain|still)"),
            form(
                    "a - b",
                    "is|was|costs?",
                    "(?:but|and|,)",
                    "^ ?(?:off|less|discount)\\b.*(?:pay|cost|price|left|come)"),
            form("a - b", "change (?:from|of|out of|for)", "(?:spend|spent|pay|paid|buy|costs?|is)\\W*$", ""),
            form("a - b", "(?:holds?|fits?|has room for|seats)", "(?:and|,|but)", "(?:still|more|free|left)"),
            // So many of so much.
            form(
                    "a * b",
                    "",
                    "(?:at|for|@|cost|costs)\\W*(?:just|only)?\\W*$",
                    "^(?:(?!how |what ).)*\\b(?:each|apiece|a piece|a pop|per)\\b"),
            form(
                    "a * b",
                    "",
                    "(?:cost|costs|are|is|at)\\W*$",
                    "^(?:(?!how |what ).)*\\b(?:each|apiece|a piece|a pop)\\b"),
            form(
                    "a * b + c",
                    "",
                    "(?:at|for|@|cost|costs)\\W*$",
                    "(?:each|apiece|a piece).* and (?:a|an|one) .*(?:for|at)",
                    ""),
            form(
                    "a * b + c",
                    "",
                    "\\b(?:" + BULK + ")\\b (?:of|with)",
                    "and (?:another|an?|one)(?: \\p{L}+)? (?:with|of)\\W*$",
                    ""),
            form(
                    "a * b",
                    "",
                    "^ \\p{L}+ (?:per|an?|each|every) (?:batch|person|guest|child|kid|head|day|week|month|time|go)\\b.*",
                    "^ (?:batches|people|guests|children|kids|heads|days|weeks|months|times|goes)\\b"),
            form("a * b + c * d", "", "(?:at|for|@)\\W*$", "(?:and|plus|,)", "(?:at|for|@)\\W*$", ""),
            form(
                    "a * b - c",
                    "",
                    "(?:at|for|@)\\W*$",
                    "(?:each|apiece|a piece)?.*(?:minus|less|with) an?",
                    "(?:voucher|discount|coupon)"),
            form(
                    "a * b",
                    "",
                    "\\b(?:" + BULK + ")\\b (?:of|with|at|have|has|hold|holds|contain|contains)",
                    "each|how many|in total|altogether|^\\W*$"),
            form("a * b + c", "", "\\b(?:" + BULK + ")\\b (?:of|with)", "(?:plus|and)", "(?:loose|extra|single|more)"),
            form(
                    "a * b - c",
                    "",
                    "\\b(?:" + BULK + ")\\b (?:of|with)",
                    GONE,
                    "^(?! ?(?:" + BULK + ")\\b).*(?:" + LEFT + "|now)"),
            form(
                    "a * b",
                    "(?:an?|one|each|every) (?:" + BULK + ") (?:has|holds|contains|with|of)",
                    "how many|how much|in|do",
                    "(?:" + BULK + ")"),
            form("a * b", "", "each|every|everybody|everyone", "how many|how much|in total|altogether"),
            form("a * b", "", "(?:" + PEOPLE + ") (?:who )?(?:pay|paid|give|bring|eat|need)s?", "each"),
            rate("hour"),
            rate("day"),
            rate("night"),
            rate("week"),
            rate("month"),
            rate("year"),
            form("a * b", "", "(?:km|miles|kilometres|mph|kmh)\\b.*(?:hour|/h|mph|day).*", "hours|days"),
            form("a * b", "", "(?:litres|liters|gallons|tank|hours).*", PER + "(?:litre|liter|gallon|hour)"),
            form(
                    "a * b",
                    "",
                    "(?:kg|kilos?|litres?|metres?|pounds|grams?)\\b.*(?:at|for)\\W*$",
                    "(?:per|an?) (?:kg|kilo|litre|metre|pound|gram)"),
            form(
                    "a * b",
                    "",
                    "for (?:one|each|every|1)\\b(?!.*(?:cost|euro)).*",
                    "(?:cakes|guests|people|cups|persons|batches|kids)|$"),
            form(
                    "a * b",
                    "room|garden|rug|field|wall|rectangle|floor|table|square|area",
                    "\\b(?:by|x|times)\\b|×",
                    "square|area|m2|m²"),
            // Shares.
            form(
                    "a / b",
                    "^(?!.*(?:left over|remainder|remain)).*\\b(?:split|share|shared|divide|divided|distribute|give)\\b",
                    "\\b(?:among|amongst|between|by|for|with)\\b",
                    "^(?!.*(?:left over|remainder|remain|over\\b)).*"),
            form("a mod b", "", "\\b(?:among|amongst|between|by)\\b", "left over|remainder|remain"),
            form("a mod b", "(?:left over|remainder|remains|over)", "\\b(?:among|amongst|between|by)\\b", ""),
            form(
                    "a / b",
                    "(?:bill|dinner|meal|lunch|taxi|rent|price|cost|present|gift)",
                    "^(?!.*\\b(?:a head|each|per|a person)\\b)",
                    "(?:" + PEOPLE + ").*|\\beach"),
            form("a / b", "", "\\bfor\\W*$", "(?:" + PEOPLE + ").*(?:how many|how much).* each"),
            form(
                    "b / a",
                    "we are|there are|for|between",
                    "(?:" + PEOPLE + ").*(?:bill|meal|taxi|dinner|lunch|rent|costs?|pay|came|it)",
                    "each|per person|split|every"),
            form("b / a", "", "\\b(?:costs?|for|are|is)\\b", "(?:how much|what).*\\b(?:one|single|each|a piece)\\b"),
            form("a / b", "", "pages.*", "(?:a|per|each|every) day.*(?:how long|how many|days)"),
            form("a / b", "", "(?:km|miles|metres)\\b.*\\bin", "hours?.*(?:how fast|per hour|an hour|average|speed)"),
            form("a / b", "", "(?:need|takes?|use)\\b.*", "(?:for|per) (?:each|every|one|an?)\\b.*(?:how many|enough)"),
            // Percent.
            form("a - b%", "", "", "^ ?(?:off|discount|less|cheaper|reduction)"),
            form(
                    "a + b%",
                    "",
                    "(?:tip|add|plus|leave|vat|tax|rise|rises|rose|raised?|up|more|increases?|increased)",
                    "^(?!.*\\boff).*(?:total|altogether|pay|now|then|cost|will it be|is it|new \\p{L}+)"),
            form(
                    "a + b%",
                    "",
                    "(?:with|plus|and) an?\\W*$",
                    "^ ?(?:tip|vat|tax|service)\\b.*(?:total|altogether|in all|pay|come)"),
            form(
                    "b% of a",
                    "", "", "^(?!.*\\boff\\b).*how (?:much|many) (?:is|are|was|does) (?:the|that|it)\\b(?!.*total)"),
            form("a% of b", "", "^ of\\b", "how many|how much|is that|are"),
            // How far one is from the other.
            form(
                    "a - b",
                    "how much (?:more|bigger|larger|greater|higher|taller|older|longer)|how (?:many|much) more|how much is|by how much",
                    "than|exceeds?",
                    ""),
            form("a - b", "left|remains?", "(?:after|if|when)\\b.*\\b(?:" + GONE + ")", ""),
            form("a - b", "", "", "^(?:(?!how ).)*\\b(?:away|missing|ill|sick|absent|gone|empty|broken)\\b.*how many"),
            form("b / a", "", "of us\\b.*(?:shar|split|divid)\\w*\\b.*", "each|share"),
            form(
                    "a / b",
                    "",
                    "(?:hand|deal|give|share|split|divide)\\b.*(?:to|among|between|into)",
                    "each|how many|equally"),
            form("a / b", "cut|divide|split|saw", "into(?! as many)", "^(?!.*\\beach\\b)"),
            form(
                    "b - a",
                    "how (?:much|many) (?:less|fewer|cheaper|smaller|younger|lower|shorter|lighter|colder)(?: is)?\\W*$",
                    "than",
                    ""),
            form("a ~ b", "is", "\\bis\\b", "(?:age|price) difference|difference in (?:age|price)|years apart|age gap"),
            form("a - b", "take (?:off|away|from)", "(?:leave|get|have)", ""),
            form(
                    "b - a",
                    "(?:add to|missing(?: from)?|need(?: from)?|lacking(?: from)?)\\W*$",
                    "(?:to|until|till)",
                    ""),
            form("b / a", "what times|how many times", "(?:is|makes|gives|equals)", ""),
            // By the one: 4 cups for 1 cake.
            form("a * c", "", "(?:for|per|in|each)\\W*$", "how (?:much|many)|what about|for", ""),
            form("b / a", "", "costs?|are|is", "how much|what", ""),
            form(
                    "b / a",
                    "\\ban?\\W*$",
                    "^ (?:pack|box|bag|set|bottle|tin|can)\\b.*(?:costs?|for|is)\\W*$",
                    "(?:how much|what).*\\b(?:per|each|one|apiece)\\b"),
            form("b / a", "how many (?:" + BULK + ") (?:of|with)\\W*$", "(?:do|does|will|are|would|for)\\b.*", ""),
            form("a / b", "split|splitting|share|sharing|divide|dividing", "", "^ ways"),
            form(
                    "b / a * c",
                    "(?:for|serves)\\W*$",
                    "^ (?:people|persons|guests|servings|of us)\\b.*",
                    "(?:we are|we're|for|there are|are|i need)\\W*$",
                    "how (?:much|many)|what"),
            form("a / b * c", "takes?|needs?|uses?|costs?|wants?", "for|makes?", "how (?:many|much)\\b.* for\\W*$", ""),
            form(
                    "b * c",
                    "",
                    "has|have|holds?|contains?|needs?|costs?|is|takes?|with",
                    "how (?:much|many)|what (?:do|does|is)",
                    ""),
            // One number, and what a year has.
            form("a / 12", "", "(?:an?|per|every) year.*(?:an?|per|each|every) month"),
            form("a * 12", "", "(?:an?|per|every) month.*(?:an?|per|each|every) year"),
            form("a / 7", "", "(?:an?|per|every) week.*(?:an?|per|each|every) day"),
            form("a * 7", "", "(?:an?|per|every) day.*(?:an?|per|each|every) week"),
            form("a / 12", "", "^ ?months?\b.*\byears?\b"),
            form("a * 12", "months", "years"),
            form("a / 12", "years", "months"),
            form(
                    "a / 2",
                    "(?:have|had|there (?:are|were)|baked|bought|of)",
                    "(?:half of (?:them|it)|half away|half are|half is)(?:.* left)?"));

    private SumTaleForms() {}

    private static Form form(String sum, String... around) {
        return new Form(
                Stream.of(around)
                        .map(words -> Pattern.compile(
                                words.startsWith("^") || words.isEmpty()
                                        ? words
                                        : "(?<!\\p{L})(?:" + words + ")(?!\\p{L})"))
                        .toList(),
                sum,
                known(String.join(" ", around)));
    }

    // So much a month for so many of them.
    private static Form rate(String period) {
        return form("a * b", "", "(?:an?|per|every|each) " + period + "\\b(?!.*each)", "^ ?" + period + "s\\b");
    }

    // Words that a form looks for, and not those that must not be there.
    private static Set<String> known(String around) {
        StringBuilder wanted = new StringBuilder();
        int refused = 0;
        for (int at = 0; at < around.length(); at++) {
            if (refused == 0 && (around.startsWith("(?!", at) || around.startsWith("(?<!", at))) {
                refused = 1;
            } else if (refused > 0) {
                refused += around.charAt(at) == '(' ? 1 : around.charAt(at) == ')' ? -1 : 0;
            } else {
                wanted.append(around.charAt(at));
            }
        }
        return WORD.matcher(BOUNDARY.matcher(wanted).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toUnmodifiableSet());
    }
}
