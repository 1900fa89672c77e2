"""Tools that nobody has seen: names, descriptions and requests that fit them, so that the list is read and not remembered."""
import re
from collections import Counter

from text import number, pattern, spoken, whole, word
from toolkinds import EVERYDAY, FAMILIES, KINDS
from words import PEOPLE, PLACES, ROOMS, TOPICS

THINGS = """milk;oat milk;bread;brown rice;olive oil;coffee;tomatoes;dark chocolate;toilet paper;batteries;apple juice;nginx;postgres;docker;backup;web01;db server;alpha;raspberry;green tea;morning;movie night;party;
dinner;chess;guitar;calculator;dragon;serendipity;ubiquitous;leo;virgo;lasagna;chicken soup;apple pie;arsenal;real madrid;giants;headphones;bicycle;running shoes;laptop;summer hits;focus;Luigi's;garden;attic sensor""".replace("\n", "").split(";")
# What people say, write down and listen to, so that a copy has ordinary words in it.
PHRASES = """i am late;i'm late;i will be late;dinner is ready;call me back;i love you;happy birthday;see you at six;the train is late;i am on my way;we are out of milk;please come home;good luck;the meeting is at noon;i forgot my keys;don't wait for me;bring some bread;
we won the game;the kids are asleep;i'll be there soon;it is raining;thank you for the flowers;the party starts at eight;we need to talk;pick up the kids;water the plants;pay the rent;book the flights;call the dentist;buy a present for mum;feed the neighbours' cat;clean the windows;
take out the trash;fix the bike;wash the car;send the invoice;the dark side of the moon;bohemian rhapsody;yellow submarine;some jazz;something by the beatles;stairway to heaven;a day in the life;the four seasons;hey jude;back in black;the sound of silence;smooth criminal;
life is good;the quick brown fox;all is well that ends well;to be or not to be;the door was open;it was a dark night;once upon a time;the answer is no;how to grow tomatoes;cheap flights to rome;best pizza in town;how tall is the tower;the history of tea;who won the cup;
the printer is broken;login does not work;the page is slow;broken link on the start page;lunch with anna;dentist;piano lesson;team meeting;a trip to the sea;the lord of the rings;star wars;the third man""".replace("\n", "").split(";")
COLOUR = "blue red big small first last old new".split()

STREETS = "Street Road Lane Avenue Square Close Hill Way Station Bridge Park Gate".split()
OURS = "grandpa;grandma;mum;dad;my wife;my husband;my boss;my sister;my brother;my daughter;the plumber;the vet;the office;uncle {N};aunt {N};doctor {N};Mr {N};Mrs {N};my friend {N};{N} {N};Karen;Joe;Sven;Priya".split(";")
EVENTS = "dentist;haircut;piano lesson;parents' evening;lunch with {N};dinner at {N}'s;team meeting;yoga;football practice;{N}'s birthday;job interview;car service;school trip;wedding;vet;eye test;choir;date with {N};{w} meeting;trip to {p}".split(";")
TASKS = "take out the [laundry|bins|rubbish|cake|dog];[call|ring|pay|visit|write to|pick up] [{N}|the plumber|the {w}|grandma|my sister];[buy|order|return|fix|clean|wash|post] [the|some|my] [{W}|{w}|letters|car|bike];take my [pills|{Y}];feed the {g};water the [plants|{b}];book [the flights|a table|{e}];[close|open|lock] the [gate|window|shed];turn off the [oven|iron|{w}];go to the [gym|bank|doctor|{w}];defrost the {w}".split(";")
MESSAGES = "[the|my] [keys|shoes|papers|tickets|{w}] [are|were] [under the mat|in the car|on the table|at {N}'s|lost|in the {r}];[dinner|lunch|tea|breakfast|the {w}] is [ready|on the table|late|at {j}|cold];[i'm|i am|we're|we are] [running late|on our way|at the {w}|stuck in traffic|in {p}|home at {j}|leaving now|outside];running late;the [wifi|alarm|door|guest] [code|password] is {x};the [meeting|party|{w}] is [at {j}|cancelled|moved to {d}|on {d}];[please |][call me back|bring some {W}|come home|wait for me|pick up {N}];[happy birthday|good luck|get well soon|congratulations|sorry|thank you for the {W}];[the [car|{w}] needs|we need|{N} wants] [new tyres|{W}|more {w}];{N} [is|was] [ill|here|at school|not coming|born in {p}];[i|we] [love you|will be late|can't come|found the {w}|sold the {w}];the film starts at {j};[the light in the {r} is broken|the door was open|someone left the window open|it is time to go]".split(";")
SONGS = "[The |]{x1} {x1};{x1} of the {x1};{x1};Bohemian Rhapsody;Let It Be;Thriller;Abba;the Rolling Stones;some [jazz|rock|reggae|{w}];[classical|calm|sad|christmas] music;my [{w}|party|sleep] playlist;something [by {x1}|quiet];{N} {N}".split(";")
ABOUT = "Battle of {x1};history of {x1};{x1} war;Roman Empire;French Revolution;moon landing;{x1} river;{w} election;Great Fire of {p};Berlin Wall;{x1} dynasty;football;{w};{x1} Cup;theory of {w}".split(";")
UNITS = "miles kilometres metres feet inches centimetres pounds kilos grams ounces litres gallons pints cups yards stones celsius fahrenheit".split()
HOURS = "half past {h1};quarter past {h1};quarter to {h1};{h1} o'clock;{h1};noon;midnight;ten to {h1}".split(";")
CHOSEN = {
    "W": "milk;oat milk;butter;eggs;brown bread;olive oil;tomatoes;toilet paper;dog food;{w};{w} {w};a bag of {w};two packs of {w};cat litter;washing powder;light bulbs;batteries;apples and pears;frozen peas;{k} eggs", "Z": "margherita;hawaii;salami;tuna;four cheese;{w};pepperoni;quattro stagioni;spinach", "z": "large;small;medium;huge;family", "G": "Luigi's;the {x1};{x1};Chez {N};{N}'s;the golden {w};Casa {x1};the {x1} Inn",
    "g": "cat;dog;hamster;rabbit;parrot;fish;kitten;{w};guinea pig;tortoise;chickens", "b": "rose bed;lawn;tomatoes;hedge;herb garden;back yard;front lawn;vegetable patch;{w} bed;flower pots;{w}s;orchard;strawberries", "V": "wool;cotton;quick;eco;delicates;{k} degrees;{w};dark colours;silk", "Y": "ibuprofen;aspirin;insulin;vitamin d;blood pressure pill;{w};{w} drops;antibiotics;iron tablets;{w} syrup",
    "B": "good evening;good morning;thank you;where is the station;how much is it;i love you;the bill please;cheese;{w};i am lost;see you tomorrow;open the door;my name is {N};happy birthday;turn left;one beer please", "R": "Radio {x1};{x1} FM;BBC {k};Radio {k};Classic {x1};Kiss {k};Jazz {x1};Radio Paradise", "C": "dollars;euros;yen;pounds;francs;rubles;pesos;rupees;kroner;zloty;USD;EUR;GBP;CHF", "d": "[Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday];[next |][monday|tuesday|thursday|friday|sunday];tomorrow;today;{k1} [January|February|March|April|May|June|July|August|October|December];[march|may|june|september|november] {k1};the {k1}th;[next week|tonight|this weekend]",
}

