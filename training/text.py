"""Drawing text: patterns with choices, names nobody has heard, numbers as people write them, and the slips of their fingers."""
import re

from words import ONES, TENS

CONSONANTS = list("bcdfghjklmnprstvwz") + ["br", "st", "tr", "gl", "pl", "kr", "sh", "th", "ch", "qu"]
VOWELS = list("aeiou") + ["ai", "oo", "ea", "y"]
ENDS = ["", "", "n", "r", "l", "x", "k", "s", "m", "t"]
UMLAUTS = "äöüßéèêàçñóíáúøå"
INNERMOST = re.compile(r"\[([^\[\]]*)\]")


def pattern(r, text):
    """Draws one of the alternatives of every [a|b|c], innermost first; an empty one is allowed."""
    while True:
        found = INNERMOST.search(text)
        if not found:
            return re.sub(r"  +", " ", text).strip()
        text = text[: found.start()] + r.choice(found.group(1).split("|")) + text[found.end() :]


def word(r, foreign=0.06):
    made = "".join(
        r.choice(CONSONANTS) + r.choice(VOWELS) + (r.choice(ENDS) if r.random() < 0.6 else "")
        for _ in range(r.choice([1, 2, 2, 2, 3, 3]))
    )
    if r.random() < foreign:
        at = r.randrange(len(made))
        made = made[:at] + r.choice(UMLAUTS) + made[at + 1 :]
    return made


def whole(r):
    digits = r.choice([1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 6])
    return str(r.randint(10 ** (digits - 1) if digits > 1 else 0, 10**digits - 1))


def number(r, plain=0.72):
    """A number as it is said and as a calculator takes it."""
    k = r.random()
    if k < plain:
        n = whole(r)
        return n, n
    if k < plain + 0.14:
        n = whole(r)[:4] + "." + "".join(r.choice("0123456789") for _ in range(r.choice([1, 1, 2, 2, 3])))
        return n, n
    if k < plain + 0.18:
        n = r.randint(1000, 9999999)
        return f"{n:,}", str(n)
    kind = r.random()
    if kind < 0.08:
        tenth = r.randint(0, 9)
        n = r.randint(0, 20)
        return spoken(r, n) + " point " + ONES[tenth], f"{n}.{tenth}"
    if kind < 0.14:
        n = r.randint(1, 20)
        return r.choice([spoken(r, n) + " and a half", f"{n} and a half"]), f"{n}.5"
    n = r.randint(0, 99) if kind < 0.72 else r.randint(100, 999) if kind < 0.9 else thousands(r)
    return spoken(r, n), str(n)


def thousands(r):
    n = r.choice([r.randint(1, 20), r.randint(20, 999)]) * 1000
    return n if r.random() < 0.6 else n + r.randint(1, 999)


