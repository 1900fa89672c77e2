"""What is asked for in a word of what was spoken of before: it, the same, and another thing beside."""
import re

from devices import PREFIX, VERBS, brief, call, number_value, some, value, with_reason
from text import dressed, pattern, whole
from words import COLOURS, DIMMED, OPENED, SWITCHED

IT_FIRST = {"on": "[turn|switch|put] [it|them] [back |]on", "off": "[[turn|switch|put] [it|them] [back |]off|kill it|stop it]", "open": "open [it|them] [again|up|]", "closed": "[close|shut] it [again|]", "locked": "lock it [up |]", "unlocked": "unlock it [again|]"}


def besides(r, target):
    """A wish for what was spoken of and one for another thing."""
    s, (other, n, t) = r.choice(list(IT_FIRST)), brief(r)
    said = pattern(r, IT_FIRST[s]) + r.choice([" and ", ", and ", " and then ", ", then ", ". ", ", "]) + other
    return dressed(r, said, [".", "!", ""], [s, n, t]), [call("world_model__command", target=target, state=s), call("world_model__command", target=n, state=t)]


SAME = ["[the same|same|same thing|do the same|the same thing|same again|now the same|do that] [for|with|to] {d}", "[and|also|now also|then also|now|and also] {d} [too|as well|also|]", "{d} [too|as well|also]", "[and|now] the same for {d}", "[do|now do] {d} [too|as well|next]", "[likewise|ditto|same] for {d}", "and {d}"]


def same(r):
    """The last wish again, for another device."""
    d, target = some(r, SWITCHED + DIMMED + OPENED)
    return dressed(r, pattern(r, r.choice(SAME)).replace("{d}", d), [".", "!", "", "?"], [target]), target


IT_SWITCH = ["[turn|switch|put] [it|them|that|this] {s} [again|now|]", "[turn|switch] {s} [it|that one|that]", "[now|and now|ok now|then] [turn|switch] [it|them|that] {s} [again|]", "{s} again", "[make|set|get] it {s}", "[back|turn it back|switch it back] {s}", "[can|could|would] you [turn|switch|put] [it|that|that one] {s} [again|]", "i want it {s}", "{s} [now|please|again]", "and {s} again", "[actually|no], [turn|switch] it {s}", "i changed my mind, [turn|switch] it {s}", "[it|that] should be {s}", "the same one {s}", "[never mind|sorry|oops|oh no|wait|stop|hmm], [turn|switch] [it|that] [back |]{s}", "[is it possible to|would you mind|i'd like you to|i want you to|why don't you|please] [turn|switch] it {s}", "[leave|keep|have|get] [it|them] {s}", "{s} with [it|that]", "[it is|it's] [too bright|too loud|late|cold|not needed], [turn|switch] it {s}", "[i don't need it any more|enough|that's enough|i am done with it], [turn|switch] it {s}", "[turn|switch] {s} the [same|last] one"]
IT_SET = ["[set|put|turn|change|bring|dim] [it|that|them] to {x}", "[now|and now|then|make it|and] [to|at|] {x}", "make it {x}", "[can|could] you [set|put|turn] it to {x}", "[actually|no], {x}", "{x} [is better|would be better|instead]", "i'd like it at {x}", "[a bit|too] [brighter|warmer|louder|bright|dark|loud|cold|much], {x}", "[can we have|let's have|i want|give me] it at {x}", "[up|down] to {x}", "[it is|it's] too [bright|warm|loud|dark|cold|dim], [make it|set it to|put it at] {x}", "[bring|turn|crank|dim] it [up|down] to {x} [please|now|]"]
IT_OPEN = ["{v} [it|them|that] [again|now|]", "[now|and now|then] {v} it [again|]", "[can|could|would] you {v} [it|that one] [again|]", "{v} again", "i want it {p}", "[actually|no], {v} it"]
IT_ASK = ["[is|are] [it|they|that] {s}", "[is it|are they] {s} [now|still|already]", "[what is|what's] [its|the] [state|status]", "[check|look at] it [again|]", "and [is it|are they] {s} now", "how is it now", "did it work", "is it really {s}", "what about now", "and now", "[did|has] [it|that] [change|changed|happen|happened]", "[tell me|check|do you know] [if|whether] [it is|it's|they are] {s}", "[is|are] [it|they] [still|really|actually|already] {s}", "[how|what] is [its|the] [value|level|setting|status]", "[so|and] is it {s}", "what is it [at|set to] [now|]"]