# Values of the everyday wishes, with units as they are said; some of each are invented so that they are copied and not remembered.
SOME = {
    "I": "{k} minutes;{k} minutes;{k} min;{k} mins;{k} seconds;an hour;half an hour;{y} hours;an hour and a half;{y} and a half minutes;a quarter of an hour;{h1} minutes;three quarters of an hour;a minute;{k0}m;90 minutes;2h", "F": "{k} grams;{k} g;{k0}0 grams;{k0}g;{y} scoops;one scoop;half a cup;a handful;half a tin;two cups;{y} spoons;a portion;half a bowl;{y} ounces", "F1": "{k0}0 ml;{k} ml;a glass;two glasses;half a litre;a litre;{y} cups;a pint;a bottle;1.5 litres;0.{y0} litres;{y} glasses;{k0}0 millilitres",
    "E": "{y} km;{k} km;{y} miles;two kilometres;{y0}.5 km;{k0}00 metres;half a mile;3.{y0} miles;{y} kilometres;a mile;{y0}k", "X": "{k0}.{y0} kg;{k} kilos;{k} kg;1{k0} pounds;{k0}.5 kilos;{y} stone;{k0}.{y0}kg;{k} pounds", "K": "{k} euros;{k} {C};{k0}.50 euros;{k} pounds;£{k0};{k} dollars;${k0};€{k0};{k} quid;{k0}0 {C};{h1} hundred {C}", "K1": "{k};{k0}.50;{k0}.{k1};{k} euros;{k} pounds;£{k0};{k0}.20 {C};${k0};{k} quid;{k0}.99", "P": "{k0}%;{k} percent;80%;90%;{k0}0%;{k} per cent;half;full;seventy percent", "H": "{k} degrees;1{k0} degrees;2{k1} degrees;{k0} °C;{k0}°;{k0}C;gas mark {y};{k} degrees celsius;{h1} degrees;2{k1};180;200;220 °C",
    "i": "Nina Simone;the {x1} Brothers;{x1} {x1};{N} {x1};DJ {x1};The {x1}s;{x1};the [Rolling|Flying|Dancing|Silver] [Stones|Foxes|{x1}s|Teacups];Miles Davis;Bob Marley;Adele;Queen;Ella {x1};the {x1} Quartet;{x1} and the [Wolves|Girls|{x1}s];Taylor {x1};Johann {x1};Joni Mitchell;Oasis;Coldplay;Mozart;Beethoven;Chopin",
    "i1": "[The |][Daily|Morning|Great|Night|Secret|Friday|Weekly|Village|Little] [Bean|Bake|Garden|Kitchen|Hour|Detective|Market|Hospital|{x1}|Show];[Match|News|Question|Strictly|Planet|Call the] [Night|Dancing|{x1}|Time|Earth|Midwife];{x1};The {x1} [Show|Files|Report|Podcast|Tapes];{x1} [Street|Road|Off|Hour];[Gardeners|{x1}s] [at Work|World|Tonight];the {x1} final;{x1} and {x1};Casualty;Poldark;Jeopardy;The Archers;Sherlock",
    "i2": "[The |The |][Ugly|Secret|Little|Golden|Lost|Old|Snow|Silver|Brave|Sleeping|Red|Last] [Duckling|Garden|Mermaid|Queen|Prince|Bear|House|Island|Train|Beauty|{x1}|Giant|Fox];{x1} and the [Beanstalk|Wolf|Dragon|{x1}|Three Bears];[Jane|Oliver|Emma|{N}] [Eyre|Twist|{x1}];{x1};The [Lord|House|Wind|King|Return] of the [{x1}|Rings|Winds|Sea];[Wind in the Willows|War and Peace|Treasure Island|Peter Pan|Pinocchio|Cinderella|Frozen|Dune|Amelie|Heidi];A [Tale|Night|Day] of [Two Cities|{x1}|Fire];{x1} [Park|Returns|Two|3]",
    "i3": "[Dancing|Purple|Yellow|Hotel|Blue|Sweet|Ruby|Sweet] [Queen|Rain|{x1}|California|Moon|Caroline|Tuesday|Shoes];{x1};{x1} [Road|Love|Nights|Blues];[Imagine|Hello|Yesterday|Africa|Waterloo|Zombie|Jolene];[I|We] [Want|Love|Will Follow|Remember] {x1};The [Sound|Power|Boys] of [Silence|{x1}|Summer];My {x1};[Born|Walking] [to Run|on {x1}|in the Rain]", "i4": "BBC [One|Two|Four|{x1}];Channel [4|5|{k}];ITV;Sky [News|Sports|{x1}];{x1} TV;CNN;Arte;Eurosport;the {x1} channel;the sports channel;the kids channel;{x1} [Plus|One|24];Film4;MTV;RTL;the news channel", "i5": "[Cosy|Movie|Summer|Late|Quiet|Warm|Party|Sunday|Deep] [Evening|Night|Morning|Dinner|{x1}|Reading|Sleep];{x1};romantic dinner;[goodnight|reading|focus|breakfast|cinema|relax];{w0} {w0};[candle|fire|sunset] light",
    "R1": "Jazz FM;BBC Radio {y};{x1} FM;Radio {x1};Classic FM;Capital;Heart;Kiss FM;{x1} Radio;Radio {k};Smooth {x1};Absolute {x1};LBC;Planet Rock;Virgin Radio;{k0}.{y0} FM;Bayern 3;the {x1} station", "N1": "Biscuit;Whiskers;Rex;Bella;Fluffy;Mittens;Felix;Luna;Max;{x1};{x1};{x1};Minka;Bruno;the cat;the dog;the rabbit;Socks;Ginger;Shadow;Pepper;Lady {x1};Mr {x1};the kitten;Coco", "o1": "[Anna|Lena|Tom|Miguel|Sam|Grace|Omar|Ben|Ruth];[uncle|aunt|Uncle|Aunt|auntie|cousin] [Bob|{N}|{x1}];{N};{N};{x1};mum;dad;Mum;grandma;my [wife|husband|boss|brother|sister|son|landlord];[the|my] [dentist|plumber|office|school|bank|doctor];Dr {x1};Mrs {x1};{N} {x1}",
    "M1": "[i'm|I'm] running [{h1} minutes|ten minutes|a bit|an hour] late;[i'm|we're|I'm] [stuck in traffic|on my way|at the {w0}|nearly there|leaving now|almost home|in {p}|coming home at {j}|still at work];the [plumber|boiler man|electrician|gardener|cleaner|{w0} man] [charges {k} an hour|is coming on [{D}|the {k1}th|the ninth]|wants {k} euros|left his {w0} here];[dinner|lunch|breakfast|the {v}|tea] is [ready|on the table|at {j}|getting cold];the [spare key|wifi code|key|remote|{w0}] is [under the mat|in the [blue|left] [pot|drawer]|{x}|with {N}|behind the {w0}];[we|i] [landed safely|got home fine|can't make it on {D}|miss you|will be late|got the tickets|found the {w0}];the [car|bike|{w0}|boiler] [needs|takes] [{k} litres|new brakes|two batteries|a new {w0}];[{N}|the cat|mum] [likes|wants|is allergic to|needs] [{v3}|nuts|the blue {w0}|a {v6}];[please |][pick up {N}|bring {W}|call me back|wait for me|save me some {v}];the [meeting|party|match|lesson] is [at {j}|on {D}|cancelled|moved to {D}];[the paint in the hall is called|the code of the gate is|my shoe size is|the bike lock is] [{w0}|{x}|{k}|{k0}{k0}];{w0} {w0} {w0};[shoes off|film's starting|bedtime|the bus is here|the bath is free] in {h1} minutes;[happy birthday|well done|good luck|get well soon|see you at {j}]",
    "O1": "insulation;[paint|tax|garden|wifi|holiday|boiler|car|birthday|moving|plumber|roof|tiles|curtains];{w0};{x1};{p};{N};{N}'s [present|party|shoes];[new |old ][fence|kitchen|{w0}];{w0} {w0};[hotel|paint|shoe|wine|film|book|recipe] [list|ideas|sizes|colours|tips];{e};[toasters|bikes|phones|{w0}s|old lamps];[passport|meter|car] number", "O2": "[cheap|second hand|used|folding|best|good|red] [folding bikes|toasters|tents|flights to {p}|hotels in {p}|{w0}s|shoes|holiday homes];how to [grow|cook|clean|repair] [a |][{v3}|{w0}s|{v6}];[opening hours|history|map] of [the {w0} museum|{p}];{x1} {x1};[{v3}|{v1}] [recipes|care|diseases];what is [a |]{w0};tickets for {x1};{u1} for beginners",
    "a1": "[clean|paint|fix|wash|empty|sort|mend|sweep|tidy|dust] the [gutters|fence|attic|garage|windows|bikes|cupboard|{w0}|shed|chimney];[call|pay|email|visit|thank] [{N}|the plumber|the bank|the {w0}|grandma];[buy|order|return] [the |some |a ][{v6}|{w0}|tickets|stamps|paint|{W}];[book|cancel|renew] [the |my ][passport|flights|insurance|gym|{w0}];[change|wash] the [sheets|oil|tyres|{w0}];[learn|write|finish|print] [the |my |][{w0}|report|{u1} homework|cards]", "q": "ironing;hoovering;dusting;washing up;dishes;laundry;[emptying|taking out] the [bins|dishwasher|rubbish|{w0}];[cleaning|scrubbing|sweeping|tidying] the [bathroom|hall|stairs|{r}|{w0}|windows];mopping;cooking;weeding;gutters;tax return;[feeding|walking|brushing] the [cat|dog|rabbit|{g}];vacuuming;shopping;watering;{w0}ing;[hedge|lawn] [cutting|trimming];recycling",
    "u1": "geography;biology;maths;history;chemistry;physics;{L};art;music;French;spelling;capitals;world history;{w0};times tables;flags;dinosaurs;football;English;planets;Latin;religion;ethics;road signs", "u2": "[draw|label|describe|paint] [a|the] [cell|map|leaf|{w0}|heart|volcano|family tree|{v}];[read|learn|finish|copy|revise] [chapter|page|exercise|unit|poem|pages] [{k}|{h1}|{k} and {k}|{k} to {k}];[write|prepare] [an essay|a story|a page|a talk|a poem] about [{u1}|{p}|{w0}|the war|whales];[learn|revise] [the [verbs|capitals|rivers|bones]|{k} words];[build|make] a [model|poster|{w0}];[bring|collect] [leaves|scissors|a photo|{w0}s]",
    "w1": "party;summer;running;workout;{w0};sleep;road trip;chill;dinner;{w0} {w0};oldies;kitchen;wedding;rainy day;gym;morning;90s;{N};driving;sunday", "w2": "ephemeral;rhythm;stubborn;necessary;serendipity;melancholy;ubiquitous;pragmatic;{w0};{w0};{w0};nostalgia;accommodation;conscience;eloquent;obsolete;quintessential;frugal;knight;beautiful;tedious;ambiguous;parliament;happy;sincere;mediocre;rhubarb;receipt;tranquil;zealous;gullible;awkward;dilemma;yacht;queue;silhouette;stoic;candid;bicycle;happy;orange;silver;heart;moon;{w0}ly;{w0}ness", "w3": "savings;joint;current;holiday;business;main;{w0};checking;{x1};household;deposit;shared;pension;student;giro;{N}",
    "v": "salmon;lasagne;roast chicken;pancakes;eggs;rice;pasta;potatoes;steak;curry;sushi;fish and chips;duck;risotto;goulash;lamb;{w0};{w0} {w0};lentil soup;beef stew;tacos;dumplings;noodles;burgers;mussels;chocolate cake;apple pie;omelette;paella;{w0} soup;cheese fondue;ramen;porridge;falafel;avocado toast", "v0": "romantic;cosy;dramatic;calm;cheerful;spooky;festive;dreamy;relaxed;{w0};moody;warm;gloomy;lively;tropical;wintry;mysterious;soft;sleepy;jolly", "v1": "cactus;orchid;basil;rose;fern;lavender;tulip;lemon tree;aloe;monstera;ivy;{w0};{w0} palm;bonsai;peace lily;yucca;tomato;geranium;olive tree;begonia;spider plant;{w0} tree;hydrangea;mint;rosemary;fig",
    "v2": "cappuccino;espresso;flat white;latte;americano;hot chocolate;{w0};macchiato;double espresso;mocha;green tea;cortado;black coffee;decaf;chai;ristretto;white coffee;{w0} latte;lungo;cafe au lait", "v3": "aubergine;mushrooms;leftover rice;chicken;spinach;red lentils;courgettes;olives;{w0};{w0}s;pepperoni;ham;onions;peppers;tuna;pineapple;anchovies;goat cheese;kale;chickpeas;bacon;tofu;sweetcorn;artichokes;mozzarella;cauliflower;pumpkin;sweet potato;mince;rocket;{w0} and {w0};feta;leeks", "v4": "cycling;plumbers;football;cats;politics;space;chess;climate;the {w0};{w0};{w0}s;teachers;dentists;cows;bitcoin;{p};the elections;chickens;tennis;electric cars;robots;{x1};doctors;science;penguins;trains;the royal family;health;fishing;film stars;wine",
    "v5": "groceries;petrol;rent;shoes;{w0};lunch;books;clothes;cinema tickets;the dentist;gifts;coffee;pet food;electricity;haircuts;{w0} {w0};toys;train tickets;drinks;repairs;medicine;flowers;gym;school trip", "v6": "toaster;kettle;bike;tent;phone;laptop;{w0};drill;washing machine;sofa;camera;{w0} lamp;vacuum cleaner;helmet;suitcase;guitar;mattress;coat;tablet;pram;microscope;raincoat;ladder;{w0} {w0}", "v7": "pilates;yoga;squats;stretching;cardio;push-ups;boxing;zumba;{w0};sit-ups;weights;running;HIIT;planks;{w0} training;dancing;back exercises;aerobics;rowing;tai chi;spinning;jumping jacks;core training", "v8": "glass;paper;plastic;garden waste;recycling;food waste;cardboard;blue bin;green bin;{w0};metal;bulky waste;black bin;organic waste;yellow bags;christmas trees;old clothes;batteries",
    "v9": "Arsenal;Liverpool;{x1};{x1} United;{x1} City;Chelsea;Barcelona;Bayern;Celtic;the {x1}s;Real {x1};Leeds;the Lakers;the Giants;Ajax;{x1} Rovers;FC {x1};Everton;Ireland;England;Juventus;{x1} Town;Wales;the Bulls;the Yankees", "D1": "Monday;Tuesday;Wednesday;Thursday;Friday;Saturday;Sunday;monday;wednesday;friday;saturday;next [Monday|Wednesday|Friday|saturday|thursday];tomorrow;today;the {k1}th;{k1} [May|June|October|March];[May|July|April] {k1};this [Friday|weekend|Sunday];next week", "b1": "back lawn;front lawn;orchard;lawn;{w0} lawn;back garden;meadow;side lawn;grass by the {w0};{w0} garden;football pitch;front yard;play area", "b": CHOSEN["b"] + ";tomato bed;herb bed;back garden;strawberry patch", "V1": "eco;intensive;quick wash;{k} degrees;auto;glass;{w0};normal;half load;express;pots and pans;rinse;night;economy", "V2": "wool;cotton;delicates;{k} degrees;quick;{w0};synthetics;eco;silk;sports;jeans;hand wash;spin;mixed;easy care;{w0} care;allergy",
    "S1": "Nokia;Tesla;Apple;AAPL;{x1};{x1};Siemens;TSLA;{S};{S};Google;Shell;{x1} Energy;{x1} Bank;Volkswagen;Microsoft;BP;Sony;Toyota", "s1": "library;airport;central station;Central Station;hospital;{s};{s};{x1} Street;{k} {x1} Road;town hall;office;{x1} Hotel;harbour;theatre;museum;{x1} stadium;station;cinema;university;{A};pub;football ground;{x1} Square", "x2": "[BA|LH|AF|KL|FR|EK|UA|DL|SK|EZY|U2|IB|LX|QF][| ]{k0}{y0};[BA|LH|AF|KL|FR|EK|UA|DL][| ]{k0}{k0};[BA|LH|AF|KL|FR]{k1}", "x3": "{k0}{k0}{k0};{k0}{k0}{k0}{k0};{x};{x};{k1}{k0}{k0}{y0};[RR|JD|CX]{k0}{k0}{k0}GB", "W1": "bananas;oat milk;eggs;butter;{w0};{W};{W};bread;tomatoes;washing up liquid;baked beans;rice;coffee beans;toothpaste;orange juice;cheese;yoghurt;kitchen roll;ham;cucumbers;nappies;garlic;cat food;honey;flour;bin bags", "Y1": "ibuprofen;aspirin;paracetamol;{w0};{w0};vitamin d;antibiotic;insulin;blood pressure tablet;iron;{w0} drops;cough syrup;antihistamine;{x1};hay fever tablet;inhaler;magnesium;zinc;thyroid pill",
}
CHOSEN |= SOME
# What is said around a wish and is no part of it.
BEFORE = "sorry to bother you, ;my hands are full, ;before i forget, ;one more thing, ;i'm in a hurry, ;mum, i mean computer, ;be a star and ;right then, ;while i think of it, ;if it's not too much trouble, ;oh dear, ;listen, ;next thing: ;good morning! ;what a day! ;i'm back! ;hurry! ;thank you! ;help! ;we're late!! ;it's me again, ;you know what, ;let me think... ;go on, ;so {N} says hi and ;i nearly forgot! ;come on then, ".split(";")
AFTER = ", i'm in a hurry; if you'd be so kind;, my hands are wet;, it's important;, there's a good robot; before i forget;, i'm begging you;, thanks a bunch; or i'll go mad;, you know the one;, if that's ok;, {N} is asking;, no rush;, there's a dear;, quick as you can;, i can't do it myself".split(";")


