"""Wishes put together from a way of asking, a verb, a device and an ending, so that any of them is heard with any other."""
import re

import devices
from text import pattern, whole
from words import COLOURS, DIMMED, GROUPS, LIGHTS, LOCKED, MODES, OPENED, RADIOS, SENSORS, SWITCHED, TAILS, VALUED

# What stands before a verb in its base form.
ASKED = """;;;;;;;;please ;kindly ;just ;quickly ;can you ;can you please ;could you ;could you please ;would you ;would you please ;will you ;can u ;cud you ;can we ;could we ;can i get you to ;could i ask you to ;
may i ask you to ;i want you to ;i'd like you to ;i would like you to ;i need you to ;i was wondering if you could ;i wonder if you could ;any chance you could ;is there any chance you could ;is there a way to ;
do you think you could ;would it be possible to ;is it possible to ;would it be ok to ;would you be so kind as to ;would you be so kind and ;would you be able to ;are you able to ;be a dear and ;be an angel and ;be so nice and ;
do me a favor and ;do me a favour, ;do me the favour and ;go and ;go ahead and ;go ;let's ;let us ;why don't you ;why don't we ;why not ;you could ;you can ;you may ;you should ;you need to ;you have to ;you must ;we have to ;we should ;
we need to ;we want to ;i have to ;i need to ;i must ;i want to ;i'd like to ;i would like to ;i'd love to ;i wish to ;i'm trying to ;someone should ;somebody has to ;it would be great if you could ;it would be nice if you could ;it would be nice to ;i'd be glad if you could ;
i'd appreciate it if you could ;it's time to ;it is time to ;time to ;feel free to ;try to ;remember to ;don't forget to ;make sure to ;make sure you ;be sure to ;when you have a moment, ;when you get a chance ;whenever you can, ;if you can, ;if you could ;
if possible ;if you don't mind, ;if it's no trouble, ;next, ;first ;finally ;for now ;actually ;actually, ;alternatively, ;yes, ;yeah, ;no, ;sorry, ;oh, ;oh and ;one more thing: ;one last thing, ;another thing: ;also ;also, ;and ;then ;now ;hey, ;
hey there, ;listen, ;look, ;right, ;good, ;great, now ;thanks, now ;i think you should ;i think we should ;i guess we can ;i told you to ;i said ;i repeat: ;again: ;my wife wants you to ;the kids want you to ;mum says to ;help me to ;help me ;new task: ;
your job is to ;the next step is to ;you're supposed to ;i forgot to do it, so ;once more, ;as always, ;like yesterday, ;be a love and ;be a star and ;be a darling and ;be a pal and ;would you be an angel and ;please be so nice and ;could i trouble you to ;you couldn't possibly ;kindly go and ;i reckon you can ;i suppose you could ;why don't you just ;what if you could ;if it's not too much bother, ;if it's not too much to ask, ;i need that you ;would you mind awfully to ;for tonight, ;before i forget, ;by the way, ;while you're at it, ;while i'm out, """.replace("\n", "").split(";")
# What stands before a verb that ends in -ing.
MIND = """would you mind ;do you mind ;mind ;how about ;what about ;i'd appreciate you ;consider ;try ;what do you say to ;we should be ;i'm for ;i vote for ;thank you for ;i'd suggest ;i suggest ;could you start by ;
is there any problem with ;any objection to ;are you ok with ;i am thinking of """.replace("\n", "").split(";")
ENDED = """ right away; straight away; immediately; at once; this instant; quickly; quick; again; once more; completely; fully; all the way; for a bit; for a while; for a moment; for now; just for now; when you can; when you have a second; if you don't mind;
 if that's ok; if possible; if it isn't already; as soon as you can; as soon as possible; before i leave; before we eat; until i'm back; while i'm away; like before; as usual; as always; instead; or something; already; will you; would you; could you; ok; okay; alright; for us; for the kids; for grandma; and that's it""".replace("\n", "").split(";")

TURN = [("turn", "turning"), ("turn", "turning"), ("turn", "turning"), ("switch", "switching"), ("switch", "switching"), ("put", "putting"), ("flip", "flipping"), ("flick", "flicking"), ("pop", "popping"), ("get", "getting"), ("power", "powering"), ("click", "clicking"), ("stick", "sticking"), ("toggle", "toggling"), ("turn back", "turning back"), ("switch back", "switching back")]
ON = [("start", "starting"), ("activate", "activating"), ("enable", "enabling"), ("run", "running"), ("launch", "launching"), ("light", "lighting"), ("wake", "waking"), ("start up", "starting up"), ("fire up", "firing up"), ("power up", "powering up"), ("light up", "lighting up"), ("boot up", "booting up")]
OFF = [("stop", "stopping"), ("kill", "killing"), ("deactivate", "deactivating"), ("disable", "disabling"), ("cut", "cutting"), ("halt", "halting"), ("end", "ending"), ("shut off", "shutting off"), ("shut down", "shutting down"), ("power down", "powering down"), ("turn out", "turning out"), ("put out", "putting out"), ("switch out", "switching out")]
MOVED = {
    "open": [("open", "opening"), ("open", "opening"), ("open", "opening"), ("open up", "opening up"), ("pull open", "pulling open"), ("slide open", "sliding open"), ("push open", "pushing open")],
    "closed": [("close", "closing"), ("close", "closing"), ("shut", "shutting"), ("shut", "shutting"), ("close up", "closing up"), ("pull shut", "pulling shut"), ("push shut", "pushing shut"), ("slide shut", "sliding shut")],
    "locked": [("lock", "locking"), ("lock", "locking"), ("lock", "locking"), ("lock up", "locking up"), ("bolt", "bolting"), ("secure", "securing")],
    "unlocked": [("unlock", "unlocking"), ("unlock", "unlocking"), ("unlock", "unlocking"), ("unbolt", "unbolting")],
}
SETTING = [("set", "setting"), ("set", "setting"), ("put", "putting"), ("turn", "turning"), ("change", "changing"), ("adjust", "adjusting"), ("move", "moving"), ("bring", "bringing"), ("crank", "cranking"), ("bump", "bumping"), ("push", "pushing"), ("take", "taking"), ("get", "getting"), ("switch", "switching"), ("dial", "dialing"), ("drive", "driving")]
OTHER = {"on": "off", "off": "on", "open": "closed", "closed": "open", "locked": "unlocked", "unlocked": "locked"}