IT_SWITCH += ["that one can go {s} [again|]", "[would you|could you|please] [turn|switch] [those|these|them both|both] {s}", "[turn|switch] [those|these|both|both of them] {s}", "[no, |]the other way: [turn|switch] it {s}", "[well|so|right|ok], [turn|switch] it {s} [then|quick|]", "need it {s} after all", "let's have it {s} again", "put it {s}", "{s} it goes", "it can [go|stay|be] {s}", "[turn|switch] em {s}", "the other way round, {s}", "should have been {s}", "i meant {s}", "hmm, better {s}"]
IT_SET += ["[hmm |oh |no, |]make that {x}", "put it on {x}", "[need|want] [a bit|some|a little] [more light|less light|more|less|warmer], [put|set|make] it [on|to|at] {x}", "better {x}", "i meant {x}", "[hmm|no|sorry], {x}", "try {x}", "no, {x}", "or rather {x}", "say {x}", "change that to {x}", "{x} would be enough", "{x} should do"]
IT_OPEN += ["[well |so |then |ok ]{v} it", "{v} [those|them both|both] [please|again|]", "{v} em", "[could you|would you] {v} [those|it for me|that one]", "it can be {p} [again|now]", "let's {v} it"]

IT_SWITCH += ["[i want|i need|i'd like] it back {s}", "[ok|right|fine], {s} with it again", "have it {s} [tonight|until i'm back|for now|a while longer]", "it can be {s} [now|tonight|again]", "[is there a way to|could we|shall we] [get|have] it {s}"]
IT_OFF = ["[actually |ok, |]i don't need [that|it|that one|that last one|the last one] [any more|after all|now|], [switch|turn] it off", "[i've changed my mind|that was a mistake|oops], [kill|stop] it", "enough of that, off", "[kill|stop|cut] [it|that one|that last one]", "[shut|power] it down [again|please|]", "pull the plug on it"]
IT_SET += ["[i'd|i would] prefer it [in|at] {x}", "i'd rather have it [in|at] {x}", "try it [in|at|with] {x}", "[how about|what about] {x} instead", "[could it be|can it be|let it be] {x}", "turn it into {x}"]
IT_ASK += ["has it [finished|stopped|started|come on|gone off] [by now|yet|already|]", "is it [done|finished|ready] [by now|yet|already|]", "[can you|could you|please|] double check [it's|it is|that it's] [really |]{s}", "[just checking|i'm not sure any more|one more time], is it {s}", "are you sure [it's|it is|they are] {s}", "[did|have] you really [do|done] [it|that]", "[can you|could you] make sure for me, is it [really |]{s}", "how long does it still take", "is it [still |]{s}, do you think", "and is that one {s}"]


# What comes before a wish for the thing that was spoken of: it is told by the little word alone, whatever else is named.
MOOD = ["[ok|okay|right|well|yikes|oh dear|ohh thank god i asked|oops|hmm|uh oh|good|fine|ah],", "[mum|grandma|grandad|the baby|my wife|the dog|my son|she|he]'s [cold|asleep|tired|outside|waiting|scared|hot|reading|working|bored],", "[on second thoughts|second thoughts|come to think of it|on reflection|actually|having said that|never mind][,|] [leave me in the dark,|i can manage without,|i'm fine as i am,|let's not waste it,|]", "i fancy [some sunshine|a bit of peace|fresh air|a nap|some music|a cosy evening],", "[sorry|pardon], i'm still [reading|watching|working|using it|in there|awake].", "[there is coming a storm|there's a storm coming|the rain has stopped|it's getting late|the guests have gone|the sun's gone|got my rake|the parcel is here|we're leaving now|the soup is done],", "[they've|it's] been [like that|going|that way] [long enough|all day|for hours],", "too [bright|loud|cold|warm|stuffy|dark],", "[i don't|don't|do not] [like|want|need] [the look|it like that|it that way],", "[my|the] [son|cleaner|neighbour|friend|plumber|sister] is [here|outside|at the gate],", "[there's nothing worth watching|nobody is in there|that was the last load|i've finished cooking|dinner's done],"]
ON_SAID = {
    "on": ["[well |so |then |]get [it|that|them] going [then|again|please|]", "[set|get] it [going|running|started] [again|]", "put [it|them|those] [back |]on [for [her|him|me|us]|]", "[fire|start] it up [again|]", "[turn|switch|put] [it|them] back on", "bring it back [to life|]", "let it run [again|]", "[would|could] you [put|switch] it on for [her|him|me|us|them]"],
    "off": ["[ok |just |]kill [it|them|that]", "off with [it|them]", "[could|can|would] you stop [that one|it|that]", "[turn|switch|shut] [it|that thing|that|em|them|those] off", "[turn|switch|put] [it|them] back off", "that will do, off", "[shut|power] [it|that thing] down", "switch it back off", "[turn|switch] the thing off"],
    "open": ["[can|could] you open [them|it|those]", "open [those|these|it|that] [for [her|him|me|us]|]", "[open|crack] it open", "[pull|roll] [it|them] [back |]up [again|]", "open [it|them] [back |]up"], "closed": ["[shut|close] [it|them|those|that] [fast|quick|again|tight|then|for [her|him|me|us]|]", "[please|can you|could you] [close|shut] [it|them] [fast|again|]", "get it shut", "[pull|roll] [it|them] [back |]down [again|]"],
    "locked": ["lock [that|it|them] [up |][again|properly|then|for me|]", "u can lock it [up |]again", "[get it|have it|i want it] locked", "bolt it"], "unlocked": ["unlock [it|that|them] for [her|him|me|us|them]", "[can|could] you unlock [it|them]", "unlock [it|that] again"],
}
ON_SET = ["change it to [that, |]{x}", "{x} would be [nicer|better|plenty|right] [for it|]", "the recipe says {x}, [change|set|turn] it [to that|]", "make it {x} instead", "[and now |now |]make [it|them] {x}", "[dim|turn|bring|take|put] [it|them] [down |up |][to|to about] {x}", "a bit [more|less|higher|lower], [put|turn|set] it [on|to|at] {x}", "[they|she|he|the label] [said|says] {x}, [so |]put it [to|on|at] that", "{x} [for it|will do|then]", "set [it|them|that one] [to|at] {x}"]
ON_ASKED = ["is it [really|actually] [running|{s}|working]", "did it [actually|really] [close|open|stop|start|work|do it]", "check it [once more|again|one more time] [please|for me|]", "[have|take] another look [at it|]", "[look|check|ask] again", "check [again|it]", "can you check [it|that|them] [again|for me|]", "is it still [{s}|like that|running|going]", "[what's|what is] it [doing|saying|at] now", "tell me [again|once more] how it is", "are they [all |]{s}", "did [they|it] go {s}", "[so |and |]how's it now", "one more check please, is it {s}"]