def draw(r, kind):
    k = r.random()
    made = {"o": OURS, "e": EVENTS, "a": TASKS, "M": MESSAGES, "l": SONGS, "O": ABOUT, "U": UNITS}.get(kind) or CHOSEN.get(kind, "").split(";")
    if made != [""]:
        if kind in "oO" and k < 0.25:
            return word(r).capitalize()
        if kind in "MaB" and k < 0.1:
            return " ".join(word(r) for _ in range(r.choice([2, 3, 4])))
        return filled(r, r.choice(made))
    if kind == "k":
        return str(r.randint(1, 99)) if k < 0.75 else str(r.randint(1, 40) * 5) if k < 0.87 else spoken(r, r.randint(1, 60))
    if kind == "y":
        return str(r.randint(2, 12)) if k < 0.7 else spoken(r, r.randint(2, 12))
    if kind == "j":
        h, m = r.randrange(1, 24), r.choice(["00", "15", "30", "45", "05", "20", "50"])
        return f"{h}:{m}" if k < 0.45 else f"{h}.{m}" if k < 0.5 else f"{h % 12 or 12}{r.choice([' ', ''])}{r.choice(['am', 'pm'])}" if k < 0.65 else str(h) if k < 0.72 else filled(r, r.choice(HOURS))
    if kind == "h1":
        return spoken(r, r.randint(1, 12))
    if kind == "w0":
        return word(r, 0.02)
    if kind in ("k0", "y0"):
        return str(r.randint(1, 99 if kind == "k0" else 9))
    if kind == "k1":
        return str(r.randint(4, 20))
    if kind == "x1":
        return word(r, 0.02).capitalize()
    if kind == "h":
        return r.choice(["0", "+44", "+1", "00", "07"]) + "".join(r.choice("0123456789") for _ in range(r.choice([5, 7, 9, 10])))
    if kind == "x":
        return ("".join(r.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(r.choice([2, 2, 3]))) if k < 0.7 else word(r, 0)) + str(r.randint(10, 99999))
    if kind == "A":
        street = word(r, 0.02).capitalize() + " " + r.choice(STREETS[:8]) if k < 0.6 else r.choice(["High Street", "Baker Street", "Main Street", "Park Avenue", word(r).capitalize() + "straße", "Station Road", "Rue " + word(r).capitalize()])
        return r.choice([str(r.randint(1, 200)) + " ", "", ""]) + street if k < 0.85 else r.choice(["the airport", "the central station", "the hospital", "the {} hotel".format(word(r).capitalize()), r.choice(PLACES[:44])])
    if kind == "s":
        stop = word(r, 0.02).capitalize() + " " + r.choice(STREETS + ["Centraal", "North", "Central", "Cross"]) if k < 0.55 else r.choice(["church lane", "market square", "town hall", "Mill Road", "the hospital", "central station", "Old " + word(r).capitalize(), word(r).capitalize()])
        return stop if r.random() < 0.7 else stop.lower()
    if kind == "n":
        return number(r, 1.0)[0][:4] if r.random() < 0.9 else whole(r)[:3]
    if kind == "p":
        return r.choice(PLACES[:44]) if r.random() < 0.6 else word(r).capitalize()
    if kind == "N":
        return r.choice(PEOPLE[:9]) if r.random() < 0.4 else word(r).capitalize()
    if kind == "t":
        k = r.random()
        return r.choice(TOPICS) if k < 0.25 else r.choice(PHRASES) if k < 0.6 else " ".join(word(r) for _ in range(r.choice([1, 1, 2, 3, 4])))
    if kind == "T":
        return r.choice([f"{r.randrange(24)}:{r.randrange(60):02d}", f"{r.randrange(1, 13)}", f"{r.randrange(1, 13)} {r.choice(['am', 'pm'])}", f"{r.randrange(1, 13)}:{r.choice(['15', '30', '45'])}", "noon", "midnight"])
    if kind == "D":
        return r.choice("Monday Tuesday Wednesday Thursday Friday Saturday Sunday tomorrow".split())
    if kind == "c":
        return r.choice(["", "sudo ", "print(", "echo "]) + word(r, 0) + r.choice(["", " -" + r.choice("abcdefgh"), " " + word(r, 0), "(" + whole(r)[:2] + ")", " " + whole(r)[:3]])
    if kind == "L":
        from words import LANGUAGES

        return r.choice(LANGUAGES)
    if kind == "u":
        return r.choice(["https://", "http://", "", "www."]) + word(r, 0) + r.choice([".com", ".org", ".net", ".de", ".example"]) + r.choice(["", "", "/" + word(r, 0), "/" + word(r, 0) + "/" + word(r, 0) + ".html"])
    if kind == "S":
        return "".join(r.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(r.choice([3, 4]))) if r.random() < 0.6 else word(r).capitalize()
    if kind == "C":
        return r.choice("dollars euros yen pounds francs rubles pesos rupees".split())
    if kind == "r":
        from words import ROOMS

        return r.choice(ROOMS[:30])
    if kind == "m":
        return ":".join("%02x" % r.randrange(256) for _ in range(6))
    if kind == "f":
        return r.choice(["", "/", "~/", "./"]) + "/".join(word(r, 0) for _ in range(r.choice([1, 2]))) + r.choice(["", ".txt", ".md", ""])
    k = r.random()
    if k < 0.45:
        return r.choice(THINGS) if r.random() < 0.7 else r.choice(COLOUR) + " " + r.choice(THINGS)
    return word(r) + (" " + word(r) if k < 0.65 else " " + word(r) + " " + word(r) if k < 0.7 else "")