def asked(r, base, gerund):
    """The verb phrase as somebody asks for it."""
    said = r.choice(MIND) + gerund if r.random() < 0.1 else r.choice(ASKED) + base
    return said + r.choice(ENDED) if r.random() < 0.12 else said


def placed(verb, d, inside):
    """A verb of two words may take its device in between."""
    first, _, particle = verb.partition(" ")
    return f"{first} {d} {particle}" if particle and inside else f"{verb} {d}"


def said_of(r, verbs, d):
    base, gerund = r.choice(verbs)
    inside = r.random() < 0.5
    return asked(r, placed(base, d, inside), placed(gerund, d, inside))


def switched(r):
    s = r.choice(["on", "off"])
    d, target = devices.some(r, SWITCHED)
    k = r.random()
    if k < 0.55:
        base, gerund = r.choice(TURN)
        form = r.choice(["{v} {s} {d}", "{v} {d} {s}"]) if " " not in base else "{v} {d} {s}" if r.random() < 0.5 else "{f} {d} back {s}"
        put = lambda v: form.replace("{v}", v).replace("{f}", v.split(" ")[0]).replace("{d}", d).replace("{s}", s)
        return asked(r, put(base), put(gerund)), target, s
    if k < 0.75:
        return said_of(r, ON if s == "on" else OFF, d), target, s
    if k < 0.85:
        # The state stands inside of what the device is called.
        noun, place = r.choice(GROUPS[:8] + SWITCHED[:8]), r.choice(["in the ", "in the ", "in ", "on the ", "of the "]) + devices.room(r)
        if r.random() < 0.2:
            place = r.choice(["upstairs", "downstairs", "outside", "inside"])
        before = r.choice(["", "", "all ", "the "]) if noun.endswith("s") else ""
        target = (before if before == "all " else "") + noun + " " + place
        return pattern(r, r.choice(["{n} {s} {p}", "[please|can i have|i want|i'd like|get|can we have] {n} {s} {p}", "[turn|switch] {n} {s} {p}"])).replace("{n}", before + noun).replace("{s}", s).replace("{p}", place), target, s
    t = OTHER[s]
    form = r.choice([
        "{d} [is|are] still {t}, [turn|switch|put] [it|them] {s}", "[i|we|someone|somebody] left {d} {t}, [turn|switch|can you turn|please switch] [it|them] {s}", "{d} [is|are] {t}, [turn|switch|please turn] [it|them] {s}", "{d} [is|are] {t} but should be {s}", "[why is|is] {d} {t}? [turn|switch] it {s}",
        "{d} [doesn't|does not] need to be {t}, [turn|switch] it {s}", "[see|look], {d} is {t}. [turn|switch] it {s}", "[i see|i think|it seems] {d} is [still |]{t}, [turn|switch] it {s}", "about {d}: [turn|switch|put] it {s}", "{d} - {s}", "as for {d}, [turn|switch] it {s}", "{d} {s}, [right now|immediately|quick|i said]", "i want {d} {s}, [not {t}|and now|immediately]", "{d} [has|have] to go {s}", "{d} [needs|need] to be [{s}|running]" if s == "on" else "{d} [needs|need] to be {s}", "so do [turn|switch] {d} {s}", "[might|may] i trouble you to [turn|switch] {d} {s}", "isn't it [about |]time {d} [was|were] [turned|switched] {s}", "[mummy|daddy|granny|dad|the boss|my husband] says [turn|switch] {s} {d}", "{d}, [turn|switch] [it|them|em|that] {s}", "[shouldn't|can't|couldn't] {d} be {s}", "[i'd|i would] feel better with {d} {s}", "[i'd|i would] rather have {d} {s}", "[turn|switch] {d} {s}, will ya", "[you|you can] [turn|switch] {s} {d}, [i wait|thank you|yes]", "please to [turn|switch] {s} {d}", "[we|i] no need {d}, you [turn|switch] {s}" if s == "off" else "{d} you [turn|switch] {s} please", "let {d} be {s}", "[who|somebody] forgot {d}, [turn|switch] it {s}", "get {d} {s} already", "{d} to {s}", "can {d} be [turned|switched] {s}", "{d} can be [turned|switched] {s}", "[may|could] {d} go {s}",
    ])
    return pattern(r, form).replace("{d}", d).replace("{s}", s).replace("{t}", t), target, s