def spoken(r, n):
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + ("" if n % 10 == 0 else r.choice(["-", " "]) + ONES[n % 10])
    if n >= 1000:
        rest = n % 1000
        thousand = (r.choice(["a", "one"]) if n // 1000 == 1 else spoken(r, n // 1000)) + " thousand"
        return thousand + ("" if rest == 0 else r.choice([" ", " and "] if rest < 100 else [" ", " ", ", "]) + spoken(r, rest))
    rest = n % 100
    hundred = r.choice(["a hundred", "one hundred"]) if n // 100 == 1 else ONES[n // 100] + " hundred"
    return hundred + ("" if rest == 0 else r.choice([" ", " and "]) + spoken(r, rest))


def slip(r, w):
    at, k = r.randrange(1, len(w)), r.random()
    if k < 0.4:
        return w[:at] + w[at + 1 :]
    if k < 0.6:
        return w[:at] + w[at] + w[at:]
    if k < 0.85 and at + 1 < len(w):
        return w[:at] + w[at + 1] + w[at] + w[at + 2 :]
    return w[:at] + r.choice("abcdefghijklmnopqrstuvwxyz") + w[at + 1 :]


def with_slip(r, text, kept):
    """One slip in a word that is not to be copied and whose meaning does not hang on a letter."""
    held = {w.lower() for k in kept for w in re.findall(r"\w+", k)} | MEANING
    words = text.split(" ")
    free = [i for i, w in enumerate(words) if len(w) > 3 and w.isalpha() and w.lower() not in held]
    if free:
        i = r.choice(free)
        words[i] = slip(r, words[i])
    return " ".join(words)


SLIPPED = {
    "off": ["of", "of", "fo", "offf", "of f", "ofd"], "open": ["opne", "oepn", "poen", "opn", "openn"], "close": ["cloes", "clsoe", "colse", "clse", "closee"], "lock": ["lokc", "lcok", "loc", "lokck"],
    "unlock": ["unlok", "unlcok", "unlokc", "unock", "umlock", "unlockk"], "shut": ["shtu", "shutt", "hsut"], "turn": ["trun", "tunr", "turm", "tun", "turnn", "tirn"], "switch": ["swtich", "swich", "siwtch", "switc", "swithc"],
    "set": ["ste", "sett", "est"], "dim": ["dmi", "dimm"], "start": ["strat", "satrt", "stat"], "stop": ["sotp", "stpo", "stopp"], "is": ["si", "iss"], "the": ["teh", "hte", "th", "tje"], "on": ["onn", "om"],
}


def with_verb_slip(r, text, kept):
    """A slip in the verb itself or in the small words around it; what is to be copied stays."""
    held = {w for k in kept for w in re.findall(r"\w+", k.lower())}
    words = text.split(" ")
    free = [i for i, w in enumerate(words) if w in SLIPPED and w not in held]
    # Of on, off and the like the other word tells them apart only where it is whole.
    if free:
        i = r.choice(free)
        words[i] = r.choice(SLIPPED[words[i]])
    return " ".join(words)


MEANING = set("on off open close shut lock unlock opened closed locked unlocked plus minus times over half double hall thousand hundred point up down arm disarm".split()) | set(ONES) | set(TENS)


# As people type who are in a hurry; nothing in it changes what is meant.
CHAT = {
    "you": "u", "are": "r", "your": "ur", "please": "pls", "tomorrow": "tmrw", "thanks": "thx", "tonight": "tonite", "because": "cuz", "with": "w", "and": "n", "what's": "whats", "what is": "whats", "it's": "its", "don't": "dont", "can't": "cant", "i'm": "im", "i am": "im",
    "going to": "gonna", "want to": "wanna", "got to": "gotta", "have to": "hafta", "let me": "lemme", "give me": "gimme", "right now": "rn", "for": "4", "to": "2", "them": "em", "though": "tho", "people": "ppl", "is it": "izzit", "how's": "hows", "is": "iz", "that's": "thats", "isn't": "isnt", "could": "cud", "would": "wud", "the": "da", "okay": "k",
}
# Where no breath is drawn only these are heard: nobody calls anybody darling between two words.
FILLERS = ["like", "just", "um", "uh", "kindly", "actually", "you know", "please"]
COUNTED = re.compile(r"[0-9%.,]+|" + "|".join(sorted(set(ONES) | {t for t in TENS if t} | {"hundred", "thousand", "point", "half", "quarter", "third", "minus", "plus", "times"}, key=len, reverse=True)))


def hurried(r, text, kept):
    """Some of its words as they are typed in a chat, or another one among them."""
    spans = []
    for k in kept:
        at = text.lower().find(k.lower()) if k else -1
        while at >= 0:
            spans.append((at, at + len(k)))
            at = text.lower().find(k.lower(), at + 1)
    free = lambda a, b: all(b <= x or a >= y for x, y in spans)
    if r.random() < 0.35:
        # A number stays whole: nobody says forty, like, two.
        gaps = [m.start() for m in re.finditer(" ", text) if free(m.start(), m.start() + 1) and not (COUNTED.fullmatch(re.split("[ -]", text[: m.start()].lower())[-1]) or COUNTED.fullmatch(re.split("[ -]", text[m.end() :].lower())[0]))]
        if gaps:
            at = r.choice(gaps)
            text = text[:at] + " " + r.choice(FILLERS) + text[at:]
        return text
    words = [w for w in CHAT if w not in ("for", "to", "n", "w", "da") or r.random() < 0.2]
    found = [m for m in re.finditer(r"\b(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")\b", text) if free(*m.span())]
    for m in reversed(found):
        if r.random() < 0.7:
            text = text[: m.start()] + CHAT[m.group()] + text[m.end() :]
    return text


def dressed(r, text, marks, kept=(), slips=0.12, polite=True):
    """The same request with another's manners: address, capitals, punctuation, typos."""
    if r.random() < 0.07:
        text = hurried(r, text, kept)
    if polite and r.random() < 0.16:
        text = r.choice(["please ", "hey ", "ok ", "um ", "so ", "hi, ", "hello, ", "well, ", "and ", "now ", "alright, ", "ok so ", "quick one: ", "okay ", "then ", "right, ", "oi ", "pardon me, ", "excuse me, ", "sorry, ", "oh ", "yo ", "hmm ", "also ", "good, ", "i say, ", "dear, ", "mate, ", "listen, ", "uhh ", "oh and ", "btw "]) + text
    if polite and r.random() < 0.07:
        from words import PEOPLE

        name = r.choice(PEOPLE)
        text = r.choice(["hey %s, ", "%s, ", "ok %s ", "hi %s, ", "dear %s, "]) % name + text
    if polite and r.random() < 0.12:
        text += r.choice([" please", ", please", " now", " for me", " thanks", ", thank you", " right now", " if you can", " would you", " real quick", ", will you", " again", " mate", " pls", " asap", " then", " pls ty", " bro", ", dear", " rn", " thx", " ok", " quick", "!!", " would ya", ", love", ", there's a dear", " when you get a sec", ", mate", " yeah", ", cheers", ", ta", ", many thanks", " for me please", ", could you"])
    if r.random() < slips:
        text = with_slip(r, text, kept)
    k = r.random()
    if k < 0.5:
        text = text[:1].upper() + text[1:]
    elif k < 0.535 and text.upper().lower() == text.lower():
        text = text.upper()
    if r.random() < 0.55:
        text += r.choice(marks)
    if r.random() < 0.03:
        text += " " + r.choice("🙂 🙏 👍 💡 🌙 😊 🏠 ❤️".split(" "))
    return text