def filled(r, text):
    """Draws what stands in brackets, then a value of its kind for each {slot} of one letter."""
    text = pattern(r, text)
    while "{" in text:
        text = re.sub(r"{([A-Za-z]\d?)}", lambda m: draw(r, m[1]), text)
    return text


def known(r):
    k = r.random()
    return listed(r, r.choice(KINDS) if k < 0.5 else r.choice(r.choice(FAMILIES if k < 0.72 else EVERYDAY)[0]))


def family(r):
    """Some lines of one family, and what is said in its words without a wish, or with one that only a line left out could fulfil."""
    apart = r.random() < 0.55
    kinds, idle = r.choice(EVERYDAY if apart else FAMILIES)
    taken = r.sample(kinds, min(len(kinds), r.choice([1, 2, 2, 3, 3, 4])))
    if apart:
        idle = idle + [slotted(k) for k in kinds if k not in taken]
    return [listed(r, k) for k in taken], idle


def slotted(kind):
    """The requests of a kind with the kinds of its values in place of their names."""
    _, parameters, _, requests = kind
    for p in filter(None, parameters.split(",")):
        requests = requests.replace("{" + p.split("/")[0].split(":")[0] + "}", "{" + p.split(":")[1] + "}")
    return f"[{requests}]"


def listed(r, kind):
    names, parameters, descriptions, requests = kind
    name = r.choice(names.split("|"))
    if "/" in names:
        things, deeds = (side.split(",") for side in names.split("/"))
        name = called(r, [r.choice(things), r.choice(deeds)])
    elif r.random() < 0.25 and "_" in name:
        name = called(r, name.replace("__", "_").rsplit("_", 1))
    return made(r, name, parameters, worded(r, alternative(r, descriptions)), requests)