def onward(r):
    """A wish or a question for the thing that was spoken of, as (said, kind, state, kept words)."""
    k = r.random()
    if k < 0.25:
        s = r.choice(list(ON_SAID))
        form = pattern(r, r.choice(ON_ASKED)).replace("{s}", s)
        return form, "query", s if s in re.findall(r"\w+", form) else None, [s]
    if k < 0.45:
        # A colour that is nicer, a heat that the recipe wants.
        form, x = r.choice(ON_SET), r.choice([r.choice(COLOURS), value(r), number_value(r), whole(r)[:3] + r.choice([" degrees", "°", ""])])
        said, s = pattern(r, form).replace("{x}", x), x
    else:
        s = r.choice(["on", "on", "off", "off", "open", "closed", "locked", "unlocked"])
        said = pattern(r, r.choice(ON_SAID[s]))
    mood = pattern(r, r.choice(MOOD)) + " " if r.random() < 0.45 else ""
    return mood + said, "command", s, [s] + re.findall(r"\w+", said)


def follow(r, target):
    """A request that leaves the device's name to what was said before."""
    first = target.split(" ")[0]
    if r.random() < 0.05 and first in PREFIX and " " in target and "," not in target and " and " not in target:
        k, s = r.random(), r.choice(["on", "off"])
        if k < 0.5:
            return dressed(r, pattern(r, r.choice(["[turn|switch] {s} the {f} one", "[turn|switch] the {f} one {s} [again|]", "the {f} one {s}"])).replace("{s}", s).replace("{f}", first), [".", "!", ""], [s, first]), "command", s
        v, s = r.choice(VERBS)
        return dressed(r, pattern(r, r.choice(["{v} the {f} one [again|, sorry|]", "[can|could] you {v} the {f} one"])).replace("{v}", v).replace("{f}", first), [".", ""], [v, first]), "command", s
    if r.random() < 0.28:
        said, what, s, kept = onward(r)
        return dressed(r, said, ["?", "?", ""] if what == "query" else [".", "!", ""], kept), what, s
    if r.random() < 0.04:
        return dressed(r, pattern(r, r.choice(IT_OFF)), [".", "!", ""], ["off"]), "command", "off"
    k = r.random()
    because = (lambda said: with_reason(r, said)) if r.random() < 0.3 else (lambda said: said)
    if k < 0.4:
        s = r.choice(["on", "off"])
        return dressed(r, because(pattern(r, r.choice(IT_SWITCH)).replace("{s}", s)), [".", "!", ""], [s]), "command", s
    if k < 0.58:
        x = value(r)
        return dressed(r, because(pattern(r, r.choice(IT_SET)).replace("{x}", x)), [".", ""], [x]), "command", x
    if k < 0.75:
        v, s = r.choice(VERBS)
        return dressed(r, because(pattern(r, r.choice(IT_OPEN)).replace("{v}", v).replace("{p}", s)), [".", ""], [v, s]), "command", s
    s = r.choice(["on", "off", "open", "closed", "locked", "unlocked"])
    form = pattern(r, r.choice(IT_ASK)).replace("{s}", s)
    return dressed(r, form, ["?", "?", ""], [s]), "query", s if s in re.findall(r"\w+", form) else None
