"""Devices as people name them, what they ask of them and what they ask about them."""
import re

from text import dressed, pattern, slip, spoken, whole, with_verb_slip, word
from words import CHARGED, COLOURS, DIMMED, FILLED, GROUPS, LIGHTS, LOCKED, MEASURED, MODES, OPENED, PEOPLE, ROOMS, SENSORS, SWITCHED, TAILS, VALUED

PREFIX = "big small old new left right front back outer inner red blue upper lower second main little tall round corner wooden smart spare".split()
VERBS = [("open", "open"), ("close", "closed"), ("shut", "closed"), ("lock", "locked"), ("unlock", "unlocked")]


def room(r):
    k = r.random()
    return r.choice(ROOMS) if k < 0.8 else word(r) if k < 0.9 else r.choice(PEOPLE) + "'s room"


# Pictures are spelled byte by byte; drawn from whole blocks, so that any of them is copied.
PICTURES = [(0x1F300, 0x1F5FF), (0x1F600, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F900, 0x1F9FF), (0x2600, 0x26FF), (0x2700, 0x27BF)]
AT = "behind;next to;above;below;under;beside;near;by;over;in front of;across from;on top of;to the left of;opposite".split(";")
PLACED = "armchair;bookshelf;fireplace;window;sofa;desk;bed;door;stairs;table;mirror;cupboard;wardrobe;piano;fish tank;plant;bench;washing machine;sink;old oak tree".split(";")
FACING = "facing;looking out on;overlooking;leading to;that faces;towards;looking onto;that leads to;right by;that goes to;just outside;closest to;at the far end of".split(";")
SEEN = "street;garden;road;neighbours;back yard;park;courtyard;river;south;north;sea;terrace;driveway;school;stairs;attic;pool".split(";")
SIDES = "on the left;on the right;links;rechts;links;rechts;two;oben;unten;gauche;droite;west;east;number 2".split(";")
FLOORS = "ground floor;first floor;second floor;third floor;top floor;upper floor;upstairs;downstairs;outdoor;indoor;outside".split(";")
SORTS = "emergency;ambient;decorative;garden;christmas;mood;bedside;accent;security;kids;holiday;backup;overhead;under-cabinet;solar;smart;vintage;dimmable".split(";")
FOREIGN = [
    ("{n} du {r}", "lampe;plafonnier;chauffage;ventilateur;volet;radiateur;lumière;télé", "salon;bureau;couloir;garage;jardin;balcon;sous-sol;grenier"), ("{n} de la {r}", "lampe;lumière;porte;fenêtre;chauffage;prise;volet", "cuisine;chambre;cave;salle de bain;terrasse;salle à manger"), ("{n} de {r}", "lampe;porte;prise;machine", "chevet;garage;bureau;jardin;travail;nuit;café"), ("{n} d'{r}", "porte;lampe;lumière;chambre;machine", "entrée;amis;appoint;ambiance;extérieur;enfant"),
    ("{n} del {r}", "luz;lámpara;ventilador;radiador;calefacción;enchufe", "salón;dormitorio;baño;pasillo;jardín;garaje;comedor"), ("{n} de la {r}", "luz;lámpara;puerta;ventana;persiana;cortina", "cocina;entrada;terraza;sala;habitación;escalera"), ("{n} de {r}", "luz;lámpara;puerta;mesa", "noche;entrada;techo;atrás;mesa"),
    ("{n} im {r}", "Licht;Lampe;Heizung;Ventilator;Fenster;Steckdose;Rollo;Radio", "Flur;Bad;Keller;Wohnzimmer;Schlafzimmer;Kinderzimmer;Garten;Arbeitszimmer;Büro"), ("{n} {r}", "Licht;Heizung;Lampe;Stehlampe;Rollladen;Jalousie;Steckdose;Fenster;Deckenlampe", "Bad;Küche;Flur;Keller;Wohnzimmer;Schlafzimmer;Büro;links;rechts;oben;unten;Kinderzimmer"), ("{r}{n}", "licht;lampe;heizung;fenster;tür;radio;steckdose;rollo;lüfter;thermostat", "Küchen;Flur;Keller;Wohnzimmer;Bad;Garten;Garagen;Schlafzimmer;Balkon;Nachttisch;Schreibtisch;Kinderzimmer;Haus;Treppen"), ("{n} in der {r}", "Licht;Lampe;Heizung;Steckdose;Radio", "Küche;Garage;Diele;Stube;Werkstatt"),
]


def picture(r):
    first, last = r.choice(PICTURES)
    return chr(r.randint(first, last)) + ("\ufe0f" if first < 0x2800 and r.random() < 0.5 else "")


def drawn(r, nouns):
    """A name with a picture in it, or one of nothing else."""
    p, noun = picture(r), r.choice(nouns)
    return r.choice([p, p + " " + noun, p + " " + noun, p + noun, noun + " " + p, room(r) + " " + p, p + " " + room(r) + " " + noun, p + picture(r), noun + " " + p + p, word(r) + " " + p])


def far_off(r, nouns):
    """A name that is told by where the thing stands, up to sixty letters and more."""
    n = r.choice(["", "", r.choice(PREFIX) + " ", word(r) + " "]) + r.choice(nouns)
    for _ in range(r.choice([1, 1, 2, 3])):
        n += " " + r.choice(AT) + " " + r.choice(["the ", "the ", "the ", "our ", "my "]) + r.choice(["", "", "old ", "green ", "big ", "little "]) + r.choice(PLACED)
    if r.random() < 0.4:
        n += r.choice([" in the ", " in ", " in mum's ", " in dad's ", " on the "]) + room(r)
    return n


def foreign(r):
    form, nouns, rooms = r.choice(FOREIGN)
    n = form.replace("{n}", r.choice(nouns.split(";"))).replace("{r}", r.choice(rooms.split(";")))
    return n[:1].upper() + n[1:] if r.random() < 0.5 else n


def name(r, nouns):
    k = r.random()
    if k < 0.05:
        return drawn(r, nouns)
    if k < 0.085:
        return far_off(r, nouns)
    if k < 0.14:
        return foreign(r)
    if k < 0.18:
        return told(r, nouns)
    return usual(r, nouns)


def told(r, nouns):
    """A name with its floor and its kind before it, or with its side or what it looks at behind it."""
    n, k = r.choice(nouns), r.random()
    if k < 0.4:
        return r.choice(["", "", room(r) + " ", r.choice(PREFIX) + " "]) + n + " " + r.choice(FACING) + " the " + r.choice(SEEN)
    if k < 0.7:
        return r.choice(["", room(r) + " ", r.choice(SORTS) + " "]) + n + " " + r.choice(SIDES)
    return r.choice(FLOORS) + " " + r.choice(["", room(r) + " "]) + r.choice(SORTS) + " " + n + r.choice(["", "", " " + r.choice(SIDES)])


def plain(r, nouns):
    """A short name that everybody would use."""
    n, k = r.choice(nouns), r.random()
    if r.random() < 0.04:
        return slipped(r, n if k < 0.5 else room(r) + " " + n)
    if n in SWITCHED and r.random() < 0.03:
        return n + " " + r.choice(TAILS)
    if r.random() < 0.07:
        return n + " " + where(r)
    return n if k < 0.5 else room(r) + " " + n if k < 0.85 else r.choice(PREFIX) + " " + n if k < 0.93 else r.choice(PEOPLE).capitalize() + "'s " + n


def slipped(r, n):
    """The name as it was mistyped, which is how it is copied."""
    words = n.split(" ")
    i = r.choice([i for i, w in enumerate(words) if len(w) > 4 and w.isalpha()] or [-1])
    words[i] = slip(r, words[i]) if i >= 0 else words[i]
    return " ".join(words)