def called(r, parts):
    """A thing and a deed, or the other way round, in one of the ways that names are written."""
    if r.random() < 0.4:
        parts = parts[::-1]
    if r.random() < 0.2:
        words = "_".join(parts).split("_")
        return words[0] + "".join(w.capitalize() for w in words[1:])
    return r.choice(["_", "_", "__"]).join(parts)


def bare(name):
    """The words of a name in whatever way it is written."""
    return " ".join(sorted(re.findall(r"[a-z0-9]+", re.sub(r"([A-Z])", r" \1", name).lower())))


NOUNS = "Departures Showtimes Headlines News Calories Words Tips Jokes Events Lights Synonyms Tides Newest Latest".split()


def worded(r, description):
    """The same description as another would write it."""
    first, _, rest = description.partition(" ")
    if rest and first.endswith("s") and not first.endswith(("ss", "us", "'s")) and first not in NOUNS and r.random() < 0.4:
        first = first[:-3] + "y" if first.endswith("ies") else first[:-2] if first.endswith(("ches", "shes", "sses", "oes")) else first[:-1]
        description = f"Use this to {first.lower()} {rest}" if r.random() < 0.12 else f"{first} {rest}"
    return description + r.choice([" for the user", " when somebody asks for it", ", as asked", " at home"]) if r.random() < 0.08 else description


