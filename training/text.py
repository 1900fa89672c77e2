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


MEANING = set("on off open close shut lock unlock opened closed locked unlocked plus minus times over half double hall thousand hundred point up down arm disarm".split()) | set(ONES) | set(TENS)


def dressed(r, text, marks, kept=(), slips=0.12, polite=True):
    """The same request with another's manners: address, capitals, punctuation, typos."""
    if polite and r.random() < 0.16:
        text = r.choice(["please ", "hey ", "ok ", "um ", "so ", "hi, ", "hello, ", "well, ", "and ", "now ", "alright, ", "ok so ", "quick one: ", "okay ", "then "]) + text
    if polite and r.random() < 0.07:
        from words import PEOPLE

        name = r.choice(PEOPLE)
        text = r.choice(["hey %s, ", "%s, ", "ok %s ", "hi %s, ", "dear %s, "]) % name + text
    if polite and r.random() < 0.12:
        text += r.choice([" please", ", please", " now", " for me", " thanks", ", thank you", " right now", " if you can", " would you", " real quick", ", will you", " again", " mate", " pls", " asap", " then"])
    if r.random() < slips:
        text = with_slip(r, text, kept)
    k = r.random()
    if k < 0.5:
        text = text[:1].upper() + text[1:]
    elif k < 0.55 and not kept:
        text = text.upper()
    if r.random() < 0.55:
        text += r.choice(marks)
    if r.random() < 0.03:
        text += " " + r.choice("🙂 🙏 👍 💡 🌙 😊 🏠 ❤️".split(" "))
    return text