STANDS = "fern;roses;tomatoes;greenhouse;fish pond;chicken coop;classroom;boathouse;caravan;loft;stairs;bath;cot;aquarium;front room;bay window;utility room;car port;south wall;kids' corner;treehouse;bins".split(";")


def where(r):
    """Where it stands, as a part of what it is called."""
    return pattern(r, r.choice(["on the {s} side", "on the {s} side of the house", "at the {b}", "at the {b} of the {p}", "[in|by|near|next to|behind] the {p}", "[in|by|under|behind] the {p}", "in {w}'s room", "for the {p}", "on the {o} floor"])
        .replace("{s}", r.choice("south north east west left right far sunny street garden other".split())).replace("{b}", r.choice("back front top bottom".split())).replace("{p}", r.choice(STANDS) if r.random() < 0.6 else room(r)).replace("{w}", r.choice(PEOPLE[:10])).replace("{o}", r.choice("ground first top upper second".split())))


def known(r, nouns, groups=GROUPS):
    """As some, but of something that everybody knows: only then does up mean open, or the name alone a wish."""
    while True:
        d, target = some(r, nouns, groups)
        low = target.lower()
        if any(low.endswith(n.lower()) or n.lower() + " " in low for n in nouns + groups):
            return d, target


def usual(r, nouns):
    """A device's name: mostly a known noun with something before it, sometimes nothing that was heard before."""
    noun, k = r.choice(nouns), r.random()
    if k < 0.16:
        n = noun
    elif k < 0.46:
        n = room(r) + " " + noun
    elif k < 0.58:
        n = word(r) + " " + noun
    elif k < 0.66:
        n = r.choice(PREFIX) + " " + noun
    elif k < 0.72:
        n = word(r) + " " + word(r)
    elif k < 0.76:
        n = word(r)
    elif k < 0.80:
        n = r.choice(PEOPLE).capitalize() + "'s " + noun
    elif k < 0.86:
        n = noun + " " + whole(r)[:3]
    elif k < 0.93:
        n = noun + r.choice([" of ", " in the ", " in ", " of the ", " on the ", " by the ", " at the ", " near the "]) + r.choice([room(r), r.choice(OPENED), "desk", "table", "wall", "left", "stairs", "bed", "couch"])
    elif k < 0.96:
        n = r.choice(PREFIX) + " " + room(r) + " " + noun
    else:
        n = " ".join([word(r) for _ in range(r.choice([2, 3, 4, 5]))] + [noun])
    if r.random() < 0.1:
        n = " ".join(w[:1].upper() + w[1:] for w in n.split(" "))
    elif r.random() < 0.02:
        n = n.upper()
    elif r.random() < 0.03:
        n = n.replace(" ", "_")
    return n


def group(r, nouns=GROUPS):
    g = r.choice(nouns) if r.random() < 0.9 else word(r) + "s"
    place = r.choice([" in the ", " in ", " of the ", " on the "]) + room(r)
    return pattern(r, r.choice([
        "all " + g, "all the " + g, "all " + g + place, "all the " + g + place, g + place, "every " + g[:-1], "every " + g[:-1] + place,
        "both " + g, "both " + g + place, room(r) + " " + g, "everything", "everything" + place, "all of the " + g, "whole " + room(r),
        "all " + room(r) + " " + g, "entire " + room(r), g + " upstairs", g + " downstairs", "two " + g + place, g, "each " + g[:-1] + place,
    ]))


def some(r, nouns, groups=GROUPS):
    """What is spoken of, as (said, target): one device, a group, or several."""
    k = r.random()
    if k < 0.68:
        target = name(r, nouns)
        return (pointed(r, target) if r.random() < 0.985 else r.choice(["the whole ", "whole ", "the entire "])) + target, target
    if k < 0.84:
        target = group(r, groups)
        return (article(r, 0.3) if target.split(" ")[0] in ("lights", "lamps", "whole", "entire", "two") else "") + target, target
    first, rest = name(r, nouns), []
    for _ in range(r.choice([1, 1, 1, 2, 3])):
        rest.append(article(r) + (name(r, nouns) if r.random() < 0.85 else group(r, groups)))
    joined = first
    for i, n in enumerate(rest):
        joined += (r.choice([" and ", " and ", ", and ", " & ", " plus ", " as well as "]) if i == len(rest) - 1 else ", ") + n
    return article(r) + joined, joined


SCOLDED = "awful damn stupid bloody silly cursed wretched annoying horrible infernal lovely beloved ridiculous blasted dreadful".split()


def article(r, p=0.72):
    return (r.choice(["the ", "the ", "the ", "the ", "my ", "our "]) if r.random() < 0.95 else r.choice(["that ", "this ", "your ", "that " + r.choice(SCOLDED) + " ", "the " + r.choice(SCOLDED) + " "])) if r.random() < p else ""


MANY = "lights lamps blinds curtains shutters doors windows fans heaters speakers sprinklers spots floodlights spotlights drapes shades plugs radiators gates shelves".split()


def pointed(r, n):
    """What stands before a name; many are pointed at with another word."""
    many = n.split(" ")[-1].lower() in MANY
    if n.split(" ")[0].endswith("'s") and n[0].isupper():
        return ""
    return r.choice(["those ", "those ", "these ", "those " + r.choice(SCOLDED) + " "]) if many and r.random() < 0.2 else article(r)


SWITCH = [
    "[turn|switch|put|flip|get|power] {s} {d}", "[turn|switch|put|flip|get|power|have|make|keep|leave] {d} {s}", "{d} {s}", "[i want|i need|i would like|i'd like|i'd love] {d} {s}",
    "[can|could|would|will] you [turn|switch|put|get] {s} {d}", "[can|could|would|will] you [please |kindly |]{v} {d} {s}", "{d} [should be|should go|must be|has to be|needs to be|to be] {s}",
    "[would you mind turning|do you mind switching|how about turning|mind switching|try turning|start by turning] {s} {d}", "[would you mind turning|mind switching|how about having] {d} {s}",
    "[i want you to|i'd like you to|you should|you can|go ahead and|be so kind and|be so good as to|you may|let's|let us|just|quickly|time to|it's time to|it is time to|we need to|we should|i want to|i need to|help me] [turn|switch|put] {s} {d}",
    "[i want you to|i'd like you to|go ahead and|make sure to|be sure to|remember to|don't forget to|let's] [turn|switch|put] {d} {s}",
    "[make sure|see that|see to it that|ensure|ensure that|check that|take care that] {d} [is|are|gets|goes] {s}", "[set|change|bring|move|toggle] {d} to {s}", "{s} {d}", "{s} [with|for] {d}", "[it's dark|it is cold|i'm cold|it's late|i am going to bed|i'm leaving|we are home|i can't see anything|too bright], [turn|switch] {s} {d}",
    "[it's dark|it is cold|i'm cold|it's late|good night|i'm leaving|we are home|i'm back|it's hot in here], [turn|switch] {d} {s}", "is it possible to [turn|switch] {s} {d}", "[turn|switch] {d} {s} before [you go|it gets dark|i leave]",
    "[we don't need {d}, turn it off|nobody needs {d}, switch it off|i don't need {d} any more, turn it off]", "do me a favour and [turn|switch] {s} {d}", "[i forgot to turn {s} {d}, can you do it|i forgot {d}, turn it {s}]",
    "{d}: {s}", "{d}, [turn it|switch it|turn them] {s}", "[get|have] {d} [switched|turned] {s}", "i [want|need|would like] {d} [turned|switched] {s}",
]
ON = ["[light up|start|activate|enable|fire up|power up|run|boot|light|turn up|start up|launch|wake up] {d}", "[can you|could you|please] [start|activate|enable|power up|start up] {d}", "let {d} [run|shine|burn|go]", "get {d} [going|running|started]", "give me {d}", "[can i|could i|may i] have {d} on", "i need {d} running"]
OFF = ["[kill|stop|deactivate|disable|shut off|shut down|cut|power down|halt|extinguish|douse|put out] {d}", "[can you|could you|please] [stop|deactivate|disable|shut off|shut down|kill] {d}", "no more {d}", "{d} out", "[shut|power|close] {d} down", "turn out {d}", "[stop|cut] the power to {d}", "i don't want {d} on [any more|anymore|any longer|right now]", "get rid of {d}", "[i am|i'm] done with {d}, [turn|switch] [it|them] off", "nobody is using {d}, switch [it|them] off"]
OPEN = ["{v} {d}", "{v} [up |]{d}", "[can|could|would|will] you {v} {d}", "[can|could|would|will] you [please|kindly] {v} {d}", "[i want you to|i'd like you to|you can|go ahead and|let's|just|quickly|make sure to|don't forget to|i need you to|help me|we need to|you should|it is time to|be so kind and|do me a favour and] {v} {d}",
        "[i want|i need|i would like|i'd like|have|get|make|keep|leave] {d} {p}", "{d} [should be|must be|needs to be|has to be] {p}", "[make sure|see that|ensure|check that] {d} [is|are] {p}", "[would you mind|how about|mind] {g} {d}", "{v} {d}, [it's cold|it is hot|it is getting dark|i'm leaving|someone is there|we are home|the cat wants out]", "[set|change|move|bring|put] {d} to {p}", "{d} {p}", "[someone is at the door|it is raining|it's stuffy in here|a storm is coming|i am home|i'm going out], {v} {d}", "[get|have] {d} {p}", "{d}: {v}"]
