"""Arithmetic as people write it, and the expression that it means."""
import re

from text import dressed, number, pattern, whole

OPERATORS = {
    "+": ["plus", "plus", "and", "added to", "+", "+", "+", "with"],
    "-": ["minus", "minus", "less", "-", "-", "-", "take away", "−"],
    "*": ["times", "times", "multiplied by", "multiplied with", "*", "*", "x", "×", "X", "by"],
    "/": ["divided by", "divided by", "over", "/", "/", "÷", "split by", ":"],
}
SIGNS = {"+": ["+"], "-": ["-", "-", "−"], "*": ["*", "*", "×", "x"], "/": ["/", "/", "÷"]}
FRAMES = [
    "[what is|what's|whats|what is|what does] {e}", "[how much is|how much does|how much are|how much would be|how much do you get for] {e}", "[calculate|compute|work out|evaluate|solve|figure out|do|determine|find|reckon] {e}", "{e}", "{e} =", "{e} = ?", "{e} [equals|equals what|is|is what|makes|makes what|gives]",
    "[can|could|would|will] you [calculate|compute|work out|tell me|add up|solve|do] {e}", "[tell me|give me|i need|i want|show me] [the result of |the value of |the answer to |]{e}", "[tell me|do you know|can you tell me|i want to know|i'd like to know|i wonder] [what|how much] {e} [is|makes|comes to]", "what [do you get|do i get|would i get|do we get] [for|from|if you calculate|when you do] {e}", "what [does|would|will|do] {e} [make|give|equal|come to|be|amount to|add up to|yield|result in]", "what would {e} be", "the [result|value|answer|solution] of {e}", "[my homework says|quick question|math question|next one|a sum for you|help me with this]: {e}", "[i have to|i need to|help me|let's|let us] [calculate|compute|work out] {e}", "and {e}", "[is it possible to calculate|do you know|any idea what is] {e}", "if i [have|do|take] {e}, what do i get", "{e}, [how much is that|what is that|what does that make|what's that]",
    "[so|say|suppose] {e}, [how much|what]", "[i am looking for|i'm after|i would need|we need] [the result of |]{e}", "[any chance you can do|could you quickly do|can u do|do me] {e}", "[let me know|please say|say|explain] what {e} [is|makes|comes to]", "what [number|value] [is|do i get for] {e}", "[put|type|enter] {e} into the calculator", "[run the numbers|do the maths|do the math]: {e}", "{e}, [please|go|quick|then]", "[my son asks|the kids ask|a friend asks|i was asked] what {e} is", "[i think|is it true that|let me guess,] {e} is [what|how much]", "[the sum is|the task is|now|next]: {e}",
]


def operand(r, plain=0.72):
    said, value = number(r, plain)
    if r.random() < 0.06 and said == value:
        return r.choice(["-" + said, "-" + said, "minus " + said, "negative " + said]), "-" + value
    return said, value


def joined(r, parts, operators, signs):
    """A chain in words or in signs."""
    said, value = parts[0]
    tight = signs and r.random() < 0.4
    for (s, v), o in zip(parts[1:], operators):
        w = r.choice(SIGNS[o] if signs else OPERATORS[o])
        if tight and not s.startswith("m") and not s.startswith("neg"):
            said += w + s
        else:
            said += " " + w + " " + s
        value += " " + o + " " + v
    return said, value


def chain(r):
    n = r.choices([2, 3, 4, 5], [62, 24, 9, 5])[0]
    signs = r.random() < 0.45
    parts = [operand(r, 0.86 if signs else 0.62) for _ in range(n)]
    if signs:
        parts = [(v, v) if not s[:1].isdigit() and not s.startswith("-") else (s, v) for s, v in parts]
    if n > 2 and r.random() < 0.5:
        operators = [r.choice("+-*/")] * (n - 1)
    else:
        operators = [r.choices("+-*/", [32, 22, 28, 18])[0] for _ in range(n - 1)]
    if n > 2 and r.random() < 0.3:
        return listed(r, parts)
    said, value = joined(r, parts, operators, signs)
    if signs and n > 2 and r.random() < 0.45:
        return bracketed(r, parts, operators)
    return pattern(r, r.choice(FRAMES)).replace("{e}", said), value


def listed(r, parts):
    said = ", ".join(s for s, _ in parts[:-1]) + r.choice([" and ", ", ", ", and "]) + parts[-1][0]
    if r.random() < 0.6:
        form = pattern(r, r.choice(["[add|add up|sum|sum up|total|add together] {e}", "[what is|calculate|give me|tell me|what's] the [sum|total] of {e}", "{e} [added|added up|added together|summed|in total|all together|together]", "what do {e} [make|add up to|give|come to] [together|in total|]", "how much are {e} [together|in total|all together]", "sum of {e}"]))
        return form.replace("{e}", said), " + ".join(v for _, v in parts)
    form = pattern(r, r.choice(["[multiply|multiply together] {e}", "[what is|calculate|give me|what's] the product of {e}", "{e} [multiplied|multiplied together]", "product of {e}"]))
    return form.replace("{e}", said), " * ".join(v for _, v in parts)