def moved(r):
    s = r.choice(list(MOVED))
    d, target = devices.some(r, LOCKED if s.endswith("locked") else OPENED, ["doors", "windows", "blinds", "curtains", "shutters", "gates"])
    if r.random() < 0.75:
        return said_of(r, MOVED[s], d), target, s
    v = MOVED[s][0][0]
    form = r.choice([
        "{d} is still {t}, {v} it", "{d}, {v} [it|them|em]", "[might|may] i trouble you to {v} {d}", "[i'd|i would] feel better with {d} {s}", "you {v} {d} [please|now], [i come soon|yes]", "[mummy|daddy|granny|the boss] says {v} {d}", "can we get {d} {s}", "somebody left {d} wide open, {v} it" if s in ("closed", "locked") else "so do {v} {d}", "please to {v} {d}", "[isn't it|it's] about time {d} [was|were] {s}", "{d}: {v} [it|]", "{v} {d} [for me |]would you", "{d} needs to be {s}", "[see|look], {d}. {v} [it|them]", "[i'd|we'd] like you to {v} {d}", "[i|we|someone] left {d} {t}, [{v}|can you {v}|please {v}] it", "{d} is {t}, [{v}|please {v}] it", "{d} is {t} but should be {s}", "[why is|is] {d} {t}? {v} it", "about {d}: {v} it", "as for {d}, {v} it", "can {d} be {s}", "i want {d} {s}, [not {t}|right now]", "{d} has to be {s}", "[i'd like|i want|can i have|we need] {d} {s}", "{d} {s} [please|now|quickly]", "[get|have|keep] {d} {s}",
    ])
    return pattern(r, form).replace("{d}", d).replace("{s}", s).replace("{t}", OTHER[s]).replace("{v}", v), target, s


def amount(r):
    """A value with its unit, as it is copied into the call."""
    n = whole(r)[:2]
    k = r.random()
    if k < 0.4:
        return n + r.choice(["%", "%", " %", " percent", " per cent"])
    if k < 0.8:
        n += "." + r.choice("05123456789") if r.random() < 0.4 else ""
        return n + r.choice(["", "", " degrees", " degrees", " degrees celsius", " °C", "°", "°C", "C"])
    return n if k < 0.9 else r.choice(["half", "maximum", "minimum", "max", "full", "min"] + COLOURS)


def valued(r):
    d, target = devices.some(r, VALUED if r.random() < 0.45 else SWITCHED + DIMMED)
    x, k = amount(r), r.random()
    if k < 0.5:
        base, gerund = r.choice(SETTING)
        how = pattern(r, "{d} [|||up |down |back ]to {x}") if base != "set" or r.random() < 0.6 else "{d} at {x}"
        put = lambda v: v + " " + how.replace("{d}", d).replace("{x}", x)
        return asked(r, put(base), put(gerund)), target, x
    if k < 0.65:
        place = devices.room(r)
        form = r.choice(["[make|get|keep|have] it {x} in the {r}", "[i'd like|i want|we want|i would like|can we have] it [at |]{x} in the {r}", "[heat|warm|warm up|cool|cool down|bring] the {r} to {x}", "[heat|warm|cool|get] the {r} [up|down] to {x}", "the {r} should [be|have|get] {x}", "{x} in the {r}", "[i'd like|i want|make|get] the {r} [at|to be|to] {x}", "it should be {x} in the {r}"])
        return pattern(r, form).replace("{x}", x).replace("{r}", place), place, x
    form = r.choice([
        "{d} is too [bright|warm|loud|high|cold|low|dark|dim|strong|weak], [set|turn|dim|bring|put] it [down |up |]to {x}", "{d}: {x}", "{d}, {x}", "[i'd like|i want|can i have|give me|let's have|we need] {d} at {x}", "{d} [up|down] to {x}", "{d} [set|turned|moved] to {x}", "about {d}: {x}", "{x} is [enough|fine|good|right] for {d}", "{d} must [be|be at|go to] {x}", "let {d} [be|stay|go] [at|to] {x}", "[i think|i guess] {d} should be [at |]{x}", "have {d} [run|stay|be] at {x}", "[use|take|choose|pick|select] {x} for {d}", "[raise|lower|dim|reduce|increase|brighten|drop|turn down|turn up] {d} to {x}",
    ])
    return pattern(r, form).replace("{d}", d).replace("{x}", x), target, x


def composed(r):
    """A wish as devices.request makes them: said, kept words, target, state, no property."""
    said, target, state = r.choices([switched, moved, valued], [45, 27, 28])[0](r)
    verbs = [v for v in ("lock", "unlock", "open", "close", "shut", "start", "stop", "kill", "bolt", "secure", "off", "on") if v in said.split(" ")]
    return " ".join(said.split()), [target, state] + verbs, target, state, None