SET = ["[set|put|turn|change|switch] {d} to [speed|level|step|position|stage|channel|mode] {x}", "{d} [speed|level|step|stage] {x}", "[set|put|turn] {d} [up |down |]to [speed|level|stage] {x}", "[set|change|put|turn|adjust|bring|move|make|get|switch] {d} to {x}", "[set|turn|put|make] {d} {x}", "[can|could|would|will] you [set|change|put|turn|adjust|bring] {d} to {x}", "{d} to {x}", "{d} at {x}", "{d} {x}", "[i want|i'd like|i need|i would like] {d} [at|to be|on|set to] {x}", "[i want you to|go ahead and|please|let's|just|make sure to] [set|change|put|turn|adjust] {d} to {x}", "{d} should be [at |]{x}", "[make sure|see that|ensure] {d} is [at |set to |]{x}", "[keep|hold|leave] {d} at {x}", "[would you mind|how about] [setting|turning|putting] {d} to {x}", "{x} for {d}", "{x} [on|in] {d}", "[run|have|get] {d} at {x}", "[it's cold|it is too warm|i'm freezing], [set|turn|put] {d} to {x}", "give {d} {x}", "[set|put] {x} [on|for] {d}"]
DIM = ["[dim|raise|lower|brighten|reduce|increase|turn down|turn up|bring down|bring up] {d} to {x}", "[can|could|would] you [dim|raise|lower|brighten|reduce|increase] {d} to {x}", "[dim|brighten|lower] {d} [down |up |]to {x}", "{d} [down|up] to {x}", "[turn|bring] {d} [down|up] to {x}", "i want {d} dimmed to {x}"]
PROPERTY = ["[set|change|put|turn|adjust|bring|lower|raise|increase|reduce] the {p} of {d} to {x}", "[set|change|put|adjust|lower|raise] {d} {p} to {x}", "{p} of {d} to {x}", "[can|could|would] you [set|change|adjust|put] the {p} of {d} to {x}", "{d} {p} {x}", "[set|put|turn] {d} to {x} {p}", "[set|turn|put] {d} to {p} {x}", "i want the {p} of {d} at {x}", "make the {p} of {d} {x}"]
ASK_ON = ["[is|are] {d} {s}", "[is|are] {d} {s} [right now|at the moment|already|still|or not|currently|now]", "[can|could|would] you [check|tell me|see|look|find out] if {d} [is|are] {s}", "[tell me|check|see|find out|look|i want to know|i wonder|do you know|let me know|do you see|verify|say] [if|whether] {d} [is|are] {s}", "did [i|we|someone|anybody|anyone|you|the kids] [leave|turn|switch|put] {d} {s}", "[is|are] {d} [turned|switched] {s}", "{d} {s}?", "[do|did] [i|we] still have {d} {s}", "[was|were] {d} left {s}", "[is|are] {d} really {s}", "i think {d} is {s}, is that right", "[have|has] [i|we|someone|anyone] [turned|switched|left] {d} {s}", "[are|is] {d} {s} [or|or is it] {t}", "have i forgotten to turn {t} {d}", "[is|isn't|aren't|is it true that] {d} {s}", "is there light from {d}, is it {s}", "can you see if i left {d} {s}", "hey is {d} {s} or {t}"]
ASK_OPEN = ["[is|are] {d} {s}", "[is|are] {d} {s} [right now|at the moment|already|still|or not|currently|properly]", "[can|could|would] you [check|tell me|see|look|find out] if {d} [is|are] {s}", "[tell me|check|see|find out|i want to know|i wonder|do you know|verify] [if|whether] {d} [is|are] {s}", "did [i|we|someone|anybody|you] leave {d} {s}", "{d} {s}?", "[was|were] {d} left {s}", "[is|are] {d} {s} or {t}", "have [i|we] left {d} {s}", "did [i|we|anyone] [forget to|remember to] {v} {d}", "did [i|we|anyone|someone|you] {v} {d}", "i hope {d} is {s}, is it", "[has|have] [i|we|someone] {s} {d}", "who left {d} {s}"]
ASK_ANY = ["{d}, [is it|are they|is that] {s}", "am i right that {d} [is|are] {s}", "{d} [isn't|aren't|is not] {s}, [is it|are they]", "{d} [is|are] {s}, [isn't it|right|aren't they|correct|or not|yes|is that true]", "r {d} {s}", "{d} {s} or {t}", "{d}, {s} or {t}", "[does|do] {d} happen to be {s}", "[is|are] {d} [still|already] {s}, [do you know|can you see|any idea|can you tell|or what]", "can you see [whether|if] {d}'s [still |]{s}", "do you know if {d}'s {s}", "[have you any idea|any idea|do you happen to know|could you find out|can you check for me|would you check|i can't remember|i'm not sure|i was wondering] [whether|if] {d} [is|are] [still |]{s}", "i'm worried[:|, |. ] is {d} {s}", "{s} or {t}, {d}", "is {d} {s} by any chance", "tell me {d} is {s}", "[please tell me|i want to be sure|make sure for me, is] {d} is {s}, right", "surely {d} is {s}, [no|isn't it]", "have a look if {d} is {s}", "and {d}? [is it|still] {s}", "[was|were] {d} {s} just now", "is it {s} or {t}, {d}"]
STATE = ["[hows|how's|how is|how are] {d} [doing|going|getting on|coming along|today|right now]", "what is the [state|status|condition|position|setting|level|value] of {d}", "what's the [state|status|condition|setting|level|value|deal] [of|with] {d}", "how is {d} [doing|set|]", "[tell|give|show] me the [state|status|level|value|reading] of {d}", "[check|look at|inspect|see|read|query|show me|tell me about|check on|look up] {d}", "what does {d} [say|show|read|report|measure]", "what is {d} [set to|at|showing|doing|on]", "what's {d} [set to|at|showing|doing|reading]", "{d} [state|status|value]", "status of {d}", "how [bright|warm|high|full|loud|cold|low|far open|hot|open] is {d}", "[can|could] you [check|look at|read|check on] {d}", "what about {d}", "how about {d}", "[what is|what's] up with {d}", "[what|which] [state|position|mode] is {d} in", "i want to know [about|the state of|how] {d}", "in [what|which] state is {d}", "[is something wrong with|is everything ok with|is there anything wrong with] {d}", "what value does {d} have", "where is {d} set", "read out {d}", "what are {d} [doing|set to|at]", "give me {d} status", "do you know the state of {d}", "is {d} [running|working|going|burning|active|finished|done|in use|busy|alright|ok]", "[what's|what is] the [temperature|humidity|brightness|volume|battery level|power|reading|speed|charge] of {d}", "how much [power|energy|water|battery|current|charge] does {d} [use|have|draw|take|have left]", "what temperature [is|does] {d} [set to|at|show|have]", "how [is|are] {d}", "[any|is there any] [change|news] [of|with|on|about] {d}", "how's {d}", "[let me know|say|tell me|i'd like to know|can you tell me|could you tell me] how {d} is", "[take|have] a look at {d}", "[please |]report [on |the state of |]{d}", "{d}, how is it", "{d}?", "[what|how] [does|about] {d} [look like|now|right now]", "[give me|get|fetch|i need] the [reading|value|state|level|temperature] of {d}", "what [level|temperature|value|brightness] is {d} [at|on|set to]", "how far is {d} [open|up|down]"]
WHICH = [("how many degrees [is it |are there |]in the {r}", "{r}"), ("how [cold|warm|hot] is [it in |]the {r} [rn|today|tonight|this morning|at the moment]", "{r}"), ("is it [nice and |too |still |really |]{w} in the {r}", "{r}"), ("[did|have] [i|we] [leave|left|forgotten] any {g} [on|open]", "{g}"), ("any {g} [still |]on", "{g}"), ("any {g} [on|open|left on] in the {r}", "{g} in the {r}"), ("how are the {g} [doing|]", "{g}"), ("do i need to [close|turn off|lock] any {g}", "{g}"), ("the {r}, [how warm is it|what's on there|anything on]", "{r}"), ("what [have|did] [we|i] [left|leave] on in the {r}", "{r}"), ("[which|what] {g} are [on|off|open|closed|still on|locked|left on|running]", "{g}"), ("[which|what] {g} are there [|in the house|here]", "{g}"), ("[which|what] {g} in the {r} are [on|off|open|still on]", "{g} in the {r}"), ("[what is|what's] [on|running|open|going on|switched on] in the {r}", "{r}"), ("what [devices|things] are [there |]in the {r}", "{r}"), ("[how is|what about|how about|check|what's up in|look at|how are things in|tell me about|show me] the {r}", "{r}"), ("how [warm|cold|hot|humid] is it in the {r}", "{r}"), ("what is the [temperature|humidity] in the {r}", "{r}"), ("[list|show me|name|tell me|show] [all |all the |the |]{g}", "{g}"), ("are there any {g} [on|open|off|running|left on]", "{g}"), ("[is|are] [any|any of the] {g} [on|open|off|unlocked]", "{g}"), ("is [anything|something|everything] [on|off|open] in the {r}", "{r}"), ("is any {h} [on|open|off|unlocked]", "{h}"), ("how many {g} are [on|off|open|still on|there]", "{g}"), ("[what is|what's] the temperature [of|in] the {r} [now|right now|]", "{r}"), ("[do|did] [i|we] have any {g} [on|open|left on]", "{g}"), ("is it [warm|cold|dark|bright|hot|humid|stuffy|light] [enough |]in the {r}", "{r}"), ("[what|which] temperature [is it|do we have|does it have] in the {r}", "{r}"), ("[anything|something|is anything still] [on|open|running] in the {r}", "{r}"), ("are all {g} [on|off|open|closed|locked]", "all {g}"), ("are all the {g} [on|off|open|closed|locked]", "all the {g}"), ("did [i|we] [leave|forget] [anything|something] [on|open] in the {r}", "{r}"), ("[what|how] is the [light|air|temperature|mood] in the {r}", "{r}"), ("[show|tell|give] me [everything|what is|what's] [on |]in the {r}", "{r}"), ("[which|what] {h} is [on|open|off|running]", "{h}")]


