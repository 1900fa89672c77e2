"""What is said in the words of a tool that the list has, and is no wish for it: "my car alarm went off three times", "who invented the umbrella"."""
import re

from text import pattern, word
from tools import draw

TOLD = [
    "[my|the|our|that|his|her|this] {o} [was|is] [awful|too expensive|broken again|boring|a nuisance|really nice|the best|my favourite|too loud|from {N}|such a waste of money|older than me|in the cellar|gone|ugly|a present] [today|yesterday|again|these days|]",
    "my [neighbour|sister|boss|brother|friend {N}|aunt|dentist|cousin] [has bought|bought|sold|hates|lost|wants|is afraid of|collects|dreams of|fell over|repairs|paid for] [a|an awful|a yellow|the|another|his|her|an old] {o} [yesterday|last week|in {p}|again|]",
    "i [hate|love|never liked|can't stand|miss|dreamt of|grew up with|am tired of|am sick of|don't believe in|like] [{os}|the {o}|my {o}|that {o}|{os} on a {D}]", "the {o} [driver|man|shop|company|museum|salesman|story|business|teacher] was [rude|closed|late|really rude to my mother|funny|full|in the paper|on holiday]",
    "i got [a|another|no] {o} [for my birthday|from {N}|today|for christmas|as a child][, grrr|, what a nuisance|, so nice|, lucky me|]", "{os} are [overrated|so clever|a mystery|getting expensive|bad for the planet|so much nicer than {os2}, aren't they|all the same|not what they were|for kids]",
    "[that|the] {o} [thing|joke|business|story|idea] [was|is] [silly|not funny|so sad|a bit odd|typical of {N}|over]", "no {o} is [good|bad] {o}[, as they say|]", "[we|they|the kids] [talked|laughed|argued|sang] about [the |]{os} [all evening|for hours|at dinner|]", "[once upon a time there was a|there's a|there was this] {o} [in {p}|on the bus|in my dream|in the film]",
    "my [car|bike|old|new|wedding|school|first] {o} [went off|broke|died|got wet|was stolen] [three times|last night|years ago|in the rain|], [what a nuisance|poor me|what a day|can you believe it|it's a shame]", "[nature|my mother|nobody|everybody|{N}] [hates|loves|needs|likes|abhors] a {o}", "happy {o} [day|everyone|sounds sad]",
    "[i always|i never|we often|people|you humans] {e} [too much|on {D}|every day|with {N}|in summer|for fun]", "[i used to|we should|nobody should|everyone should] {e} [more|less|a lot|as a child|with care]", "[{N}|my dad|the dog] [loves|hates|wants|learned] to {e}",
]
ASKED = [
    "who [invented|discovered|made|built|broke|likes] [the|the first|that] {o}", "[what's|what is|where is|tell me] the [history|origin|plural|opposite|colour|weight|point|oldest kind|inventor] of [the |a |]{o}", "how [do|does] [a|the] {o} [work|think|get made|get its name]",
    "how many [{os}|people with a {o}|kinds of {o}] [are there|does the world have|fit in a bus|have been on the moon|make a {o2}] [in {p}|in total|]", "why [is|are] [the|my|every|a] {o} [so loud|so expensive|never on time|green|called that|important|round]", "[is|was|are] [{os}|a {o}|the {o}] [safe|healthy|bad for you|expensive|legal|dangerous|popular] [in {p}|for children|in winter|]",
    "what's the [best|oldest|biggest|most expensive|cheapest|smallest] {o} [in the world|in {p}|ever|money can buy]", "which {o} is the [hardest to learn|best|oldest|most beautiful|fastest]", "what do you think of [{os}|my {o}|that {o}]", "should i [buy|get|sell|marry|worry about|keep] [a|my|the] {o}", "do you [like|hate|believe in|dream of|own] [{os}|a {o}]",
    "what should i call my new {o}", "can [cats|fish|babies|robots] [{e}|have a {o}|like {os}]", "how do [you|i|they] {e} [well|properly|nicely for christmas|like {N}|without crying|in space|in {p}]", "who {es} [the most|better|best|first]", "what happens [if|when] [i|you|people] {e}", "what did people do before [{os}|the {o}]", "[a word of|any|some] advice on [my|{os}|the] {o} please",
]
WRITTEN = ["write [me|us|] [a poem|a song|a story|a speech|an essay|a letter|a haiku] about [a|my|the] {o}", "[draw|paint|sketch] [me |us |]a {o}", "[do|finish] my homework [for me|], it's about [the|a] {o}", "[sing|hum] [me |]something about {os}", "[act|talk|behave] like a {o}"]
# What is said to these may be taken down, looked up or told.
ANSWERED = re.compile(r"search|look|ask|expert|question|explain|defin|mean|dictionar|price|fact|quiz|trivia|wiki|web|cost|compare", re.I)
TOLD_TO = re.compile(r"note|diary|journal|jot|log|record|broadcast|announce|speak|echo|repeat|summar|revers|count|translat|idle|mood|complain|report", re.I)
WRITES = re.compile(r"stor|poem|rhyme|song|joke|sing|draw|paint|letter|write", re.I)
EMPTY = set("""the and for with from that this its into onto all any some one two who what which when where how whether does did is are was has been of on in to at by as or an a it up out use will can text value name given back yet left
another other others something somebody someone anybody person people user today day days date time times now home house here there number numbers asked next last new current own long much many get set tells shows returns says state list lists place
room thing things word words kind item""".split())


def aside(r, extra):
    """A sentence, or nothing where one might be meant."""
    name, line, *_ = r.choice(extra)
    lines = " ".join(f"{t[0]} {t[1]}" for t in extra)
    description = line.split("): ", 1)[1].rstrip(".")
    verb, _, rest = re.sub(r"^(?:Use this to|Can|Will|To) ", "", description).partition(" ")
    nouns = [w for w in re.findall(r"[a-z]{3,}", (rest + " " + re.sub(r"([A-Z])", r" \1", name).replace("_", " ")).lower()) if w not in EMPTY and w != verb.lower()]
    nouns = [w for w in nouns if not w.startswith(verb.lower()[:4])]
    sides = (TOLD if not TOLD_TO.search(lines) else []) + (ASKED if not ANSWERED.search(lines) else []) + (WRITTEN if not WRITES.search(lines) else [])
    forms = [f for f in sides if ("{e" in f or nouns)]
    if not forms:
        return None
    base = verb.lower()[:-1] if verb.lower().endswith("s") and not verb.lower().endswith("ss") else verb.lower()
    said = pattern(r, r.choice(forms))
    o, o2 = (r.choice(nouns), r.choice(nouns)) if nouns else ("", "")
    if "{o" in said and not nouns:
        return None
    for slot, value in (("{os2}", o2 if o2.endswith("s") else o2 + "s"), ("{o2}", o2), ("{os}", o if o.endswith("s") else o + "s"), ("{o}", o), ("{es}", base + "s"), ("{e}", base)):
        said = said.replace(slot, value)
    return re.sub(r"{([A-Za-z]\d?)}", lambda m: word(r) if m[1] == "w" else draw(r, m[1]), said)