# Needed, and what brings it; a wish then does with the name alone.
NEEDS = [
    ("it's too dark in here;it's so dark;i can't see a thing;it's pitch dark;i want to read;i'm looking for my keys;it's getting dark", "light;lamp;ceiling light;desk lamp;floor lamp;reading lamp;lights;spotlights;chandelier;night light;wall lamp;Lampe;Licht;bulb;lantern"),
    ("i'm cold;i'm freezing;my feet are cold;it's freezing;it's chilly", "heater;space heater;heating;electric blanket;patio heater;heat lamp;Heizung;towel warmer;fireplace"),
    ("i'm melting;it's so hot;it is boiling;it's stuffy;i'm sweating", "fan;AC;air conditioner;ceiling fan;Ventilator;extractor"),
    ("i need a coffee;breakfast time;i just got up;good morning", "coffee machine;coffee maker;kettle;toaster;Kaffeemaschine;radio"),
    ("let's dance;party time;movie night;the game starts;we have guests", "disco ball;stereo;tv;television;soundbar;projector;speaker;fairy lights;lava lamp;fog machine;subwoofer"),
]
BARE = ["{w}, {d} please", "{w}, {d}", "{w} - {d}", "{d} please, {w}", "{d}, {w}", "{w}. {d} please", "{w}, so {d} please", "{w} in the {r}, {d} please"]
ALONE = ["{d} please", "{d} please", "{d}, please", "[ok|hey|hello] [house|home|computer], {d}", "[computer|house], {d} [please|now|]", "some {n} please", "[i'd like|i want|i need|we need|can i have|could i have|can we have|may i have] {d} [please|now]", "[bring me|get me|let me have] {d}", "time for {d}"]
LIT = ["engage {d}", "[computer|house|hey], [engage|activate|energize|start] {d}", "[power|juice|electricity] to {d}", "[yo |]hit {d}", "[have|get|keep|leave|i want|i'd like] {d} [burning|running|working|going|humming|lit]", "[please to |please |]make {d} [work|working|run|go]", "get {d} to work", "[any chance of|how about|could i have|i'd like|may we have] [a bit of|some|a little] [light|music|warmth|air|noise] from {d}", "some [light|warmth|air] from {d}", "[it would be|it'd be|wouldn't it be] [a good idea|lovely|nice|great|wonderful] to have {d} [burning|running|on|going]", "[i'm about to take a bath|i am on my way|the thing is i'm cold|it's sunday|we are nearly home] and it would be [lovely|nice|great] if {d} [was|were] on", "[crank up|bring up|kick off|switch through|spin up|get going with] {d}", "bring {d} to life", "[let's get|get] {d} started", "{d} [may|can|should] [burn|run|work|go on] [now|again|]", "plug in {d}", "activate {d} [now|please|]", "put {d} to work", "give {d} [power|current|juice]"]
DARKENED = ["pull the plug on {d}", "[unplug|silence|quit] {d}", "[cut|take] the [power|current|juice] [to|from] {d}", "[put|send] {d} to [sleep|bed]", "give {d} a rest", "[enough|no more] of {d} [for today|for tonight|now]", "{d} can rest now", "that's it for {d} [today|]", "call it a day for {d}", "[say|bid] good night to {d}", "{d} [has|have] run long enough", "[i've had|we've had] enough of {d}", "make {d} stop", "{d} may go to sleep", "[i|we] won't be needing {d} [any more|tonight|again]", "disengage {d}", "{d} out [now|please]", "take {d} off the grid"]
TINTED = ["{d} {c}", "{d} {c}", "{d} [in|into|to] {c}", "{d}: {c}", "[turn|change|switch|make|shift] {d} [into|to] {c}", "[paint|colour|light|make|turn|bathe] {d} {c}", "[i'd|i would] [quite |really |]like {d} [turned|in|to be|to glow] {c}", "[i want|can i have|let's have|could we have] {d} [in |]{c}", "make {d} [glow|shine|go] {c}", "let {d} [shine|glow] [in |]{c}", "can {d} be {c}", "{c} for {d}", "{d} should [be|glow|shine] {c}", "{d} all {c}", "[turn|have|get] {d} {c}", "how about {c} for {d}", "i fancy {d} in {c}", "{c} light in the {r}: set {d} {c}", "[it's a party|she loves {c}|i'm in the mood for {c}], make {d} {c}", "[would it be possible to|can you] have {d} [in |]{c}", "{d} [turned|switched] to {c}"]
COLOURED = ["[change|set|switch|turn] {d}'s colo[u|]r to {c}", "[change|set|switch|turn] [the |]colo[u|]r of {d} [into|to|in] {c}", "colo[u|]r of {d} [to|into] {c}", "{d} colo[u|]r {c}", "{d} colo[u|]r to {c}", "[give|let] {d} [have |]the colo[u|]r {c}"]
NUMBERED = ["would it be possible to have {d} [a little|a bit|somewhat] [lower|higher|brighter|warmer|darker|quieter], say {x}", "[can we|could we|can i|i'd like to] have {d} [a bit|a little] [lower|higher|brighter|warmer|darker], [say|at|maybe] {x}", "{d} [dimmed|turned down|turned up|set|lowered|raised] to {x}", "[could|can] {d} be [kept|held|set|left] at {x}", "[could|can] {d} be kept at {x}? set {d} to {x}", "let's have the {r} at {x} on the {n}, i mean set {d} to {x}", "[volume|brightness|level|speed] of {d} to {y}, [hmm no just|no wait,|no,|sorry, i mean] [set|put] {d} to {x}", "{d} to {y}, [hmm no|no wait|no sorry|oh no], {x}", "set {d} to {y}, [no|sorry|i mean|oops] {x}", "{d} is [far |way |]too [bright|warm|loud|cold|fast|high], [set|put|turn] {d} to {x}", "[i was thinking|let's say|i'd say] {x} for {d}", "[get|bring|take] {d} [down|up] to [about|around|exactly|] {x}", "{d} wants to be at {x}", "have {d} [turned|set|put] to {x}", "{d} [on|at|to] {x}", "make it {x} for {d}"]
TWICE = ["[i|we|somebody] forgot {d}, [please |can you |could you |][turn|switch] {d} {s}", "{d} is [still |]{t} for no reason, [get rid of it, |][turn|switch|please turn] {s} {d}", "why is {d} still {t}[? |, | ][turn|switch] {d} {s}", "[i don't want|nobody wants|nobody needs] {d} {t} [any more|now], [turn|switch] {d} {s}", "{d} [is|has been] {t} [all day|since this morning|the whole night], [turn|switch] {s} {d}", "[i|we|someone] left {d} {t}, so [turn|switch] {d} {s} [please|quick|]", "what is {d} doing {t}? {d} {s}[!|]", "about {d}, [turn|switch] {d} {s}", "[i nearly forgot|oh dear|listen]: {d}! [turn|switch] {s} {d}", "{d} {s}, yes, i said {d} {s}", "{d} should be {s}, [so turn|please switch|turn] {d} {s}", "i see that {d} is {t}. please [turn|switch] {d} {s}"]
AGAIN = ["[i|we|somebody] forgot {d}, [please |can you |could you |]{v} {d}", "[i don't want|nobody wants] {d} {t} [any more|all night], {v} {d}", "{d} is [still |]{t}[, |. |? ]{v} {d} [please|]", "why is {d} still {t}[? |, | ]{v} {d}", "[i|we|someone] left {d} {t}, so {v} {d} [please|quick|]", "{d} [is|has been] {t} since this morning, {v} {d}", "about {d}, {v} {d}", "[oh dear|listen|i nearly forgot]: {d}! {v} {d}", "i see that {d} is {t}. please {v} {d}"]
FULLY = {"open": ["[i want|i'd like|get|have|put|bring] {d} all the way up", "{d} all the way [up|open]", "{d} [wide|fully] open", "[extend|unfold|roll out] {d}", "[ready for the barbecue|here comes the sun|it's morning]: [raise|open|roll up] {d}", "[up|up up] with {d}", "[can|could] {d} come up", "hoist {d}", "get {d} up"], "closed": ["[i want|i'd like|get|have|put|bring] {d} all the way down", "{d} all the way [down|shut|closed]", "{d} [fully|completely|properly] [shut|closed]", "[retract|fold up|roll in] {d}" , "[it's bedtime|the storm is here|night is falling]: [lower|close|roll down] {d}", "down with {d}", "[can|could] {d} come down", "get {d} [down|shut]", "[maybe |]get {d} down"]}
RUN = ["lights", "lamps", "fans", "heaters", "plugs", "speakers", "cameras", "appliances"]
FABRIC = [n for n in OPENED if n.split(" ")[-1] in "blind blinds shutter shutters curtains shades roller awning sunshade parasol louvres drapes Rollladen Jalousie".split()] + ["Markise", "Rolladen", "roller blind"]