def bracketed(r, parts, operators):
    at = r.randrange(len(parts) - 1)
    space = r.choice([" ", ""])
    said = value = ""
    for i, (_, v) in enumerate(parts):
        o = operators[i - 1] if i else ""
        sign = r.choice(SIGNS[o]) if o else ""
        opening, closing = ("(" if i == at else ""), (")" if i == at + 1 else "")
        said += (space + sign + space if o else "") + opening + v + closing
        value += (" " + o + " " if o else "") + opening + v + closing
    return pattern(r, r.choice(FRAMES[:12])).replace("{e}", said), value


def pair(r):
    """Two operands in an order of their own."""
    (a, x), (b, y) = operand(r, 0.75), operand(r, 0.75)
    forms = [
        ("[add|plus] {a} [and|to|plus|with] {b}", f"{x} + {y}"), ("add {a} {b}", f"{x} + {y}"), ("[sum|total|put together|combine] {a} and {b}", f"{x} + {y}"), ("[what is |calculate |give me |]the [sum|total] of {a} and {b}", f"{x} + {y}"), ("{a} and {b} [together|make what|is how much|makes|added together|added up]", f"{x} + {y}"), ("what do {a} and {b} [make|give|add up to|come to|equal] [together|]", f"{x} + {y}"), ("[i have|there are] {a} and get {b} more, how many [is that|are there|do i have]", f"{x} + {y}"), ("increase {a} by {b}", f"{x} + {y}"), ("what is {b} more than {a}", f"{y} + {x}"), ("if i add {a} [to|and] {b} what do i get", f"{x} + {y}"), ("how much is {a} with {b} added", f"{x} + {y}"),
        ("[subtract|take|deduct|remove|take away] {a} from {b}", f"{y} - {x}"), ("what is {a} [subtracted|taken away|taken|deducted] from {b}", f"{y} - {x}"), ("[the |what is the |calculate the |]difference [between|of] {a} and {b}", f"{x} - {y}"), ("{a} [take away|reduced by|decreased by|without|lowered by] {b}", f"{x} - {y}"), ("[reduce|decrease|lower] {a} by {b}", f"{x} - {y}"), ("what is left [of {a} if i take|from {a} when i remove] {b}", f"{x} - {y}"), ("i had {a} and spent {b}, how much is left", f"{x} - {y}"), ("what is {b} less than {a}", f"{x} - {y}"), ("how much is {a} without {b}", f"{x} - {y}"), ("if you take {a} [away |]from {b} what [remains|is left]", f"{y} - {x}"),
        ("[multiply|times] {a} [and|by|with] {b}", f"{x} * {y}"), ("[what is |calculate |]the product of {a} and {b}", f"{x} * {y}"), ("product of {a} and {b}", f"{x} * {y}"), ("{a} [times|lots of|groups of|boxes of|packs of] {b}", f"{x} * {y}"), ("how much are {a} [tickets|items|beers|books|pieces] at {b} each", f"{x} * {y}"), ("if i multiply {a} [by|with|and] {b} what [is it|do i get]", f"{x} * {y}"),
        ("[divide|split] {a} [by|among|through] {b}", f"{x} / {y}"), ("[divide|split] {a} by {b} for me", f"{x} / {y}"), ("how [often|many times] does {a} [go|fit] into {b}", f"{y} / {x}"), ("[the |what is the |]quotient of {a} and {b}", f"{x} / {y}"), ("{a} [divided|shared|split] [among|between|into] {b}", f"{x} / {y}"), ("what is {a} [divided|split] by {b}", f"{x} / {y}"), ("share {a} [between|among] {b} [people|friends|kids|]", f"{x} / {y}"), ("[the |what is the |]ratio of {a} to {b}", f"{x} / {y}"),
        ("[what is |how much is |calculate |tell me |]the average of {a} and {b}", f"({x} + {y}) / 2"), ("[what is |]the mean of {a} and {b}", f"({x} + {y}) / 2"),
        ("{a} [to the power of|to the power|raised to|to the|raised to the power of|^|**] {b}", f"{x} ^ {y}"), ("raise {a} to [the power of |]{b}", f"{x} ^ {y}"), ("what is {a} [to the power of|raised to|^|to the power] {b}", f"{x} ^ {y}"), ("{a}^{b}", f"{x} ^ {y}"), ("{a} to the {b}th [power|]", f"{x} ^ {y}"), ("the {b}th power of {a}", f"{x} ^ {y}"),
        ("{a} [mod|modulo] {b}", f"{x} mod {y}"), ("[what is |]the remainder of {a} divided by {b}", f"{x} mod {y}"),
    ]
    form, value = r.choice(forms)
    form = pattern(r, form)
    if "left" in form and owed(value):
        return pair(r)
    if "difference" in form and float(x) < float(y):
        value = f"{y} - {x}"
    if ("^" in form or "**" in form or "th " in form + " ") and not (a[:1].isdigit() and b.isdigit()):
        a, b, (x2, y2) = x, y, (x, y)
        if "^{b}" in form or "{b}th" in form:
            b = b.lstrip("-").split(".")[0]
            value = f"{x} ^ {b}"
    if " ^ " in value and value.startswith("-"):
        # A calculator takes the power first.
        a, value = x.lstrip("-"), value.lstrip("-")
    return form.replace("{a}", a).replace("{b}", b), value