WORDS = {}
# Words that only few kinds of tools are asked with tell them as well as those of their lines.
_kinds = KINDS + [k for kinds, _ in FAMILIES + EVERYDAY for k in kinds]
_asked = [{w[:6] for w in re.findall(r"[a-z]{3,}", re.sub(r"{\w+}", "", k[3]).lower())} for k in _kinds]
_often = Counter(w for said in _asked for w in said)
for _kind, _said in zip(_kinds, _asked):
    _sides = [_side.split(",") for _side in _kind[0].split("/")]
    for _name in [f"{a}_{b}" for a in _sides[0] for b in _sides[1]] if len(_sides) == 2 else _kind[0].split("|"):
        WORDS.setdefault(bare(_name), set()).update({w[:6] for w in re.findall(r"[a-z]{3,}", (_name.replace("_", " ") + " " + " ".join(_kind[2:3])).lower())} | {w for w in _said if _often[w] <= 9})
COMMON = {w[:6] for w in "what what's when where which who how this that the have has had with from for about need want does did give tell show much many make will would could can you your our into like are is was and not but let get put set all any some there then they them please now today tomorrow tonight here one two out off its it's i'm going name new old use user find send".split()}


def near(said, extra):
    """Whether a tool of the list might be meant by it."""
    words = {w[:6] for w in re.findall(r"[a-z]{3,}", said.lower())} - COMMON
    return any(words & WORDS.get(bare(t[0]), set()) for t in extra)