def freer(r, alone=True):
    """A wish without a verb, with one of a rarer kind, or after a sentence that tells why; in the form of devices.request."""
    # Beside another wish a name alone would be a part of that one.
    k, place = r.random() if alone else r.uniform(0.17, 1), devices.room(r)
    fill = lambda form, **more: " ".join(pattern(r, re.sub(r"\{(\w)\}", lambda m: more[m.group(1)], form)).split())
    own = lambda nouns: (lambda n: (devices.article(r) + n, n))(devices.plain(r, nouns) if r.random() < 0.6 else devices.told(r, nouns))
    prop = None
    if k < 0.17:
        whys, nouns = r.choice(NEEDS)
        d, target = own(nouns.split(";"))
        form, state = (r.choice(BARE) if r.random() < 0.6 else r.choice(ALONE)), "on"
        said, kept = fill(form, d=target if r.random() < 0.6 else d, n=target, w=r.choice(whys.split(";")), r=place), []
    elif k < 0.34:
        state = r.choice(["on", "on", "off"])
        d, target = devices.some(r, SWITCHED, RUN) if r.random() < 0.6 else own(SWITCHED)
        said, kept = fill(r.choice(LIT if state == "on" else DARKENED), d=d), []
        if r.random() < 0.1:
            # A side stands last in the sentence only: a lamp left on is something else.
            d, target = own(SWITCHED)
            side = r.choice([" left", " right", " back", " front", " top"])
            said, target = r.choice(["turn ", "switch ", "please turn ", "can you switch "]) + state + " " + d + side, target + side
    elif k < 0.54:
        d, target = own(LIGHTS) if r.random() < 0.7 else devices.some(r, LIGHTS, ["lights", "lamps"])
        state = r.choice(COLOURS)
        if r.random() < 0.2:
            prop = "color"
        said, kept = fill(r.choice(COLOURED if prop else TINTED), d=d, c=state, r=place), []
    elif k < 0.69:
        n = r.choice(VALUED + DIMMED)
        d, target = own([n]) if r.random() < 0.5 else devices.some(r, [n], [n])
        other, state = (devices.number_value(r) if n in DIMMED else whole(r)[:2] + r.choice([" degrees", "°", " °C", "°C", ""]) for _ in range(2))
        said, kept = fill(r.choice(NUMBERED), d=d, x=state, y=other, n=n, r=place), [other, "volume", "speed", "level"]
    elif k < 0.8:
        state = r.choice(["on", "off", "off"])
        d, target = own(SWITCHED) if r.random() < 0.5 else single(r, SWITCHED)
        said, kept = fill(r.choice(TWICE), d=d, s=state, t=OTHER[state]), [OTHER[state]]
        if r.random() < 0.1:
            n = r.choice(["lights", "lamps"])
            target, state = place + " " + n, "off"
            said = r.choice(["lights out in the {r} please, turn the {d} off", "it should be dark in the {r}, turn off the {d}", "no more light in the {r}: {d} off"]).replace("{r}", place).replace("{d}", target)
    elif k < 0.9:
        state = r.choice(list(MOVED))
        d, target = single(r, LOCKED if state.endswith("locked") else OPENED)
        v = MOVED[state][0][0]
        said, kept = fill(r.choice(AGAIN), d=d, t=OTHER[state], v=v), [OTHER[state], v]
    else:
        state = r.choice(list(FULLY))
        d, target = own(FABRIC)
        said, kept = fill(r.choice(FULLY[state]), d=d), ["raise", "lower"]
    return said, [target, state] + kept, target, state, prop


def single(r, nouns):
    n = devices.name(r, nouns)
    return devices.article(r) + n, n