def single(r):
    a, x = number(r, 0.7)
    forms = [
        ("[half|a half|one half|the half] of {a}", f"{x} / 2"), ("[what is |how much is |what's |calculate |]half of {a}", f"{x} / 2"), ("[what is |]half {a}", f"{x} / 2"), ("halve {a}", f"{x} / 2"), ("[a third|one third] of {a}", f"{x} / 3"), ("[what is |how much is |]a third of {a}", f"{x} / 3"), ("[a quarter|one quarter|a fourth] of {a}", f"{x} / 4"), ("[what is |how much is |what's |]a quarter of {a}", f"{x} / 4"), ("[a tenth|one tenth] of {a}", f"{x} / 10"), ("[a fifth|one fifth] of {a}", f"{x} / 5"), ("three quarters of {a}", f"{x} * 3 / 4"), ("two thirds of {a}", f"{x} * 2 / 3"),
        ("[what is |how much is |]twice {a}", f"{x} * 2"), ("[double|what is double|twice|the double of|what's double] {a}", f"{x} * 2"), ("{a} doubled", f"{x} * 2"), ("[triple|what is triple|three times] {a}", f"{x} * 3"), ("{a} tripled", f"{x} * 3"),
        ("{a} [squared|square|to the second]", f"{x} ^ 2"), ("[what is |calculate |]{a} squared", f"{x} ^ 2"), ("[the |what is the |]square of {a}", f"{x} ^ 2"), ("square {a}", f"{x} ^ 2"), ("{a}²", f"{x} ^ 2"), ("{a} [cubed|to the third]", f"{x} ^ 3"), ("[what is |]{a} cubed", f"{x} ^ 3"), ("[the |]cube of {a}", f"{x} ^ 3"), ("{a}³", f"{x} ^ 3"),
        ("[the |what is the |calculate the |]square root of {a}", f"sqrt({x})"), ("[root of|sqrt|sqrt of|the root of|√] {a}", f"sqrt({x})"), ("sqrt({a})", f"sqrt({x})"), ("√{a}", f"sqrt({x})"), ("what is the [square root|root|sqrt] of {a}", f"sqrt({x})"),
        ("{a}!", f"{x}!"), ("[the |what is the |]factorial of {a}", f"{x}!"), ("{a} factorial", f"{x}!"), ("[the |what is the |]absolute value of -{a}", f"abs(-{x})"), ("a dozen times {a}", f"12 * {x}"), ("{a} dozen", f"{x} * 12"),
    ]
    form, value = r.choice(forms)
    form = pattern(r, form)
    if any(c in form for c in "²³!(√"):
        a = x
    return (form if r.random() < 0.6 else pattern(r, r.choice(FRAMES[:16])).replace("{e}", form)).replace("{a}", a), value


def percent(r):
    (a, x), (b, y) = number(r, 0.85), number(r, 0.85)
    p = r.choice(["%", "%", " %", " percent", " per cent", " pct"])
    if not a[-1].isdigit():
        p = r.choice([" percent", " per cent"])
    forms = [
        ("{a}{p} of {b}", f"{x}% of {y}"), ("[what is|what's|how much is|how much are|calculate|tell me|compute|give me] {a}{p} of {b}", f"{x}% of {y}"), ("{b} [plus|+] {a}{p}", f"{y} + {x}%"), ("{b} [minus|-|less] {a}{p}", f"{y} - {x}%"), ("[add|plus] {a}{p} to {b}", f"{y} + {x}%"), ("[take|subtract|deduct] {a}{p} [off|from] {b}", f"{y} - {x}%"), ("[increase|raise] {b} by {a}{p}", f"{y} + {x}%"), ("[reduce|decrease|lower|discount] {b} by {a}{p}", f"{y} - {x}%"), ("{a}{p} tip on {b}", f"{x}% of {y}"), ("[what is|how much is] a {a}{p} tip on {b}", f"{x}% of {y}"), ("{a}{p} off {b}", f"{y} - {x}%"), ("{b} with {a}{p} [tax|vat|off|discount]", None), ("[what is|how much is] {b} [plus|with] {a}{p} [tax|vat]", f"{y} + {x}%"), ("how much is {b} after {a}{p} [off|discount]", f"{y} - {x}%"),
    ]
    form, value = r.choice(forms)
    form = pattern(r, form)
    if value is None:
        value = f"{y} + {x}%" if "tax" in form or "vat" in form else f"{y} - {x}%"
    return form.replace("{a}", a).replace("{b}", b).replace("{p}", p), value


def part(r):
    """A number that something was done to, as (said, value, whether the value needs brackets beside a sign)."""
    a, x = number(r, 0.8)
    forms = [
        ("{a} squared", f"{x} ^ 2"), ("the square of {a}", f"{x} ^ 2"), ("{a} cubed", f"{x} ^ 3"), ("the square root of {a}", f"sqrt({x})"), ("the root of {a}", f"sqrt({x})"), ("sqrt {a}", f"sqrt({x})"),
        ("half of {a}", f"{x} / 2"), ("half {a}", f"{x} / 2"), ("a third of {a}", f"{x} / 3"), ("a quarter of {a}", f"{x} / 4"), ("twice {a}", f"{x} * 2"), ("double {a}", f"{x} * 2"), ("three times {a}", f"3 * {x}"),
    ]
    said, value = r.choice(forms)
    return said.replace("{a}", a), value