UP_DOWN = {
    "open": ["[draw back|pull back|open up|push back|part|slide back] {d}", "raise {d}", "[raise|pull up|roll up|put up|bring up|lift|draw up|wind up|swing open|throw open|crack open] {d}", "{d} up", "[pull|roll|put|bring|move] {d} up", "[move|pull|roll|put] up {d}", "let [some|the] [light|air|sun] in, {d} up", "leave {d} open"],
    "closed": ["[draw|pull] {d}", "lower {d}", "[lower|pull down|roll down|put down|let down|bring down|draw|drop|wind down|seal|fasten] {d}", "{d} down", "[pull|roll|put|bring|move|let] {d} down", "[move|pull|roll|put] down {d}", "[pull|draw|push] {d} [shut|closed|to]"],
}
ARM = {"on": ["[arm|activate|enable|engage|switch on|turn on] {d}", "[can you|could you|please] [arm|activate|enable] {d}"], "off": ["[disarm|deactivate|disable|disengage|switch off|silence] {d}", "[can you|could you|please] [disarm|deactivate|disable|silence] {d}"]}
ALARMS = "alarm;alarm system;burglar alarm;siren;security system;motion alarm;camera;doorbell;smoke alarm;intercom;Alarmanlage;alarme;alarma".split(";")

# What people say around a wish to tell why; it asks for nothing.
REASONS = """it's cold;it is hot in here;i'm cold;i am freezing;we are leaving;i'm going to bed;it's getting dark;it is too bright;i can't sleep;i forgot my keys;the baby is asleep;someone is at the door;
we have guests;i am home;it smells in here;i want to read;it is raining;dinner is ready;the kids are asleep;i'm leaving now;i burnt the toast;it's late;my hands are full;i am on the sofa;a storm is coming;i just woke up;
the plants are dry;i want to watch a movie;it is so loud;we need some air;i am expecting a parcel;grandma is visiting;i am working;it's time for bed;the sun is blinding me;i left in a hurry;the dog needs to go out;i can't see a thing;
we are having a party;i'm cooking;it is freezing;electricity is expensive;nobody is home;i heard a noise;my feet are cold;i am done here;the cat is outside;the neighbours complained""".replace("\n", "").split(";")


def with_reason(r, said):
    reason = r.choice(REASONS)
    if r.random() < 0.5:
        return reason + r.choice([", ", ", so ", ". ", ", please ", " so ", ", can you ", " - ", "! "]) + said
    return said + r.choice([" ", " ", ", ", " because ", ", because ", ". ", " since ", ", since ", ", ", " as "]) + reason


REASONS += """guests in five;i'm melting;it's eating the rug;she's scared;i forgot;we're ordering pizza;the cellar smells;i've got my hands full;movie time;the film was rubbish;there's a draught;there's glare on my screen;she's nodding off;the dog needs out;nobody is in there;the bill was horrendous;
it's drafty;there are wasps;i come with the tractor;i'm outside with groceries;the game starts in ten minutes;my head hurts;granny is cold;we're late;it's a waste of power;there's a smell of gas;the soup is done;they're here;it's pitch dark;the neighbour got wet;i can hardly see;mum is on the phone;it's buzzing again;
i'm about to shower;the laundry is done;school's out;time for a nap;we have a baby;the wifi is down;the pizza arrived;i need to focus;the sun is out;winter is coming;we're off on holiday;the fish are asleep;my tea is ready;it makes a terrible noise;my eyes hurt;lunch break;nap time""".replace("\n", "").split(";")


def call(name, **arguments):
    return name, {k: v for k, v in arguments.items() if v is not None}


def title(r, target):
    n = target.split(" and ")[0].split(",")[0].split(" & ")[0].split(" plus ")[0].split(" as well")[0]
    return n[:1].upper() + n[1:] if r.random() < 0.75 else n