# What is said before a wish or after it; the wish stays whole.
LEADS = """[hi|hello|hey|hiya|good evening] [there, |]how are you[?|,| today?]
[good morning|morning|good evening|evening|good afternoon|hello again|hiya][!| everyone,| all,|,|.]
[ta for that|cheers|thanks for that|thanks a lot|lovely, thanks|great, thank you|perfect][.|!|,] [now|next|and|]
[bye bye|see you later|good night|night night|we're away][,|!|.]
[mum says|dad says|grandma says|he says|she says|the boss says|the kids say|they tell me] [it's bedtime|there's school tomorrow|we're wasting power|it's my turn|dinner's ready|it's far too late|she can't sleep][...|,|.|:] [fine,|ok,|so|]
[right|ok|okay|so|now then][,|] [film night|bath time|time for a brew|homework time|nap time|party time|story time|tea time|movie night][:|,|!| -]
[the guests are|granny is|the in-laws are|the plumber is|the kids are|my parents are|the postman is|friends are] [here|at the door|on the way|coming up the drive|early][, so|,|.|!|:]
[bit|a bit|rather|so] [gloomy|stuffy|chilly|dark|noisy|warm|damp] in here[, isn't it?|.|,|...]
[oh no|oops|blimey|goodness|heavens|argh|crikey|yikes|uh oh|hmm][,|!|...]
[so |]i've just [come in with the shopping|got in from work|sat down|got up|put the baby down at last] [and my hands are full|and i'm shattered|and it's late][,|.|:]
[i can't see what i'm doing|my back is killing me|the film's about to start|we're nearly out of the house|i'm halfway down the stairs|the baby just dropped off|it's like a desert in here|puss wants in|the match is on][,|, so|.|:]
[sorry|no][,|] [i said the left one|not that one|i meant the other one|wrong one|that's not what i asked][,|.|:]
[whatever your name is|dear assistant|dear computer|dear house|dear old thing][,|]
[quick one|one thing|two things|listen up|heads up][,|:]""".split("\n")
ENDINGS = """, [dinner|the stew|the washing|tea|supper|lunch]'s [done|ready|finished|over]
, it's [january|already june|nearly midnight|past ten|sunday|beeping|smoking|making a racket|so stuffy in here]
[ |, ]so [i|we|she|he|the baby|grandma] can [see|sleep|read|count|hear her|work|relax]
, [the film is over|nobody's watching|they've all gone|the tomatoes are cooking in there|i need to pop out|i'm soaked]
[ |, ][would you|will you|could you|if you'd be so kind|thank you|there's a love|if it's no bother]
, that would be [great|lovely|a great help|kind]
, [the kids|the guests|the cats|the neighbours] are [asleep|coming|here|complaining]
! [quickly|it's urgent|hurry|thanks so much|much obliged]
[ please| please,|,] it's [beeping|making a racket|too loud|so cold|getting late]
. [thank you|thank you so much|cheers|lovely|bless you|good|much appreciated]""".split("\n")


def chatted(r, said):
    """With what people say to it besides."""
    if r.random() < 0.65:
        lead = pattern(r, r.choice(LEADS))
        # A picture right before the wish could be a part of its name.
        said = (devices.picture(r) + " " if r.random() < 0.08 else "") + lead + " " + said
    ending = pattern(r, r.choice(ENDINGS))
    return said + (" " if ending[0].isalpha() else "") + ending if r.random() < 0.5 and said[-1].isalnum() else said