def compound(r):
    """Something that was done to a number, beside another number or the like."""
    first, x = part(r)
    k = r.random()
    if k < 0.4:
        second, y = part(r)
        o = r.choice("++-")
        said = first + " " + r.choice({"+": ["plus", "and", "plus", "added to"], "-": ["minus", "less"]}[o]) + " " + second
        value = f"{x} {o} {y}"
        if o == "+" and r.random() < 0.4:
            said = r.choice(["the sum of ", "sum of ", "add "]) + first + " and " + second
    else:
        b, y = number(r, 0.8)
        o = r.choice("+-")
        word = r.choice({"+": ["plus", "+", "and"], "-": ["minus", "-", "less"]}[o])
        if k < 0.7 and "root" not in first and "sqrt" not in first and "of" not in first:
            said, value = f"{first} {word} {b}", f"{x} {o} {y}"
        elif k < 0.85:
            said, value = f"{b} {word} {first}", f"{y} {o} {x}"
        else:
            said, value = r.choice([(f"add {b} to {first}", f"{x} + {y}"), (f"subtract {b} from {first}", f"{x} - {y}"), (f"take {b} from {first}", f"{x} - {y}")])
    return pattern(r, r.choice(FRAMES[:20])).replace("{e}", said), value


def nested(r):
    """A sum or the like inside of another, in words; what it means goes by how it is said aloud."""
    (a, x), (b, y), (c, z) = number(r, 0.85), number(r, 0.85), number(r, 0.85)
    d = f"({x} - {y})" if float(x) >= float(y) else f"({y} - {x})"
    forms = [
        ("{c} times the [sum|total] of {a} and {b}", f"{z} * ({x} + {y})"), ("{c} times the difference [of|between] {a} and {b}", f"{z} * {d}"), ("the sum of {a} and {b}, [all |]times {c}", f"({x} + {y}) * {z}"), ("the sum of {a} and {b}, [all |]divided by {c}", f"({x} + {y}) / {z}"), ("{a} plus {b}, all times {c}", f"({x} + {y}) * {z}"), ("{a} plus {b}, all divided by {c}", f"({x} + {y}) / {z}"), ("{a} minus {b}, all times {c}", f"({x} - {y}) * {z}"), ("{a} minus {b}, all divided by {c}", f"({x} - {y}) / {z}"),
        ("the product of {a} and {b} [plus|increased by] {c}", f"{x} * {y} + {z}"), ("the product of {a} and {b} [minus|reduced by|less] {c}", f"{x} * {y} - {z}"), ("{c} plus the product of {a} and {b}", f"{z} + {x} * {y}"), ("{c} minus the product of {a} and {b}", f"{z} - {x} * {y}"), ("{c} [added to|more than] the product of {a} and {b}", f"{z} + {x} * {y}"), ("{c} divided by the sum of {a} and {b}", f"{z} / ({x} + {y})"), ("{c} divided by the product of {a} and {b}", f"{z} / ({x} * {y})"),
        ("[half|half of] the sum of {a} and {b}", f"({x} + {y}) / 2"), ("[twice|double] the sum of {a} and {b}", f"({x} + {y}) * 2"), ("the square of the sum of {a} and {b}", f"({x} + {y}) ^ 2"), ("the square root of {a} [times|multiplied by] {b}", f"sqrt({x}) * {y}"), ("{b} times the square root of {a}", f"{y} * sqrt({x})"), ("{a} squared times {b}", f"{x} ^ 2 * {y}"), ("{b} times {a} squared", f"{y} * {x} ^ 2"), ("{a} percent of {b} plus {c}", f"{x}% of {y} + {z}"), ("half of {a} times {b}", f"{x} / 2 * {y}"), ("{a} plus {b} times {c}", f"{x} + {y} * {z}"), ("{a} minus {b} times {c}", f"{x} - {y} * {z}"), ("{a} plus {b} minus {c}", f"{x} + {y} - {z}"), ("{a} times {b} divided by {c}", f"{x} * {y} / {z}"), ("{a} and {b} and {c}", f"{x} + {y} + {z}"),
        ("[divide|split] {a} by {b} and [then |]by {c}", f"{x} / {y} / {z}"), ("{a} [divided by|/|over] {b} and [then |again |]by {c}", f"{x} / {y} / {z}"), ("[multiply|take] {a} [by|times] {b} and [then |]times {c}", f"{x} * {y} * {z}"), ("{a} [times|*] {b} and [then |]by {c}", f"{x} * {y} * {z}"), ("{a} minus {b} and minus {c}", f"{x} - {y} - {z}"), ("[subtract|take] {b} and {c} from {a}", f"{x} - {y} - {z}"), ("{a} plus {b} and plus {c}", f"{x} + {y} + {z}"),
    ]
    said, value = r.choice(forms)
    return pattern(r, r.choice(FRAMES[:20])).replace("{e}", pattern(r, said)).replace("{a}", a).replace("{b}", b).replace("{c}", c), value