def result_names(r, target):
    k = r.random()
    if k < 0.62:
        return [title(r, target)]
    from words import SWITCHED as nouns

    count = 1 if k < 0.72 else 2 if k < 0.88 else 3
    return [title(r, name(r, nouns)) for _ in range(count)]


def value(r):
    return r.choice([whole(r)[:2] + "%", whole(r)[:2] + " %", whole(r)[:2] + " percent", whole(r)[:2], whole(r)[:2] + " degrees", whole(r)[:2] + " °C", whole(r)[:2] + "°", whole(r)[:2] + "." + r.choice("05"), whole(r)[:2] + "." + r.choice("05") + r.choice([" degrees", " °C", "°"]), "half", "maximum", "minimum", "max", "full", r.choice(MODES), in_words(r), r.choice(COLOURS)])


def in_words(r):
    return spoken(r, r.choice([r.randint(10, 30), 10 * r.randint(1, 9), 5 * r.randint(2, 19)])) + r.choice([" percent", " percent", " per cent", " degrees", " degrees"])


def number_value(r):
    if r.random() < 0.06:
        return spoken(r, 5 * r.randint(1, 19)) + r.choice([" percent", " percent", " per cent"])
    return r.choice([whole(r)[:2] + "%", whole(r)[:2] + "%", whole(r)[:2] + " percent", whole(r)[:2], whole(r)[:3]])


def changed(r):
    """A mind that is changed halfway; only the last word counts."""
    on = r.random() < 0.6
    d, target = some(r, SWITCHED if on else OPENED)
    s, t = r.sample(["on", "off"] if on else ["open", "closed"], 2)
    if on:
        v = r.choice(["turn", "switch"])
        form = r.choice([f"{v} {t} {d}[... wait no|, no wait|, no sorry|, actually no|... hmm nah|. no|, i mean|, oops], [{v}|turn] it {s}", f"{v} {t} the[, no sorry|, i mean|... no|, sorry], {v} {s} {d}", f"{v} {d} {t}, [no|i mean|sorry|wait|oops] {s}", f"{d} {t}[, no, |... no |, sorry, |, i mean ]{s}", f"[no|not] {t}, {v} {d} {s}", f"{d} [should|must] be {s}, not {t}"])
    else:
        v, w = ("open", "close") if s == "open" else ("close", "open")
        form = r.choice([f"{w} {d}[... wait no|, no wait|, no sorry|, actually no|... hmm nah|. no|, i mean|, oops], {v} it", f"{w}[, no sorry|, i mean|... no|, sorry], {v} {d}", f"{d} [should|must] be {s}, not {t}"])
    return pattern(r, form), [target, s, t, "open", "close", "not", "no"], target, s, None


BEFORE_WISH = ["", "", "", "", "", "pls ", "please ", "could u ", "can you please ", "would you ", "quick, ", "be a dear and ", "mum says ", "daddy says ", "i want you to ", "you may ", "be a love and ", "why don't you ", "could i trouble you to ", "my hands are full, ", "it's late, ", "it's drafty, ", "my old bones are cold, "]
AFTER_WISH = ["", "", "", "", "", "!!", "!", " pls", " please mate", ", i forgot", " pls i forgot", ", it is raining anyway", ", the delivery guy is here", " it's eating the rug", " bro im melting", " for the night", ", theres wasps", ", i have a part to finish", ", it stinks of paint in here", " i need a wee", " cause the baby sleeps", ", i'm turning in", ", would be lovely"]


def everyday(r):
    """The plainest wish there is, of a thing that everybody has, with what people say around it."""
    k, state = r.random(), None
    if k < 0.4:
        n, state = plain(r, SWITCHED), r.choice(["on", "off"])
        form = r.choice(["turn {d} {s}", "turn {s} {d}", "switch {s} {d}", "switch {d} {s}", "{d} {s}", "{d} {s}", "put {d} {s}", "put {s} {d}", "power {s} {d}", "shut off {d}" if state == "off" else "fire up {d}", "stop {d}" if state == "off" else "start {d}", "cut the power to {d}" if state == "off" else "get {d} going"])
    elif k < 0.58:
        n, state = plain(r, OPENED), r.choice(["open", "closed"])
        form = r.choice(["open {d}", "open up {d}", "crack open {d}", "raise {d}" if r.random() < 0.3 else "open {d}", "{d} open"] if state == "open" else ["close {d}", "close {d}", "shut {d}", "shut {d}", "{d} shut", "{d} closed"])
    elif k < 0.7:
        n, state = plain(r, LOCKED), r.choice(["locked", "unlocked"])
        form = r.choice(["lock {d}", "lock {d}", "lock up {d}", "{d} locked"] if state == "locked" else ["unlock {d}", "unlock {d}", "{d} unlocked"])
    else:
        n, state = (plain(r, VALUED), whole(r)[:2] + r.choice([" degrees", "°", " °C", "", "", ""])) if r.random() < 0.5 else (plain(r, DIMMED), number_value(r))
        form = r.choice(["set {d} to {s}", "put {d} at {s}", "put {d} to {s}", "put {d} up to {s}", "turn {d} to {s}", "crank {d} to {s}", "bring {d} to {s}", "make {d} {s}", "{d} to {s}", "{d} {s}", "{d} at {s}", "dim {d} to {s}"])
    the = "those " if n.split(" ")[-1] in MANY and r.random() < 0.1 else r.choice(["the ", "the ", "the ", "my ", "our ", "", ""])
    text = r.choice(BEFORE_WISH) + form.replace("{d}", the + n).replace("{s}", state) + r.choice(AFTER_WISH)
    return text.upper() if r.random() < 0.12 and text.upper().lower() == text else text, [n, state], n, state, None


def request(r, alone=True):
    """A wish as (said, kept words, target, state, property)."""
    if r.random() < 0.025:
        return changed(r)
    if alone and r.random() < 0.3:
        return everyday(r)
    import wishes

    if r.random() < (0.3 if alone else 0.2):
        return wishes.lived(r)
    if r.random() < 0.25:
        return wishes.freer(r, alone)
    if r.random() < 0.4:
        return wishes.composed(r)
    k = r.random()
    if k < 0.42:
        s = r.choice(["on", "off"])
        d, target = some(r, SWITCHED)
        forms = SWITCH if r.random() < 0.75 else (ON if s == "on" else OFF)
        form = pattern(r, r.choice(forms))
        if "turn it off" in form or "switch it off" in form or "not" in form.split(" ") and "{s}" not in form:
            s = "off"
        v = r.choice(["turn", "switch", "put", "get"])
        return form.replace("{d}", d).replace("{s}", s).replace("{v}", v), [target, s], target, s, None
    if k < 0.45:
        s = r.choice(["on", "off"])
        d, target = some(r, ALARMS, ["alarms", "cameras", "sirens"])
        return pattern(r, r.choice(ARM[s])).replace("{d}", d), [target, s, "arm", "disarm"], target, s, None
    if k < 0.50:
        s = r.choice(["open", "closed"])
        d, target = known(r, [n for n in OPENED if "oor" not in n], ["windows", "blinds", "curtains", "shutters"])
        return pattern(r, r.choice(UP_DOWN[s])).replace("{d}", d), [target, "raise", "lower", "pull", "roll", "draw"], target, s, None
    if k < 0.66:
        v, s = r.choice(VERBS)
        d, target = some(r, LOCKED if s.endswith("locked") else OPENED, ["doors", "windows", "blinds", "curtains", "shutters", "gates"])
        form = pattern(r, r.choice(OPEN))
        g = {"open": "opening", "close": "closing", "shut": "shutting", "lock": "locking", "unlock": "unlocking"}[v]
        p = s if v != "shut" or r.random() < 0.5 else "shut"
        return form.replace("{d}", d).replace("{v}", v).replace("{p}", p).replace("{g}", g), [target, v, p, g], target, s, None
    if k < 0.83:
        d, target = some(r, VALUED if r.random() < 0.5 else SWITCHED + DIMMED)
        x = value(r)
        return pattern(r, r.choice(SET)).replace("{d}", d).replace("{x}", x), [target, x], target, x, None
    if k < 0.90:
        d, target = some(r, DIMMED)
        x = number_value(r)
        return pattern(r, r.choice(DIM)).replace("{d}", d).replace("{x}", x), [target, x], target, x, None
    d, target = some(r, DIMMED + VALUED)
    p = r.choice(["brightness", "temperature", "volume", "color", "colour", "position"])
    x = r.choice(COLOURS) if p.startswith("colo") else number_value(r)
    said = pattern(r, r.choice(PROPERTY)).replace("{d}", d).replace("{x}", x).replace("{p}", p)
    return said, [target, x, p], target, x, "color" if p == "colour" else p