LOVED = "be a [love|star|darling|dear|pal|good lad] and "
SWITCHED_ON = ["[set|get|have] {d} [going|running|started]", "[i|we] could do with {d} [on|running]", LOVED + "[stick|pop|put|bung|whack] {d} on", "set {d} [going|running] [please|again|]", "[i'd|we'd] love {d} [on|running]", "[help me see|warm us up|cheer me up|make it cosy|make it nicer in here] by [switching|turning] on {d}", "{d} [needs|has] to be [running|going]", "get that {d} going"]
SWITCHED_OFF = ["[save some power|make it quiet|stop that noise|give me some peace|save me some money] by [switching|turning] off {d}", "[i|we] could do without {d}, [turn|switch] it off", "{d} [has|have] done [its|their] job, [turn|switch] [it|them] off", "off with {d}", "that's [enough|plenty] of {d}, off", "[cut|kill] the power to {d}", "[shut|power] {d} off", "make {d} stop[ please|]", "stop {d} [please|]"]
SWITCHED_SO = [LOVED + "[switch|turn] {s} {d}", "why don't you [switch|turn] {s} {d} [for me|for us|]", "why don't you [switch|turn] {d} {s}", "[i reckon|i suppose|i think|i'd say|i guess] {d} can [be switched|be turned|go|be] {s} [now|]", "{d} can be switched {s}", "{d} [needs|wants] [switching|turning] {s}", "{d} [needs|has|have] to go {s}", "{d}, {s}, [please|quickly|now|if you would]", "{d}, please, {s}", "[may|can|could|might] i have {d} {s} [now|for a bit|]", "[i'd love it|it would be lovely|i'd be happy|i'd be grateful] if {d} [was|were] {s}", "i need that you [put|switch|turn] {d} {s}", "{d}, [switch|turn|put] [that|it|them] {s} [please|for me|]", "{d}, can you [switch|turn] it {s} [please|]", "[high time|about time] {d} [was|went] {s}", "[make|get] {d} {s} please", "let's [have|get] {d} {s}", "[could|might] you see to {d} being {s}", "[the device|the thing|the one] [named|called] {n}: {s}", "[please |][switch|turn] {s} the [device|thing|one|gadget] [named|called|that is called] {n}", "i forgot {d}, {s} please", "[can|could] you get {d} {s} for [him|her|them|us|me]"]
# What is to come of it, and by what.
BY = {"open": "let the [hens|cat|dog|heat|smoke|steam] out;let some [air|light|sun] in;cool the place down;let the [cat|dog|delivery man] in;air the room", "closed": "keep the [rain|cold|heat|wasps] out;keep the cat in;give us some privacy;make it dark in here;stop the draught", "locked": "keep the [fox|burglars|dog|kids] out;keep everybody safe;make the house safe", "unlocked": "let my [son|mum|sister|friend] in;let the [cleaner|plumber|neighbour] in"}
MOVED_SO = [LOVED + "{v} {d}", "{d}, can you {v} [it|them] [please|for me|]", "[quick|hurry|fast], {d}, {v} it", "{d} [needs|wants] {g}", "[may|can] i have {d} {s}", "you [may|can] {v} {d} [now|]", "i'd prefer {d} {s}", "would it be possible to have {d} {s}", "[i reckon|i suppose|i think|i guess] {d} [can|could] be {s} [now|]", "why don't you {v} {d} [for me|]", "[is there any chance you could|can you|could you|please|would you kindly] {b} by {g} {d}", "{b} by {g} {d}", "{v} {d} to {b}", "{b}, {v} {d}", "get {d} {s}", "{d} {s} please", "{v} {d} for [the delivery guy|my son|the cat|us|the postman|me]", "{v} {d}", "{v} {d}", "{v} {d}"]
SET_SO = ["[set|put|turn|switch] {d} to {m}", "[set|put|turn] {d} on {m}", "{d} [to|on] {m}", "{d} on {m} [please|]", "[set|put|turn] {d} to {m} [please|for me|for her|]", "[can|could] you [set|put] {d} to {m}", "i want {d} on {m}", LOVED + "[put|set] {d} to {m}", "[i reckon|i think] {d} should be on {m}"]
TUNED = ["[tune|set|put|turn|switch] {d} to {x}", "{d} to {x}", "{d} on {x}", "[could|can] you [tune|put|set] {d} to {x}", "[tune|put] {d} [in to|on] {x}", "i [want|fancy|'d like] {d} on {x}"]
TAKEN = ["[take|bring|get|turn|pull|dim] {d} [down|up] to {x}", "[take|bring|set|put|turn|move|change] {d} to {x}", "{d} [down|up|] to {x}", "{d} at {x}", LOVED + "[turn|take] {d} [down|up] to {x}", "let's [get|have] {d} [up to|down to|at] {x}", "i'd like {d} [at|up to|down to] {x}", "[bump|crank|knock|nudge] {d} [up|down] to {x}", "{d} wants to be {x}"]


def own(r, nouns):
    """A name of two or three words that stay together, or a usual one, with the word before it."""
    k = r.random()
    whole_names = [n for n in nouns if " " in n]
    n = r.choice(whole_names) if k < 0.45 and whole_names else devices.plain(r, nouns) if k < 0.8 else r.choice(nouns) + " " + devices.where(r) if k < 0.93 or nouns is not SWITCHED else r.choice(nouns) + " " + r.choice(TAILS)
    if r.random() < 0.08 and "'s " not in n:
        n = r.choice(["Grandpa", "Grandma", "Mum", "daughter", "son", "husband", "mother-in-law", "Tom", "Mia", "neighbour"]) + "'s " + n
        return ("my " if n[0].islower() else "") + n, n
    return devices.pointed(r, n) + n, n


def row(r, nouns):
    """Some things with one word for all of them."""
    names = [own(r, nouns) for _ in range(r.choice([2, 2, 3, 3, 4]))]
    rest = [d for d, _ in names[1:]]
    rest = ", ".join([names[0][1]] + rest[:-1]) + r.choice([" and ", " and ", ", and "]) + rest[-1]
    return names[0][0][: len(names[0][0]) - len(names[0][1])] + rest, rest


def lived(r):
    """A wish as it is said at home; in the form of devices.request."""
    k = r.random()
    fill = lambda forms, **more: " ".join(pattern(r, re.sub(r"\{(\w)\}", lambda m: more[m.group(1)], r.choice(forms))).split())
    kept = []
    if k < 0.46:
        s = r.choice(["on", "off"])
        d, target = own(r, SWITCHED) if r.random() < 0.92 else row(r, SWITCHED)
        forms = SWITCHED_SO if r.random() < 0.65 else SWITCHED_ON if s == "on" else SWITCHED_OFF
        form = r.choice(forms)
        d = target if "that {d}" in form else d
        said = fill([form], d=d, n=target, s=s)
    elif k < 0.72:
        s = r.choice(list(MOVED))
        v, g = r.choice([p for p in MOVED[s] if " " not in p[0] and p[0] != "secure"])
        d, target = own(r, LOCKED if s.endswith("locked") else OPENED)
        said = fill(MOVED_SO, d=d, v=v, g=g, s=s, b=r.choice(BY[s].split(";")))
        kept = [v, g]
    elif k < 0.84:
        s = r.choice(MODES)
        d, target = own(r, VALUED + SWITCHED + DIMMED)
        said = fill(SET_SO, d=d, m=s)
    elif k < 0.89:
        s = f"{r.randint(87, 107)}.{r.randint(0, 9)}" + r.choice([" FM", " FM", " fm", "FM", " MHz", ""]) if r.random() < 0.8 else f"{r.randint(50, 160)}0" + r.choice([" AM", " kHz", " am"])
        d, target = own(r, RADIOS)
        said = fill(TUNED, d=d, x=s).replace("i 'd", "i'd")
    else:
        s = devices.in_words(r) if r.random() < 0.6 else amount(r)
        d, target = own(r, DIMMED + VALUED + ["under-cabinet lights", "hot tub", "sauna", "spots", "mood light", "soundbar", "blinds"])
        if r.random() < 0.06:
            d, target = own(r, ["freezer", "fridge", "chest freezer", "cold store", "wine cellar"])
            s = r.choice(["-", "-", "minus "]) + str(r.randint(1, 30)) + r.choice([" degrees", "°", " °C", "", " degrees"])
        said = fill(TAKEN, d=d, x=s)
    return said, [target, s] + kept + re.findall(r"\w+", said) * (r.random() < 0.5), target, s, None


