package io.pipecat.llm.local.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares a sum that the built-in model wrote with the words it was asked in. A wrong sum, correctly calculated, is worse than a refusal.
 * Where the words can be written as a sum by themselves ({@link SpokenSums}), it has to be that one. Else every number that was said has to
 * be in it, in the order in which it was said, and every operator has to have a word for it.
 */
final class SumGuard {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.][0-9]+)?");
    // What a person calls as the calculator does.
    private static final Set<String> NAMED =
            Set.of("sin", "cos", "tan", "log", "ln", "exp", "pi", "round", "floor", "ceil", "min", "max");
    private static final Pattern FUNCTION = Pattern.compile("[a-z]{2,}");

    // What a word adds to a sum that nobody said as a number; each time that it is said.
    private static final Map<Pattern, String> IMPLIED = Map.ofEntries(
            implied("\\b(half|halve|halved|twice|double|doubled)\\b", "2"),
            implied("\\b(squared?|second)\\b|²", "2"),
            implied("\\b(thirds?|triple|tripled|cubed?|cube)\\b|³", "3"),
            implied("\\b(quarters?|fourths?)\\b", "4"),
            implied("\\bfifths?\\b", "5"),
            implied("\\btenths?\\b", "10"),
            implied("\\bdozen\\b", "12"),
            implied("\\b(seconds? .*\\bminutes?|min(utes?)? .*\\bhours?)\\b", "60"),
            implied("\\bhours? .*\\bdays?\\b", "24"),
            implied("\\bdays? .*\\bweeks?\\b", "7"),
            implied("\\bmonths? .*\\byears?\\b", "12"));
    private static final Pattern AVERAGE = Pattern.compile("\\b(average|mean)\\b");

    /** A strong word asks for its sign, a weak one allows it, one of the frame allows it where no other sign has a word. */
    private record Sign(Pattern inSum, Pattern strong, Pattern weak, Pattern frame) {}

    private static final List<Sign> SIGNS = List.of(
            sign(
                    "\\+",
                    "\\+|\\b(plus|added|add(?! up|.* to get\\b)|sum(?! for)|summed|more than|(increase|raise)d? .*\\bby)\\b",
                    "\\b(and|add|up|with|together|more|tax|vat|average|mean|total)\\b",
                    "(?!)"),
            sign(
                    "-",
                    "\\b(minus|subtract(ed)?|deduct(ed)?|negative|without|reduced?|decreased?|lower(ed)?|discount|difference)\\b"
                            + "|(?<!\\p{L})[-−–](?!\\p{L})|[-−–](?=\\s*[0-9(.√])|(%|percent|per cent|pct) off\\b|\\btake .*(%|percent|per cent|pct)",
                    "\\b(less|take|taken|away|remove|left|off|spent|back|cost|remains?|eat|ate|lose|lost|sell|sold|give|gave|more is|than|missing|need|change|to get)\\b",
                    "(?!)"),
            sign(
                    "\\*",
                    "(?<!many |what )\\btimes\\b|\\b(multipl(y|ied)|product)\\b|(?<!how many |how much |does |for )\\b(each|every)\\b|(?<!\\*)\\*(?!\\*)|×|(?<=[0-9)])\\s*x\\s*(?=[-0-9(])",
                    "\\b(by|twice|double|doubled|triple|tripled|at|dozen|lots|groups|boxes|packs|quarters|thirds|has|holds|contains|(seconds|minutes|hours|days|months) are)\\b",
                    "\\b(how (many|much|far)|is that|pay)\\b"),
            sign(
                    "/",
                    "\\b(divided?(?! .*\\bremainder)(?<!remainder of .{0,40}divided)|over|quotient|split|shared?)\\b|[/÷]|\\b(how many|how much|does|for) each\\b",
                    "\\b(by|half|halve|third|quarter|fourth|fifth|tenth|thirds|quarters|into|among|ratio|average|mean|go|fit|what times|is how many)\\b|(?<=[0-9]):(?=[0-9])| : ",
                    "\\b(for|between|people)\\b"),
            sign(
                    "\\^",
                    "\\^|\\*\\*|\\b(power of|to the power|raised|[a-z0-9]+th power|squared|square(?! root)|cubed?)\\b|[²³]",
                    "\\b(raise|to the)\\b",
                    "(?!)"),
            sign("sqrt", "\\b(root|sqrt)\\b|√", "(?!)", "(?!)"),
            sign("%", "%|\\b(percent|per cent|pct)\\b", "(?!)", "(?!)"),
            sign("mod", "\\b(mod|modulo|remainder)\\b", "(?!)", "(?!)"),
            sign("!", "\\bfactorial\\b", "[0-9]!", "(?!)"));

    // Then the first two numbers of a difference or a quotient come in the other order, or the first comes last.
    private static final Pattern TURNED = Pattern.compile(
            "\\b(subtract(ed)?|take|taken|deduct(ed)?|remove)\\b.*\\bfrom\\b|\\bless than\\b|\\b(go|fit)\\b.*\\binto\\b|[0-9]th power of"
                    + "|\\b(missing|need) from\\b|\\bcost\\b.*\\bpay with\\b|\\bwhat times\\b|\\b(2|3) (thirds|quarters)\\b|\\badd\\b.*\\bto get\\b");
    // Then they may come so.
    private static final Pattern MAY_TURN =
            Pattern.compile("\\badd\\b(?! up).*\\bto\\b|\\bmore than\\b|\\bdivide [0-9.]+ into\\b");
    private static final Pattern SAME_OPERATOR = Pattern.compile("[0-9. ]+(\\+[0-9. ]+)*|[0-9. ]+(\\*[0-9. ]+)*");
    private static final Pattern OPERAND = Pattern.compile("(?<![0-9.])([0-9]+(?:[.][0-9]+)?)\\s*[/^]");
    private static final Pattern OPERATOR = Pattern.compile("[-+*/^!]|%|[a-z]");
    private static final Pattern PERCENT_FIRST = Pattern.compile("^[0-9.]+% [-+]");
    private static final Pattern MORE_THAN_A_SHARE = Pattern.compile("% of .* [-+*/] ");
    private static final Pattern TIMES_PERCENT = Pattern.compile("[*/]\\s*[0-9.]+%");
    // A quick one, one third of.
    private static final Pattern ONE = Pattern.compile(
            "\\b(quick one|next one|this one|that one|one (half|third|quarter|fourth|fifth|tenth)|one of)\\b");
    // .25, do it 4 me, subtract 12 form 40.
    private static final Pattern NO_ZERO = Pattern.compile("(?<![0-9\\p{L}])[.](?=[0-9])");
    private static final Pattern FOR = Pattern.compile("\\b4(?= (?:me|us)\\b)");
    private static final Pattern FORM = Pattern.compile("(?<=[0-9] )form(?= -?[0-9])");
    private static final Pattern POWERS = Pattern.compile("[²³]");
    private static final Pattern TOGETHER =
            Pattern.compile("\\b(then|it|result|sum|difference|average|mean|that|total)\\b|\\(");
    private static final Pattern NO_SUM =
            Pattern.compile("[-+*/^]\\s*(?:\\)|$)|\\(\\s*(?:\\)|[+*/^])|[-+*/^]\\s*[+*/^]|[0-9]\\s*\\(");

    private SumGuard() {}

    private static Map.Entry<Pattern, String> implied(String words, String number) {
        return Map.entry(Pattern.compile(words), number);
    }

    private static Sign sign(String inSum, String strong, String weak, String frame) {
        return new Sign(Pattern.compile(inSum), Pattern.compile(strong), Pattern.compile(weak), Pattern.compile(frame));
    }

    /** Returns whether a sum has the numbers and the operators that the words have, no more and no less. */
    static boolean agrees(String expression, String words) {
        String said = inFigures(words);
        if (BeyondSums.are(said) || !OPERATOR.matcher(expression).find() || !isWhole(expression)) {
            return false;
        }
        return SpokenSums.written(said)
                .map(sum -> SpokenSums.same(sum, expression))
                .orElseGet(() -> functionsAgree(expression, said)
                        && numbersAgree(expression, said)
                        && signsAgree(expression, said)
                        && SumStructure.agrees(expression, said)
                        && bracketsAgree(expression, said));
    }

    /** Returns the sum that the words are, as a calculator takes it; empty where they have to be understood. */
    static Optional<String> copied(String words) {
        String said = inFigures(words);
        return BeyondSums.are(said)
                ? Optional.empty()
                : SpokenSums.written(said).map(SpokenSums::spaced).filter(SumGuard::isWhole);
    }

    private static String inFigures(String words) {
        String said = ONE.matcher(words.toLowerCase(Locale.ROOT))
                .replaceAll(found -> found.group().replace("one ", "a ").replace(" one", ""));
        said = FOR.matcher(NO_ZERO.matcher(said).replaceAll("0.")).replaceAll("for");
        return FORM.matcher(SpokenNumbers.inFigures(Slips.OF_SUMS.mended(said))).replaceAll("from");
    }

    private static boolean isWhole(String expression) {
        int open = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open < 0) {
                return false;
            }
        }
        return open == 0 && !NO_SUM.matcher(expression).find();
    }

    private static boolean functionsAgree(String expression, String said) {
        return FUNCTION.matcher(expression).results().map(MatchResult::group).allMatch(name -> switch (name) {
            case "sqrt", "mod", "of" -> true;
            case "abs" -> said.contains("absolute") || said.contains("abs");
            default -> NAMED.contains(name) && said.contains(name);
        });
    }

    private static boolean numbersAgree(String expression, String said) {
        List<BigDecimal> written = numbers(expression);
        List<BigDecimal> heard = SpokenNumbers.in(POWERS.matcher(said).replaceAll(" "));
        List<BigDecimal> implied = IMPLIED.entrySet().stream()
                .flatMap(word -> word.getKey().matcher(said).results().map(found -> word.getValue()))
                .map(number -> new BigDecimal(number).stripTrailingZeros())
                .collect(Collectors.toCollection(ArrayList::new));
        if (AVERAGE.matcher(said).find()) {
            implied.add(BigDecimal.valueOf(heard.size()).stripTrailingZeros());
        }
        List<BigDecimal> own = new ArrayList<>(written);
        boolean allHeard = heard.stream().allMatch(own::remove);
        return allHeard
                && !heard.isEmpty()
                && own.stream().allMatch(implied::remove)
                && operandsAgree(expression, written, heard)
                && orderAgrees(expression, written, heard, said);
    }

    // Half of 30 is 30 / 2: what was not said as a number is not what is divided or raised to a power.
    private static boolean operandsAgree(String expression, List<BigDecimal> written, List<BigDecimal> heard) {
        List<BigDecimal> own = new ArrayList<>(written);
        own.removeAll(heard);
        return OPERAND.matcher(expression)
                .results()
                .noneMatch(found -> own.contains(new BigDecimal(found.group(1)).stripTrailingZeros()));
    }

    private static boolean orderAgrees(
            String expression, List<BigDecimal> written, List<BigDecimal> heard, String said) {
        if (expression.contains("%")) {
            return percentAgrees(expression, said);
        }
        if (AVERAGE.matcher(said).find() && !expression.endsWith(") / " + heard.size())) {
            return false;
        }
        if (SAME_OPERATOR.matcher(expression).matches()) {
            return true;
        }
        boolean turned = comeInOrder(firstTwoTurned(heard), written) || comeInOrder(firstAtTheEnd(heard), written);
        if (TURNED.matcher(said).find()) {
            return turned;
        }
        return comeInOrder(heard, written) || (turned && MAY_TURN.matcher(said).find());
    }

    // Subtract 3 from 10, then double it and add 4.
    private static List<BigDecimal> firstTwoTurned(List<BigDecimal> heard) {
        List<BigDecimal> turned = new ArrayList<>(heard);
        Collections.swap(turned, 0, Math.min(1, turned.size() - 1));
        return turned;
    }

    // Subtract 20 from 3 times 9.
    private static List<BigDecimal> firstAtTheEnd(List<BigDecimal> heard) {
        List<BigDecimal> turned = new ArrayList<>(heard);
        Collections.rotate(turned, -1);
        return turned;
    }

    // Beside numbers that were not said as such.
    private static boolean comeInOrder(List<BigDecimal> said, List<BigDecimal> written) {
        int next = 0;
        for (BigDecimal number : written) {
            if (next < said.size() && number.compareTo(said.get(next)) == 0) {
                next++;
            }
        }
        return next == said.size();
    }

    // The number before the sign is the one that was said to be of a hundred.
    private static boolean percentAgrees(String expression, String said) {
        return !TIMES_PERCENT.matcher(expression).find()
                && !PERCENT_FIRST.matcher(expression).find()
                && (!MORE_THAN_A_SHARE.matcher(expression).find()
                        || comeInOrder(SpokenNumbers.in(said), numbers(expression)))
                && percents(expression, "%").equals(percents(said, "(?:%|percent|per cent|pct)"));
    }

    private static List<BigDecimal> percents(String text, String sign) {
        return Pattern.compile("([0-9]+(?:[.][0-9]+)?)\\s*" + sign)
                .matcher(text)
                .results()
                .map(found -> new BigDecimal(found.group(1)).stripTrailingZeros())
                .toList();
    }

    private static boolean signsAgree(String expression, String said) {
        boolean anyWord = SIGNS.stream()
                .anyMatch(sign -> sign.strong.matcher(said).find()
                        || sign.weak.matcher(said).find());
        return SIGNS.stream().allMatch(sign -> {
            boolean strong = sign.strong.matcher(said).find();
            boolean allowed = strong
                    || sign.weak.matcher(said).find()
                    || (!anyWord && sign.frame.matcher(said).find());
            return sign.inSum.matcher(expression).find() ? allowed : !strong || signOfNumber(sign, expression);
        });
    }

    // The absolute value of -5.
    private static boolean signOfNumber(Sign sign, String expression) {
        return sign.inSum.pattern().equals("-") && expression.contains("abs");
    }

    private static boolean bracketsAgree(String expression, String said) {
        boolean brackets = expression.replace("sqrt(", "").replace("abs(", "").contains("(");
        boolean figures = said.contains("(");
        return figures ? brackets : !brackets || TOGETHER.matcher(said).find();
    }

    private static List<BigDecimal> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(found -> new BigDecimal(found.group()).stripTrailingZeros())
                .toList();
    }
}