def question(r):
    """A question as (said, kept words, target, asked state or None)."""
    if r.random() < 0.12:
        kind, n = r.choice([("on off", plain(r, SWITCHED)), ("open closed shut", plain(r, OPENED)), ("locked unlocked", plain(r, LOCKED))])
        asked = r.choice(kind.split())
        return r.choice(["is the {d} {s}", "is the {d} {s}", "is my {d} {s}", "are we sure the {d} is {s}", "{d} {s}?", "IS THE {d} {s}"]).replace("{d}", n).replace("{s}", asked), [n, asked], n, {"shut": "closed"}.get(asked, asked)
    if r.random() < 0.45:
        import wishes

        return wishes.doubted(r) if r.random() < 0.6 else wondered(r)
    k = r.random()
    if k < 0.34:
        d, target = some(r, SWITCHED)
        s = r.choice(["on", "off"])
        t = "off" if s == "on" else "on"
        return pattern(r, r.choice(ASK_ON if r.random() < 0.7 else ASK_ANY)).replace("{d}", d).replace("{s}", s).replace("{t}", t), [target, s, t], target, s
    if k < 0.56:
        v, s = r.choice(VERBS)
        t = {"open": "closed", "closed": "open", "locked": "unlocked", "unlocked": "locked"}[s]
        d, target = some(r, OPENED if "o" in s and s in ("open", "closed") else LOCKED, ["doors", "windows", "blinds", "gates"])
        form = pattern(r, r.choice(ASK_OPEN if r.random() < 0.7 else ASK_ANY)).replace("{d}", d).replace("{s}", s).replace("{t}", t).replace("{v}", v)
        return form, [target, s, t, v], target, s
    if k < 0.84:
        d, target = some(r, SENSORS + SWITCHED + OPENED + VALUED)
        return pattern(r, r.choice(STATE)).replace("{d}", d), [target], target, None
    form, target = r.choice(WHICH)
    g, place = r.choice(GROUPS), room(r)
    form = form.replace("{w}", r.choice("warm cold dark bright hot humid stuffy light damp cosy freezing".split()))
    put = lambda t: t.replace("{g}", g).replace("{h}", g[:-1]).replace("{r}", place)
    return put(pattern(r, form)), [g, place], put(target), None


BATTERY = ["[what's|what is|whats|how's|how is] the [battery|charge|battery level|juice] [on|of|in|like on] {d} [now|at present|]", "how much [battery|juice|charge|power] [has {d} got|has {d} got left|does {d} have|does {d} have left|is left in {d}|is there left on {d}]", "[does {d} have|does {d} still have|has {d} got|has {d}] [enough|any] [juice|battery|charge|power] [left|]", "[tell me the |give me the |]battery [of|on] {d}", "{d}'s battery", "just give me {d}'s [battery|charge|battery level]", "how many [percent|per cent] [does {d} have|has {d} got|is {d} at]", "[can you see|do you know|tell me|check|could you see|see] if {d} needs [charging|new batteries|a charge|to be charged]", "does {d} need [charging|new batteries|a charge|plugging in]", "is {d} [plugged in|charging|fully charged|charged|flat|dead|low|nearly empty|on its charger|running low|almost charged]", "has {d} [gone back|got back|returned|come back] [on|to|onto] its [charger|dock|base|station]", "how long is left on [the charge of |]{d}", "[has {d}|is {d}] [charged|docked] [yet|already|by now]", "is there [any|enough] [battery|charge|juice] left in {d}", "will {d} need a charge", "how [charged|flat|empty] is {d}"]
FULLNESS = ["how [full|empty] is {d} [now|right now|at present|these days|]", "is {d} [empty|full|nearly full|half empty|almost empty|overflowing|still full|full again|dry]", "is there [anything|something|any water|much] [left |]in {d}", "how much is [left |still |]in {d}", "does {d} need [emptying|refilling|filling|to be emptied]", "[tell me|check|can you see|see] [if|whether] {d} is [full|empty|nearly full]", "[what's|what is] in {d} [now|]", "has {d} [run dry|filled up|been emptied|finished] [yet|already|]", "to what level is {d} filled"]
MAKING = ["how much [power|energy|electricity|current] is {d} [making|producing|using|drawing|generating|putting out]", "[what|how much] is {d} [making|producing|using|drawing|generating] [now|right now|today]", "what colo[u|]r is {d} [at present|now|right now|at the moment|]", "[which|what] [speed|level|setting|mode] is {d} [on|at|running|in]", "is {d} [done|finished|through|ready] [yet|already|by now]", "has {d} [finished|stopped|started|come on|gone off|switched itself off] [yet|already|by now|]", "how [bright|loud|warm|high|far] is {d} at present", "how long [does|will] {d} [still take|still run|need]", "where is the {n} set at the moment? the one i mean is {d}", "is {d} [doing its job|behaving|up and running|still going|doing anything]", "what is {d} up to"]
SWORN = ["[{w} swears|{w} says|{w} claims|{w} thinks|{w} is sure|{w} told me] {p} [turned|switched|put] {s} {d}[. did {p}|, did {p}|. is that true|, did it happen|. can you check]", "did [anyone|anybody|someone|{w}] [turn|switch] {s} {d} [today|yet|already|] [or is {d} {t}|or is {d} still {t}|]", "[hmm |]can't remember if i [turned|switched] {s} {d}, is {d} {s}", "[have i|have we|has {w}] remembered to [turn|switch] {s} {d}", "[i hope this is not too much trouble|sorry to bother you|one quick thing|i know it's late], but is {d} [still |]switched {s}", "[we are already in the car|we've left the house|i am on the train|we are at the airport] and i'm not sure, is {d} {s}", "is [anything|something] [still |]{s} in the {r}, i mean is {d} {s}", "i could swear i [turned|switched] {s} {d}, [did i|is it {s}|didn't i]", "did {w} [turn|switch|leave] {d} {s}", "has {w} [turned|switched] {d} {s} [yet|already|]", "has {d} [been|already been] [turned|switched] {s}", "[is it right that|i heard that|they say] {d} is {s}, [is it|is that so|is that true]", "you did [turn|switch] {s} {d}, [didn't you|right]", "i did [turn|switch] {s} {d}, [didn't i|right]"]
SHUT = ["[have i|have we|has {w}] remembered to {v} {d}", "did {w} remember to {v} {d}", "[{w} swears|{w} says|{w} claims|{w} is sure] {p} {e} {d}[. did {p}|, did {p}|. is that true|, did it happen]", "[hmm |]can't remember if i {e} {d}, is {d} {s}", "[we are already in the car|we've left the house|i am on the train|i'm in bed] and i'm not sure, did [we|i|anyone] {v} {d}", "[i hope this is not too much trouble|sorry to bother you|i know it's late], but is {d} [still |]{s}", "did {w} {v} {d} [today|yet|already|] [or is {d} {t}|or is it still {t}|]", "has {w} {e} {d} [yet|already|by now]", "has {d} been {e} [yet|already|]", "i could swear i {e} {d}, [did i|is it {s}|didn't i]", "did {d} get {e} [today|last night|]", "was {d} [ever|properly] {s}", "[did we forget|have we forgotten|did {w} forget] to {v} {d}"]
PAST = {"open": "opened", "close": "closed", "shut": "shut", "lock": "locked", "unlock": "unlocked"}