def stepwise(r):
    """One step after the other: what came out is taken on."""
    (a, x), (b, y), (c, z) = number(r, 0.85), number(r, 0.85), number(r, 0.85)
    d = f"({x} - {y})" if float(x) >= float(y) else f"({y} - {x})"
    starts = [
        ("add {a} and {b}", f"({x} + {y})"), ("[take|] {a} plus {b}", f"({x} + {y})"), ("subtract {a} from {b}", f"({y} - {x})"), ("[take|] {a} minus {b}", f"({x} - {y})"), ("multiply {a} by {b}", f"{x} * {y}"), ("[take|] {a} times {b}", f"{x} * {y}"), ("divide {a} by {b}", f"{x} / {y}"), ("the sum of {a} and {b}", f"({x} + {y})"), ("the difference between {a} and {b}", f"{d}"),
    ]
    begin, value = r.choice(starts)
    ends = [
        ("multiply [it|the result|that|] by {c}", f" * {z}"), ("divide [it|the result|that|] by {c}", f" / {z}"), ("times {c}", f" * {z}"), ("divided by {c}", f" / {z}"), ("add {c}", f" + {z}"), ("subtract {c}", f" - {z}"), ("[double|double it]", " * 2"), ("[halve|halve it]", " / 2"), ("[plus] {c}", f" + {z}"), ("[minus] {c}", f" - {z}"),
    ]
    end, more = r.choice(ends)
    if more[1] in "+-" and value.startswith("("):
        value = value[1:-1]
    joint = r.choice([" and then ", ", then ", " then ", ", and then ", ", "] if not begin.startswith("the ") else [", then ", ", "])
    said = pattern(r, begin + joint + end)
    if r.random() < 0.25 and value.startswith("("):
        b2 = r.choice([("multiply {s} by {c}", " * "), ("divide {s} by {c}", " / "), ("{s} times {c}", " * "), ("{s} divided by {c}", " / ")])
        inner, v = r.choice([("the sum of {a} and {b}", f"({x} + {y})"), ("the difference of {a} and {b}", f"{d}")])
        said, value, more = b2[0].replace("{s}", inner), v, b2[1] + z
    return said.replace("{a}", a).replace("{b}", b).replace("{c}", c), value + more


def story(r):
    """A little story with a sum in it; also in units of time and money."""
    (a, x), (b, y), (c, z) = number(r, 0.85), number(r, 0.85), number(r, 0.9)
    thing = r.choice(THINGS)
    forms = [
        ("[a|one|each|every] [box|bag|pack|crate|shelf|row] [has|holds|contains] {a} {t}, how many [{t} |][are|do i have] in {b} [boxes|bags|packs|crates|rows]", f"{x} * {y}"), ("i [have|had|own] {a} {t} and [buy|get|find|bought|got] {b} [more|], how many [{t} |][do i have|are there|is that] [now|in total|]", f"{x} + {y}"),
        ("i [have|had|own] {a} {t} and [eat|lose|sell|give away|lost|ate|sold|gave away] {b}, how many [{t} |][are left|do i have|remain|have i got left]", f"{x} - {y}"), ("[i buy|if i buy|we bought] {a} {t} [for|at] {b} each, [how much is that|what does that cost|what do i pay|how much do i pay]", f"{x} * {y}"),
        ("[share|divide|split] {a} {t} [among|between] {b} [people|kids|friends|of us]", f"{x} / {y}"), ("{a} {t} for {b} [people|kids|children], how many [each|does each get|for each]", f"{x} / {y}"), ("how many [minutes|min] are [there in |in |]{a} hours", f"{x} * 60"), ("how many hours are [there in |in |]{a} days", f"{x} * 24"), ("how many seconds are [there in |in |]{a} minutes", f"{x} * 60"),
        ("how many days are [there in |in |]{a} weeks", f"{x} * 7"), ("how many months are [there in |in |]{a} years", f"{x} * 12"), ("[a|the] [bill|dinner|meal] of {a} [split by|split between|shared by|for] {b} [people|friends|of us]", f"{x} / {y}"), ("{a} [rows|shelves|tables] with {b} {t} each [, how many is that|]", f"{x} * {y}"),
        ("if i [save|pay|earn|spend] {a} a PERIOD, how much is that in {b} PERIODs", f"{x} * {y}"), ("i [drive|walk|run] {a} km [a|per|every] day, how far in {b} days", f"{x} * {y}"), ("the {t} cost {a} and i pay with {b}, how much [change|money] do i get [back|]", f"{y} - {x}"), ("[my|the] [rent|bill] is {a}, [water|power] {b} and [internet|phone] {c}, [what is that in total|how much together|what is the total]", f"{x} + {y} + {z}"),
        ("[what is |calculate |]the [average|mean] of {a}, {b} and {c}", f"({x} + {y} + {z}) / 3"), ("average {a}, {b} and {c}", f"({x} + {y} + {z}) / 3"), ("how much more is {a} than {b}", f"{x} - {y}"), ("how much [is missing|do i need] from {a} to {b}", f"{y} - {x}"), ("[what must i|what do i have to] add to {a} to get {b}", f"{y} - {x}"), ("what times {a} [is|makes|gives] {b}", f"{y} / {x}"),
        ("[by how much|how much] is {a} [bigger|larger|greater|higher] than {b}", f"{x} - {y}"), ("{a} people pay {b} each [, what is the total|in total|]", f"{x} * {y}"),
    ]
    form, value = r.choice(forms)
    form = form.replace("PERIOD", r.choice(["day", "week", "month"]))
    if owed(value):
        return story(r)
    return pattern(r, form).replace("{t}", thing).replace("{a}", a).replace("{b}", b).replace("{c}", c).replace(" ,", ","), value


