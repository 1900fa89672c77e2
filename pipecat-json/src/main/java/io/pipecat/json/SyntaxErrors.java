package io.pipecat.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words what Jackson found wrong; its own words speak of its features and of where its source is. */
final class SyntaxErrors {
    private static final int MAX_SHOWN = 20;
    private static final Pattern CODE = Pattern.compile("code ([0-9]{1,7})");

    private SyntaxErrors() {}

    static JsonException of(JsonProcessingException e, String text) {
        JsonLocation location = e.getLocation();
        long reported = location == null ? -1 : location.getCharOffset();
        String found = String.valueOf(e.getOriginalMessage());
        if (found.startsWith("Non-standard token")) {
            // Reported at its end.
            reported -= found.indexOf('\'', 20) - found.indexOf('\'') - 1;
        }
        int offset = corrected(Math.clamp(reported, 0, text.length()), found, text);
        if (e instanceof JsonEOFException || offset == text.length()) {
            return at("the text ends before the value does", text.length(), e);
        }
        return at(describe(found, text, offset), offset, e);
    }

    /** Jackson reports some characters before it reads them and some after. */
    private static int corrected(int reported, String found, String text) {
        if (found.contains("Decimal point not followed") && text.startsWith(".", reported)) {
            return reported + 1;
        }
        Matcher code = CODE.matcher(found);
        boolean isBefore = code.find()
                && reported > 0
                && text.charAt(reported - 1) == Integer.parseInt(code.group(1))
                && (reported == text.length() || text.charAt(reported) != text.charAt(reported - 1));
        return isBefore ? reported - 1 : reported;
    }

    private static JsonException at(String message, int offset, JsonProcessingException e) {
        return new JsonException(message + ", at offset " + offset, offset, e);
    }

    /** Jackson has no error codes. Where a phrase is not known, the sentence only says less. */
    private static String describe(String jackson, String text, int offset) {
        if (offset == 0 && text.charAt(0) == '\uFEFF') {
            return "the text starts with a byte order mark, which JSON does not have";
        }
        if (jackson.contains("comment")) {
            return "JSON has no comments";
        }
        if (jackson.contains("root-level")) {
            return "there is more text after the value";
        }
        if (jackson.contains("Leading zeroes")) {
            return "a number does not begin with a 0 that other digits follow";
        }
        if (jackson.contains("surrogate")) {
            return "a name holds half of a surrogate pair";
        }
        if (jackson.contains("has to be escaped")) {
            return "a line break or other control character in a string must be escaped";
        }
        return expected(jackson) + " was expected, not " + shown(text, offset);
    }

    private static String expected(String jackson) {
        if (jackson.contains("start field name")) {
            return "a name in double quotes";
        } else if (jackson.contains("was expecting a colon")) {
            return "a colon";
        } else if (jackson.contains("separate Array") || jackson.contains("expected ']'")) {
            return "a comma or the end of the array";
        } else if (jackson.contains("separate Object") || jackson.contains("expected '}'")) {
            return "a comma or the end of the object";
        } else if (jackson.contains("hex-digit")) {
            return "a hexadecimal digit";
        } else if (jackson.contains("character escape")) {
            return "a valid escape";
        } else if (jackson.contains("numeric value")) {
            return "a digit";
        } else {
            return "a value";
        }
    }

    /** The word that stands there, or else the character. */
    private static String shown(String text, int offset) {
        int end = offset;
        while (end < text.length() && end - offset < MAX_SHOWN && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        if (end > offset) {
            return text.substring(offset, end);
        }
        int c = text.codePointAt(offset);
        return c > 0x20 && c < 0x7f ? Character.toString(c) : String.format("U+%04X", c);
    }
}