def alternative(r, text):
    """One of the alternatives that stand outside brackets."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c == "[") - (c == "]")
        if c == "|" and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return pattern(r, r.choice(parts + [text[start:]]))


def made(r, name, parameters, description, requests):
    pairs = [p.split(":") for p in parameters.split(",") if p]
    if pairs and r.random() < 0.25:
        renamed = {p[0]: r.choice([n, n + "_name" * (n != "name"), "the_" + n, n[:4].rstrip("_")]) for p in pairs for n in [r.choice(p[0].split("/"))]}
    else:
        renamed = {p[0]: r.choice(p[0].split("/")) for p in pairs}
    line = f"{name}({', '.join(renamed[p[0]] for p in pairs)}): {description}."
    spec = [(p[0].split("/")[0], renamed[p[0]], p[1]) for p in pairs]
    return name, line, *asked(r, spec, requests), (spec, requests)


def asked(r, spec, requests):
    """One of the requests, and the values that it has."""
    said, arguments = alternative(r, requests), {}
    values = [undated(draw(r, kind)) for _, _, kind in spec]
    while len({v.lower() for v in values}) < len(values):
        values = [undated(draw(r, kind)) for _, _, kind in spec]
    for (slot, parameter, _), value in zip(spec, values):
        said = said.replace("{" + slot + "}", value)
        arguments[parameter] = value
    said = undated(filled(r, said))
    mended = re.sub(r" (?=[,?])|\bthe (?=\d+ [A-Z]|the )", "", re.sub(r"\ba (?=[aeio]|unc)", "an ", said))
    if all(v in mended for v in values):
        said = mended
    if r.random() < 0.06:
        said = filled(r, r.choice(BEFORE)).rstrip() + " " + (said if r.random() < 0.7 else said[:1].upper() + said[1:])
    if r.random() < 0.04 and not any(said.endswith(v) for v in values):
        said += r.choice(AFTER).replace("{N}", draw(r, "N")) if said[-1].isalnum() else ""
    return said.upper() if r.random() < 0.025 and said.upper().lower() == said.lower() else said, arguments


def undated(text):
    """Without the on that stands before a weekday only."""
    return re.sub(r"\bon (?=(?:tomorrow|today|tonight|next week|this weekend)\b|this [A-Z])", "", text)


def again(r, chosen):
    """The same line with another request and other values."""
    name, line, _, _, made_of = chosen
    return name, line, *asked(r, *made_of), made_of


def invented(r):
    """A verb and a thing that do not exist; only the list tells what they are."""
    verb, thing = word(r, 0), word(r, 0)
    name = r.choice([verb, verb, f"do_{verb}", f"{thing}_tool", f"{verb}_{thing}", f"{thing}__{verb}", f"{verb}{thing.capitalize()}", f"{verb}__{thing}", word(r, 0) + "__" + verb])
    description = r.choice([f"{verb.capitalize()}s a {thing}", f"{verb.capitalize()}s the {thing}", f"Will {verb} a {thing}", f"To {verb} a {thing}", f"Use this to {verb} the {thing}", f"{verb.capitalize()}s one {thing}", f"{verb.capitalize()}s any {thing}", f"Can {verb} a {thing}"])
    if r.random() < 0.35:
        requests = f"{verb} the {thing}|{verb} a {thing}|can you {verb} the {thing}|i want to {verb} the {thing}|[go ahead and|please] {verb} my {thing}"
        return made(r, name, "", description, requests)
    parameter = r.choice([thing, "name", "which", "value", word(r, 0), "id"])
    kind = r.choice("nwwwtpN")
    slot = "{" + parameter + "}"
    requests = f"{verb} the {thing} {slot}|{verb} {thing} {slot}|can you {verb} the {thing} {slot}|{verb} the {slot} {thing}|i want to {verb} {thing} {slot}|use {slot} to {verb} the {thing}|{verb} a {thing} with {slot}|{verb} {slot}|please {verb} {thing} {slot}|{verb} my {thing} {slot}|{thing} {slot}, {verb} it|now {verb} {slot}"
    return made(r, name, f"{parameter}:{kind}", description, requests)


def tool(r):
    return known(r) if r.random() < 0.55 else invented(r)