THINGS = "apples eggs books coins sweets bottles tickets chairs screws pages boxes stamps litres euros cookies bricks marbles plants pens cups photos cards shirts roses buns chocolates lemons batteries nails".split()
WHO = "Anna Tom Ada Max Lena Ben Mia Paul Emma Sara Leo dad mum grandma he she".split()
TALES = [
    ("{P} [has|had|owns] {a} {t}, [gives|sells|loses] {b} [to {Q} |]and [gets|finds|buys|wins] {c} [from grandma |more |], how many [{t} |][does {P} have now|are there now|is that now]", "{x} - {y} + {z}"), ("i [had|have] {a} {t}, [bought|got|found] {b} [more |]and [gave away|lost|sold|used|ate] {c}[;|,|.] how many [are left|do i have now|have i left]", "{x} + {y} - {z}"),
    ("i've [got|] {a} [euros|quid|dollars|pounds], [spent|spend|paid] {b} [at the bakery|on lunch|for bread|at the shop] and {c} [on the bus|for milk|on a book|at the market][.|,] [what's|what is|how much is] left", "{x} - {y} - {z}"), ("from {a} [euros|dollars|litres|metres|] i [take|used|spent] {b} and [then |]{c}, [what remains|how much is left|what is left]", "{x} - {y} - {z}"),
    ("i [bought|buy|got|ordered] {a} {t} [at|for] {b} each and a {u} for {c}[.|,] [how much was it|what is that|what did i pay|how much is that] [altogether|in total|all together|]", "{x} * {y} + {z}"), ("{a} {t} [at|for|@] {b} and {c} [{u}s |]at {d}[, how much is that|, what do i pay| in total|]", "{x} * {y} + {z} * {w}"), ("{a} [packs|boxes|bags] [of|with] {b} {t} [each |]plus {c} loose ones, how many [is that|are there|{t} are that]", "{x} * {y} + {z}"),
    ("{a} [boxes|packs|bags|trays] [of|with] {b} {t} and [we|i] [ate|used|sold|lost|broke] {c}[.|,] how many are [left|there now]", "{x} * {y} - {z}"), ("{a} {t} at {b} [a piece|each|apiece] minus a {c} euro [voucher|discount|coupon][ makes|, what do i pay|]", "{x} * {y} - {z}"),
    ("we are {a} [people|friends] and the [bill|meal|taxi|dinner] [is|was|came to] {b}[, split evenly|], [how much does each [of us |]owe|how much does each pay|what does each of us pay]", "{y} / {x}"), ("if {a} [kilos of apples|{t}|tickets|litres] cost {b}, [what does one cost|how much is one|what is the price of one]", "{y} / {x}"), ("a [pack|box|set] of {a} {t} [costs|is] {b}, [how much is one|what does one cost]", "{y} / {x}"),
    ("[the |what's the |what is the |]remainder when {a} is divided by {b}", "{x} mod {y}"), ("what [is|remains as the] [left over|remainder] [if|when] [i share|i divide|we split] {a} [{t} |][among|between|by] {b}[ children| kids|]", "{x} mod {y}"), ("[share|divide] {a} {t} [among|between] {b} [children|kids], how many are left over", "{x} mod {y}"),
    ("[open bracket|bracket|open parenthesis] {a} [plus|minus] {b} [close bracket|bracket closed|close parenthesis] [times|divided by] {c}", None), ("[if |]a [jacket|book|tv|chair|game] [costs|is] {a} and [it's|it is|i get] {b}% off[,] [what do i pay|how much is it|what does it cost then]", "{x} - {y}%"), ("i [earn|make|get] {a} a month and [spend|pay] {b}% [on|for] [rent|food], how much is the [rent|food]", "{y}% of {x}"),
    ("[dinner|lunch|the bill|the meal] [came to|was|is] {a}[.|, and|,] [i'd like to leave|i want to add|we tip|with a tip of] {b}%, [what's the total|what's the grand total with tip|how much in total|what do i pay in total]", "{x} + {y}%"), ("{b}% of [the |my |our ]{a} {t} are [broken|red|sold|gone], how many is that", "{y}% of {x}"), ("my [rent|pay|wage|bill] of {a} [goes up|went up|rises|is raised] by {b}%, what is it [now|then]", "{x} + {y}%"),
    ("there are {a} [kids|people|guests] [in my class|at the party|coming] and each [one |]needs {b} {t}, how many [{t} |]do i need", "{x} * {y}"), ("the tank holds {a} [litres|liters|gallons] and [petrol|diesel|fuel] is {b} [a litre|per litre|a liter], what does [a full tank|filling up] cost[ me|]", "{x} * {y}"), ("my [wage|pay] is {a} an hour and i [did|worked] {b} hours[ this week|], what's that[ before tax|]", "{x} * {y}"),
    ("i need {a} [cups|grams|spoons] of [flour|sugar|rice] for one [cake|cup|guest], how much for {b}[ cakes| guests|]", "{x} * {y}"), ("the [phone|gym|music] plan is {a} a month for {b} months, what do i pay [in total|over the whole time|altogether|]", "{x} * {y}"), ("at {a} km [an hour|per hour|/h] for {b} hours, how far [do i get|is that]", "{x} * {y}"), ("a [room|garden|rug|field|wall] of {a} by {b} [metres|meters|feet], how many square [metres|meters|feet] [is that|are that]", "{x} * {y}"), ("{a} [kg|kilos|litres|metres] at {b} [per kilo|a kilo|per litre|a metre|each]", "{x} * {y}"),
    ("a book has {a} pages[,| and] i read {b} a day[.|,] [for how many days will it last|how many days will it take|how many days do i need]", "{x} / {y}"), ("{a} km in {b} hours, how [fast is that|many km per hour]", "{x} / {y}"), ("i have {a} [metres|litres|grams|{t}] and need {b} for each [bag|shelf|cake|guest], [how many [bags|shelves|cakes] can i make|for how many is that enough]", "{x} / {y}"),
    ("{a} [a|per] year, [how much|what is that|how much is that] [per|a] month", "{x} / 12"), ("{a} [a|per] week, [how much|what is that] [per|a] day", "{x} / 7"), ("{a} [a|per] month, [how much|what is that] [per|a] year", "{x} * 12"), ("[how many weeks are|in weeks] {a} days", "{x} / 7"), ("how many hours are {a} minutes", "{x} / 60"),
    ("[we drove|i walked|i ran|we cycled] {a} km on [monday|friday], {b} km on [tuesday|saturday] and {c} km [today|on sunday], how far [is that|in total]", "{x} + {y} + {z}"), ("[the team scored|i counted|they paid] {a}, {b} and {c}[.|,] [total them up|add them up|sum them up|what is the total|what's that in total|what do they come to]", "{x} + {y} + {z}"), ("what [do|does] {a}, {b} and {c} [come to|amount to|add up to|make in total]", "{x} + {y} + {z}"), ("{a} for [the food|milk|rent], {b} for [drinks|bread|water] and {c} for [the taxi|cake|power][, what's the total|, how much altogether| makes what]", "{x} + {y} + {z}"),
    ("it [was|is] {a} degrees [this morning |outside |]and it [fell|dropped|has fallen|went down] by {b}[, what's the temperature now|, how cold is it now|, what is it now]", "{x} - {y}"), ("it [was|is] {a} degrees [this morning |]and it [rose|has risen|went up|got warmer] by {b}[, what's the temperature now|, how warm is it now|, what is it now]", "{x} + {y}"), ("{P} is {a} and [her brother|his sister|{Q}] is {b} years [younger], how old is [that|{Q}]", "{x} - {y}"), ("{P} is {a} and [her brother|his sister|{Q}] is {b} years [older], how old is [that|{Q}]", "{x} + {y}"), ("[born|somebody was born] in {a}, how old [in|is that in] {b}", "{y} - {x}"),
    ("i [paid|pay] with {a} and [the shopping|it|the bill] [was|is|came to] {b}, how much change [should i get|do i get|comes] back", "{x} - {y}"), ("the [shoes|coat|phone] [were|was] {a} and [is|are] now {b}, how much cheaper is [that|it]", "{x} - {y}"), ("[i need|the goal is] {a} and [i have|we have] {b}, how [much|many] [is|are] [still |]missing", "{x} - {y}"), ("of {a} {t} {b} are [gone|broken|sold|eaten], how many are left", "{x} - {y}"),
    ("i think of {a}, i [double] it, then i add {b}", "{x} * 2 + {y}"), ("i think of {a}, i [halve] it[,] then i [add|subtract] {b}", None), ("{a} squared plus {b} squared, and the root of [all |]that", "sqrt({x} ^ 2 + {y} ^ 2)"), ("i have {a} {t} and [give half away|half of them are gone], how many are left", "{x} / 2"),
    ("{a} to the [third|fourth|fifth|sixth|seventh|eighth|ninth][ power|]", None), ("[what is |]the [third|fourth|fifth|sixth] power of {a}", None), ("{a} plus {b}, [the whole thing|all of it|everything|the lot] [times|divided by] {c}", None), ("from {a} take {b} and [multiply|divide] what's left by {c}", None), ("take {a} off {b} and [multiply|divide] what's left by {c}", None),
]
ORDINALS = {w: i for i, w in enumerate("third fourth fifth sixth seventh eighth ninth".split(), 3)}