ASKING = ["[before i drive off|before i go to bed|just before we leave|quick check|one thing|last question|quick q|before i forget]: {b} {d} {s}", "[have|has] [{w}|{w}|anyone|someone] left {d} {s} [again|by any chance|overnight|all day|]", "[i'm lying in bed already|i'm at work|we're halfway to the airport|i'm on the bus] and [i keep wondering|i can't stop thinking about|i'd like to know] whether {d} [got|was] {p}, [can you see|could you check|do you know]", "just want to know if {d}'s {s}", "i'd be grateful to know [if|whether] {d} {b} {s}", "can you [check|look at] {d} for me, {b} {i} {s}", "tell me about {d}, {b} {i} {s}", "{b} {d} {s}? i can't [hear anything|see from here|remember|tell]", "{d} {b} {i} {s}", "remind me, {q} {d} left {s}", "{d}, [did|have] i [left|leave] it {s}", "any idea [if|whether] {d} {b} {s}", "please look whether {d} {b} {s}", "i can't remember, {b} {d} {s}", "[did|has] {w} [leave|left] {d} {s}", "{b} {d} {s} or did i dream that", "you don't happen to know [if|whether] {d} {b} {s}", "{s} or {t}: {d}?", "{d} - {s}?", "{d}, {s}, yes or no"]
READ = ["what does {d} [say|read|show]", "[what does|what's] {d} in the {r} [say|showing]", "[give me|get me|can i get|i'd like|i need] a reading [from|of|off] {d}", "check {d}", "check {d} [please|for me|quickly|would you|]", "check on {d} [please|for me|]", "{h}{d} [saying|showing|reading] [now|]", "does {d} [see|say|show|detect|notice] anything", "{h}{d} at", "what's going on with {d}", "how is the state [of|from] {d}", "i'd be grateful to know what {d} [reads|says|shows]", "tell me what {d} [says|reads|shows]", "{d}, what's it [saying|showing|at]", "any reading from {d}", "status of {d}", "{d} status", "{d} temp", "temp of {d}", "{d} reading", "i hear a [humming|rattling|buzzing|dripping|beeping] noise, {b} {d} [running|going]", "{b} {d} still [running|going|at it], if you'd check", "{d}?", "show me the state of {d}", "would you check on {d}", "what's {d}'s status", "look at {d} [for me|please|]", "has {d} finished yet", "{b} {d} done yet", "{d} {b} {i} already [hot|warm|full|ready]", "how [warm|hot|full|cold] {b} {d}", "any [news|word] from {d}", "what's with {d}"]


def doubted(r):
    """A question as it is asked at home; in the form of devices.question."""
    w = r.choice(["the kids", "my son", "my wife", "the cleaner", "he", "she", "they", "mum", "dad", "we", "i", "the neighbours"])
    fill = lambda form, **more: " ".join(pattern(r, re.sub(r"\{(\w)\}", lambda m: more[m.group(1)], form)).split())
    many = lambda n: n.split(" ")[-1].lower() in devices.MANY
    if r.random() < 0.5:
        s = r.choice(["on", "off", "on", "off", "open", "closed", "locked", "unlocked"])
        nouns = SWITCHED if s in ("on", "off") else OPENED if s in ("open", "closed") else LOCKED
        d, target = own(r, nouns)
        if r.random() < 0.07:
            (d, target), many = row(r, nouns), lambda n: True
        past = {"on": "switched on", "off": "[switched|turned] off", "open": "opened"}.get(s, s)
        form = r.choice(ASKING)
        form = form.replace("[have|has]", "have" if w in ("the kids", "they", "we", "i", "the neighbours") and "{w}" in form else "has").replace("{w}|{w}|anyone|someone", w)
        form = form.replace("[did|has] {w} [leave|left]", r.choice(["did {w} leave", ("have" if w in ("the kids", "they", "we", "i", "the neighbours") else "has") + " {w} left"])).replace("[did|have] i [left|leave]", r.choice(["did i leave", "have i left"]))
        said = fill(form, d=d, s=s, t=OTHER[s], b="are" if many(target) else "is", i="they" if many(target) else "it", q="were" if many(target) else "was", w=w, p=past)
        return said, [target, s, OTHER[s]], target, s
    nouns = SENSORS + SENSORS + SWITCHED + VALUED
    d, target = own(r, nouns)
    form = r.choice(READ)
    if " in the {r}" in form:
        target = r.choice(SENSORS) + " in the " + devices.room(r)
        d, form = "the " + target, form.replace(" in the {r}", "")
    h = r.choice(["what are ", "what're "]) if many(target) else r.choice(["what's ", "whats ", "what is "])
    return fill(form.replace("[what does|what's] {d} [say|showing]", r.choice(["what does {d} say", "what's {d} showing"])), d=d, h=h, b="are" if many(target) else "is", i="they" if many(target) else "it"), [target], target, None