def wondered(r):
    """A question about what is in something, how full its battery is, or whether somebody did what was told."""
    k, t = r.random(), None
    w = r.choice(["my husband", "my wife", "my son", "my daughter", "the cleaner", "the babysitter", "the neighbour", "mum", "dad", "grandma", r.choice(PEOPLE[:8]), word(r).capitalize()])
    p = "he" if w in ("my husband", "my son", "dad", "Tom", "Max", "Pierre", "Ben") else "she"
    put = lambda forms, d, **more: pattern(r, re.sub(r"\{(\w)\}", lambda m: {"d": d, "w": w, "p": p, **more}[m.group(1)], r.choice(forms)))
    if k < 0.1:
        target = r.choice(["", "", "", room(r) + " "]) + r.choice(MEASURED) + " " + r.choice(["temperature", "temperature", "level", "level", "humidity", "pressure"])
        return pattern(r, r.choice(["{d}", "{d}", "{d} [now|right now|at the moment|currently|today]", "the {d}", "[what's|what is|whats] the {d}", "[tell me|give me|show me] the {d}", "what about the {d}"])).replace("{d}", target), [target], target, None
    if k < 0.56:
        forms, nouns = [(BATTERY, CHARGED), (FULLNESS, FILLED), (MAKING, SENSORS + SWITCHED + VALUED)][0 if k < 0.3 else 1 if k < 0.42 else 2]
        n = r.choice(nouns)
        target = plain(r, [n]) if r.random() < 0.7 else usual(r, [n])
        the = article(r)
        if r.random() < 0.12:
            the, target = "my ", r.choice(["daughter", "son", "husband", "wife", "grandpa", "neighbour"]) + "'s " + n
        return put(forms, the + target, n=n), [target], target, None
    if k < 0.78:
        (d, target), s = some(r, SWITCHED), r.choice(["on", "off"])
        t = "off" if s == "on" else "on"
        return put(SWORN, d, s=s, t=t, r=room(r)), [target, s, t], target, s
    v, s = r.choice(VERBS)
    t = {"open": "closed", "closed": "open", "locked": "unlocked", "unlocked": "locked"}[s]
    d, target = some(r, OPENED if s in ("open", "closed") else LOCKED, ["doors", "windows", "blinds", "gates"])
    return put(SHUT, d, v=v, s=s, t=t, e=PAST[v]), [target, s, t, v, PAST[v]], target, s


def command(r):
    text, kept, target, state, prop = request(r)
    if r.random() < 0.1:
        text = chatted(r, text)
    elif r.random() < 0.1:
        text = with_reason(r, text)
    elif r.random() < 0.06:
        text += r.choice([" for ", " for ", " because of "]) + r.choice(["the delivery guy", "the postman", "our guests", "the cat", "grandma", "the plumber", "the kids", word(r).capitalize(), "the cleaning lady"])
    if r.random() < 0.07:
        text = with_verb_slip(r, text, [target])
    return dressed(r, text, [".", ".", "!", ""], kept), [call("world_model__command", target=target, state=state, property=prop)], kept


def several(r):
    """Different wishes in one breath."""
    if r.random() < 0.2:
        return opposite(r)
    if r.random() < 0.14:
        return alike(r)
    if r.random() < 0.25:
        return terse(r)
    if r.random() < 0.4:
        return briefly(r)
    wishes = [request(r, False) for _ in range(r.choice([2, 2, 2, 3]))]
    said = wishes[0][0]
    for w in wishes[1:]:
        said += r.choice([" and ", ", ", " and then ", ", then ", ", and ", " and also ", "; ", ". ", " but ", " n ", " & ", " + ", " then ", ", plus ", " also "]) + w[0]
    kept = [k for w in wishes for k in w[1]]
    if r.random() < 0.08:
        said = chatted(r, said)
    return dressed(r, said, [".", "!", ""], kept), [call("world_model__command", target=w[2], state=w[3], property=w[4]) for w in wishes], kept


def terse(r):
    """What each is to be, in as few words as there are: lights on, curtains closed."""
    said, calls, kept, joint = [], [], [], r.choice([", ", ", ", " ", " and ", "; ", " / "])
    for _ in range(r.choice([2, 2, 3, 4])):
        k = r.random()
        if k < 0.5:
            (d, target), s = some(r, SWITCHED), r.choice(["on", "off"])
            w = s
        elif k < 0.75:
            (d, target), (w, s) = known(r, OPENED), r.choice([("open", "open"), ("closed", "closed"), ("shut", "closed"), ("up", "open"), ("down", "closed")])
        else:
            (d, target), s = some(r, VALUED + DIMMED), number_value(r)
            w = r.choice(["to ", "at ", ""]) + s
        said.append((target if r.random() < 0.8 else d) + " " + w)
        calls.append(call("world_model__command", target=target, state=s))
        kept += [target, w]
    return dressed(r, joint.join(said), [".", "!", ""], kept), calls, kept


def brief(r):
    """One wish in plain words, as (said, target, state)."""
    k, the = r.random(), article(r)
    if r.random() < 0.06:
        n, s = plain(r, [n for n in SWITCHED if n.split(" ")[-1] in MANY]), r.choice(["on", "off"])
        return r.choice(["turn ", "switch "]) + s + r.choice([" those ", " these ", " the "]) + n, n, s
    if k < 0.45:
        n, s = plain(r, SWITCHED), r.choice(["on", "off"])
        v = r.choice(["turn", "turn", "switch", "put"])
        return pattern(r, r.choice(["{v} {s} {d}", "{v} {d} {s}", "{d} {s}", "{v} {d} {s}", "start {d}" if s == "on" else "[stop|kill] {d}"])).replace("{v}", v).replace("{s}", s).replace("{d}", the + n), n, s
    if k < 0.75:
        (v, s), n = r.choice(VERBS), plain(r, OPENED)
        if s.endswith("locked"):
            n = plain(r, LOCKED)
        moved = s in ("open", "closed") and "oor" not in n and r.random() < 0.3
        return r.choice([v + " " + the + n, v + " " + the + n, the + n + " " + s]) if not moved else the + n + (" up" if s == "open" else " down"), n, s
    n, x = plain(r, LIGHTS if k < 0.85 else DIMMED), r.choice(COLOURS) if k < 0.85 else number_value(r) if k < 0.93 else r.choice(["half", "max"])
    if k > 0.96:
        n, x = plain(r, VALUED), whole(r)[:2] + r.choice([" degrees", "°", " °C"])
    return pattern(r, r.choice(["[set|turn|put] {d} [to |]{x}", "make {d} {x}", "[set|turn|change|dim] {d} to {x}", "{d} [to |at |]{x}"] if x not in COLOURS else ["[make|turn|paint|set] {d} {x}", "[turn|change|set] {d} [to|into] {x}", "{d} [in |to |]{x}"])).replace("{d}", the + n).replace("{x}", x), n, x