def meant(said):
    """What a tale comes to that has more than one thing to do, by the words that were drawn."""
    power = next((n for w, n in ORDINALS.items() if w in said), None)
    if power and "{b}" not in said:
        return f"{{x}} ^ {power}"
    last = "/" if "divide" in said else "*"
    if "halve" in said:
        return "{x} / 2 " + ("+" if " add " in said else "-") + " {y}"
    if "what's left" in said:
        return ("({x} - {y})" if said.startswith("from") else "({y} - {x})") + f" {last} {{z}}"
    return "({x} " + ("-" if "minus" in said else "+") + f" {{y}}) {last} {{z}}"


def amount(r):
    """As things and money are counted in a tale: no long numbers, often with cents."""
    k = r.random()
    if k < 0.62:
        n = str(r.choice([r.randint(1, 12), r.randint(2, 60), r.randint(10, 999)]))
        return n, n
    if k < 0.82:
        n = f"{r.randint(0, 99)}.{r.choice(['5', '50', '20', '99', '80', '95', '25', '10', '40', '75'])}"
        return n, n
    if k < 0.86:
        n = r.randint(1000, 9999)
        return str(n), str(n)
    return number(r, 0)


def tale(r):
    """A sum as it comes up in a day, in one sentence or two."""
    form, value = r.choice(TALES)
    form = pattern(r, form)
    value = value or meant(form)
    drawn = [amount(r) for _ in range(4)]
    who, other = r.sample(WHO, 2)
    for mark, word in (("{t}", r.choice(THINGS)), ("{u}", r.choice("muffin cake pen bag lamp shirt drink sandwich book".split())), ("{P}", who), ("{Q}", other)):
        form = form.replace(mark, word)
    for said_at, value_at, (said, v) in zip("abcd", "xyzw", drawn):
        form, value = form.replace("{" + said_at + "}", said), value.replace("{" + value_at + "}", v)
    if r.random() < 0.1:
        form = r.choice(["quick one: ", "say ", "let's say ", "so ", "ok so ", "imagine ", "help me, ", "i would like to know, "]) + form
    return tale(r) if owed(value) else (form.replace(" ,", ","), value)