def briefly(r):
    """Two or three wishes in plain words, or a row of things of which each is to be something else."""
    k, lead = r.random(), ""
    if k < 0.62:
        parts = [brief(r) for _ in range(r.choice([2, 2, 3]))]
        verb = parts[0][0].split(" ")[0] in "turn switch put start stop kill open close shut lock unlock set make paint change dim".split()
        joint, last = r.choice([(", ", " and "), (", ", " and "), (", ", ", and "), (" and ", " and "), (" and then ", " and then "), (", ", ", "), (". ", ". "), (" then ", " then "), ("; ", "; "), (", ", " and also "), (" n ", " n "), (" plus ", " plus ")])
        said = joint.join(p[0] for p in parts[:-1]) + last + parts[-1][0]
        lead = pattern(r, r.choice(["", "[movie night|bedtime|we are off|i'm going up now|good morning|party time|dinner time][!|,|:]", "[two|some|a few] things:", "[can|could|would] you" if verb else "", "[i want you to|i'd like you to|please]" if verb else ""])) if r.random() < 0.6 else ""
        lead += " " if lead else ""
    elif k < 0.74:
        # Nothing stands between them; the state ends what each is called.
        parts = [(n + " " + w, n, s) for n, w, s in ([(plain(r, SWITCHED), s, s) for s in r.choices(["on", "off"], k=2)] + [(plain(r, OPENED), w, s) for w, s in r.choices([("open", "open"), ("closed", "closed"), ("shut", "closed"), ("up", "open"), ("down", "closed")], k=1)])]
        r.shuffle(parts)
        parts = parts[: r.choice([2, 2, 3])]
        said = r.choice([" ", " ", ", "]).join(p[0] for p in parts)
        if r.random() < 0.5:
            said += r.choice([" ", " ", ", "]) + r.choice(REASONS).replace("'", "")
        said = said.upper() if r.random() < 0.3 and said.upper().lower() == said.lower() else said
    elif k < 0.84:
        # A row of things of which each is to be something else.
        xs = r.sample(COLOURS, 3) if r.random() < 0.6 else [number_value(r) for _ in range(3)]
        parts = [("", plain(r, DIMMED if x not in COLOURS else LIGHTS), x) for x in xs][: r.choice([2, 3, 3])]
        bits = [r.choice(["the ", "the ", ""]) + n + (r.choice([" ", " to ", " at "]) if x not in COLOURS else r.choice([" ", " ", " in "])) + x for _, n, x in parts]
        said = r.choice(["make " if xs[0] in COLOURS else "put ", "turn ", "set ", "", "i want ", "let's have "]) + ", ".join(bits[:-1]) + r.choice([" and ", ", and ", " and "]) + bits[-1]
    elif k < 0.92:
        s, (a, b) = r.choice(["on", "off"]), (plain(r, SWITCHED), plain(r, SWITCHED))
        parts = [("", a, s), ("", b, s)]
        said = pattern(r, r.choice(["[turn|switch|put] both the {a} and the {b} {s}", "[turn|switch] {s} both the {a} and the {b}", "both the {a} and the {b} {s}", "i want both the {a} and the {b} {s}", "[turn|switch] {s} first the {a} and then the {b}"])).replace("{a}", a).replace("{b}", b).replace("{s}", s)
    else:
        s, (a, b) = r.choice(["on", "off"]), (plain(r, SWITCHED), plain(r, SWITCHED))
        t, (v, w, g) = r.choice(["on", "off"]), r.choice([("open", "open", "opening"), ("close", "closed", "closing"), ("lock", "locked", "locking")])
        parts = [("", a, s), ("", b, t)]
        form = r.choice(["after [turning|switching] {s} the {a} [please |]turn the {b} {t}", "after [turning|switching] the {a} {s}, [turn|switch] {t} the {b}", "first [turn|switch] {s} the {a}, then [turn|switch] {t} the {b}", "[i would like|i'd like] that you turn {s} the {a} and also that you turn the {b} {t}", "[i want|please see to it that] the {a} [goes|is] {s} and the {b} [goes|is] {t}", "besides turning {s} the {a}, turn {t} the {b}"])
        if r.random() < 0.4:
            c = plain(r, OPENED if v != "lock" else LOCKED)
            parts[0] = ("", c, w)
            form = r.choice(["after {g} the {c} [please |]turn the {b} {t}", "first {v} the {c}, then turn {t} the {b}", "[i would like|i'd like] that you {v} the {c} and also that you turn the {b} {t}", "{v} the {c}, and while you're at it turn {t} the {b}", "besides {g} the {c}, turn the {b} {t}"]).replace("{c}", c).replace("{v}", v).replace("{g}", g)
        said = pattern(r, form).replace("{a}", a).replace("{b}", b).replace("{s}", s).replace("{t}", t)
    if len({n for _, n, _ in parts}) < len(parts):
        return briefly(r)
    kept = [k for p in parts for k in p[1:]] + ["both", "after", "first", "turn", "open", "close", "shut", "lock", "unlock", "on", "off"]
    return dressed(r, lead + said, [".", "!", ""], kept), [call("world_model__command", target=n, state=s) for _, n, s in parts], kept


def opposite(r):
    """One verb for two wishes: turn the one on and the other off."""
    (a, x), (b, y) = some(r, SWITCHED), some(r, SWITCHED)
    s = r.choice(["on", "off"])
    t = "off" if s == "on" else "on"
    form = pattern(r, r.choice(["[turn|switch|put] {s} {a} and {t} {b}", "[turn|switch|put] {a} {s} and {b} {t}", "[turn|switch] {s} {a} but [turn|switch|leave|keep] {t} {b}", "{a} {s}, {b} {t}", "{s} with {a}, {t} with {b}", "[turn|switch] {a} {s} but {b} {t}", "{a} {s} and {b} {t}"]))
    said = form.replace("{a}", a).replace("{b}", b).replace("{s}", s).replace("{t}", t)
    return dressed(r, said, [".", "!", ""], [x, y, s, t]), [call("world_model__command", target=x, state=s), call("world_model__command", target=y, state=t)], [x, y, s, t]


def alike(r):
    """What each is to be after a verb that all of them share, or the second as the first."""
    the = lambda n: pointed(r, n) + n
    if r.random() < 0.4:
        s, (a, b) = r.choice(["on", "off"]), (plain(r, SWITCHED), plain(r, SWITCHED))
        parts = [(a, s), (b, s)]
        said = pattern(r, r.choice(["{a} {s} and {b} [too|as well|also] [please|]", "[turn|switch|put] {a} {s}, and {b} [too|as well]", "[turn|switch] {s} {a}, and [do |]the same [with|for] {b}", "{a} {s}, {b} too", "[turn|switch] {s} {a}, and {b} while you're at it", "{a} {s}, and {b} {s} as well", "[turn|switch] {a} {s} and then {b} as well"])).replace("{a}", the(a)).replace("{b}", the(b)).replace("{s}", s)
    else:
        parts, bits = [], []
        for _ in range(r.choice([2, 2, 3])):
            k = r.random()
            n, s = (plain(r, SWITCHED), r.choice(["on", "off"])) if k < 0.5 else (plain(r, OPENED), r.choice(["open", "closed"])) if k < 0.75 else (plain(r, LOCKED), "locked") if k < 0.83 else (plain(r, DIMMED), number_value(r))
            parts.append((n, s))
            bits.append(the(n) + (" at " if s[0].isdigit() else " ") + s)
        said = pattern(r, "[we need|i want|i need|i'd like|let's have|can i have|could we have|get|can we get|i would like|please get|i want to see]") + " " + ", ".join(bits[:-1]) + r.choice([" and ", " and ", ", and "]) + bits[-1]
    if len({n for n, _ in parts}) < len(parts):
        return alike(r)
    kept = [k for p in parts for k in p] + ["too", "same"]
    return dressed(r, chatted(r, said) if r.random() < 0.15 else said, [".", "!", ""], kept), [call("world_model__command", target=n, state=s) for n, s in parts], kept


def chatted(r, said):
    import wishes

    return wishes.chatted(r, said)