def owed(value):
    """Nobody tells of more that is gone than there was."""
    return " - " in value and re.fullmatch(r"[0-9.+*/ -]+", value) is not None and float(eval(value)) < 0


def bare(r):
    """Nothing but the sum, as it is typed in a hurry."""
    n = r.choices([2, 3, 4, 5], [70, 18, 8, 4])[0]
    operators = [r.choice("+-*/")] * (n - 1) if r.random() < 0.5 else [r.choice("+-*/") for _ in range(n - 1)]
    parts = [whole(r) if r.random() < 0.8 else number(r, 0.0)[1] for _ in range(n)]
    space = r.choice(["", "", " "])
    said = value = ("-" if r.random() < 0.08 else "") + parts[0]
    for o, p in zip(operators, parts[1:]):
        said += space + r.choice(SIGNS[o] + (["x"] if o == "*" else [":"] if o == "/" and not space else [])) + space + p
        value += f" {o} {p}"
    return r.choice(["", "", "", "", "", "", "yo ", "ok ", "so ", "quick: ", "hey ", "well ", "calc ", "calculate ", "what's ", "whats ", "what is ", "how much is "]) + said + r.choice(["", "", "", "", " =", "=", "?", " = ?", "=?", " pls", " please"]), value


FOLLOW = [
    ("[and |now |and now |then |and then |ok |ok now |]plus {b}", "{x} + {y}"), ("[and |now |and now |then |please |]add {b}[ to it| to that| more|]", "{x} + {y}"), ("[and |now |and now |then |]minus {b}", "{x} - {y}"), ("[and |now |then |please |]subtract {b}[ from it| from that|]", "{x} - {y}"), ("[and |now |then |]take away {b}", "{x} - {y}"), ("[and |now |then |and then |ok |]times {b}", "{x} * {y}"), ("[and |now |then |please |]multiply [it|that|the result] by {b}", "{x} * {y}"),
    ("[and |now |then |please |]divide [it|that|the result] by {b}", "{x} / {y}"), ("[and |now |then |and |]divided by {b}", "{x} / {y}"), ("[and |now |]half of [that|it]", "{x} / 2"), ("[and |now |]half [that|it]", "{x} / 2"), ("[and |now |then |]halve it", "{x} / 2"), ("[and |now |then |please |]double [it|that]", "{x} * 2"), ("[and |]twice that", "{x} * 2"), ("[and |]a third of that", "{x} / 3"), ("[and |now |]{b}% of that", "{y}% of {x}"), ("[and |now |]square it", "{x} ^ 2"), ("[and that |now that |that |]squared", "{x} ^ 2"), ("[and |]the square root of that", "sqrt({x})"),
    ("[and |now |]that [plus|+] {b}", "{x} + {y}"), ("[and |now |]that minus {b}", "{x} - {y}"), ("[and |now |]that times {b}", "{x} * {y}"), ("[and what is |what is |and |]that divided by {b}", "{x} / {y}"), ("what is that times {b}", "{x} * {y}"), ("[and |what |]if i add {b}", "{x} + {y}"), ("how much is {b} more", "{x} + {y}"), ("[+|+ ]{b}", "{x} + {y}"), ("[*|* |x ]{b}", "{x} * {y}"), ("[/|/ ]{b}", "{x} / {y}"), ("[- ]{b}", "{x} - {y}"),
]


def follow(r, result):
    """A step that goes on from the last result."""
    form, value = r.choice(FOLLOW)
    b, y = number(r, 0.85)
    if "%" in form or "{b}" in form and form[:1] in "[" and form[1:2] in "+*/-":
        b = y
    said = pattern(r, form).replace("{b}", b)
    value = value.replace("{x}", result).replace("{y}", y)
    if " ^ " in value and value.startswith("-"):
        value = "(" + result + ") ^ 2"
    return dressed(r, said, ["?", "", "", "."], [said], slips=0), [("calculator__evaluate", {"expression": value})]


def arithmetic(r):
    if r.random() < 0.09:
        said, value = bare(r)
        return (said[:1].upper() + said[1:] if r.random() < 0.2 else said), [("calculator__evaluate", {"expression": value})]
    said, value = r.choices([chain, pair, single, percent, compound, nested, stepwise, story, tale], [36, 22, 13, 11, 5, 5, 5, 6, 20])[0](r)
    return dressed(r, said, ["?", "?", "", "."], [said] if r.random() < 0.5 else [], slips=0.07), [("calculator__evaluate", {"expression": value})]
