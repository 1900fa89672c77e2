"""The words that the dialogues are made of. Values are drawn, not listed, wherever a person could say anything."""

ROOMS = """kitchen;bedroom;hall;hallway;bathroom;garage;attic;cellar;basement;office;garden;porch;nursery;library;lounge;pantry;balcony;workshop;
living room;dining room;guest room;kids room;master bedroom;laundry room;play room;study;terrace;patio;driveway;shed;corridor;entrance;toilet;
greenhouse;conservatory;parlour;barn;loft;den;gym;sauna;utility room;sunroom;foyer;landing;lobby;spare room;music room;game room;home office;veranda;carport;stable;wine cellar;dressing room;closet;
back yard;front yard;staircase;kitchenette;studio;annex;summer house;Küche;Flur;Schlafzimmer;Wohnzimmer;Bad;Keller;salon;cuisine;chambre;cocina;dormitorio;upstairs;downstairs""".replace("\n", "").split(";")
SWITCHED = """light;lamp;lights;heater;fan;tv;television;radio;pump;camera;alarm;sprinkler;speaker;humidifier;oven;kettle;dishwasher;vacuum;
fridge;charger;router;printer;heating;air conditioner;AC;coffee machine;coffee maker;washing machine;dryer;plug;socket;outlet;chandelier;
spotlights;night light;desk lamp;floor lamp;ceiling light;reading lamp;christmas lights;led strip;boiler;projector;stereo;doorbell;freezer;
toaster;purifier;towel rail;string lights;lampe;Licht;Lampe;Heizung;Ventilator;Fernseher;luz;lámpara;lumière;ventilateur;chauffage;radiador;
electric blanket;space heater;gaming pc;playstation;xbox;curling iron;iron;dehumidifier;robot vacuum;aquarium light;pool pump;patio heater;sprinklers;server;extractor;hood;soundbar;blender;hot tub;
tumble dryer;disco ball;lava lamp;nas;bread maker;rice cooker;air fryer;hob;stove;water heater;monitor;laptop;tree lights;fairy lights;baby monitor;grow light;fountain;jacuzzi;ice maker;subwoofer;
heating pad;heated blanket;slow cooker;pressure cooker;welcome lights;vacuum cleaner;immersion heater;robot mower;lawn mower;towel warmer;heated floor;extractor fan;air purifier;air freshener;music player;under-cabinet lights;
overhead light;big light;strip light;tree lights;worktop lights;mood light;path lights;floodlights;spots;beamer;telly;hair straightener;hair dryer;sewing machine;rowing machine;milk frother;egg boiler;soup maker;chest freezer;bottle warmer;sump pump;
hot water tank;water softener;lamp timer;fan heater;bath heater;oven light;fridge light;fan light;heating mat;radio alarm;tv lights;TV box;electric fireplace;grill;trouser press;shoe dryer;cooker hood;
turntable;record player;karaoke machine;fog machine;bug zapper;heat lamp;wall lamp;pendant;vanity light;neon sign;garland;Stehlampe;Deckenlampe;Küchenlampe;Kaffeemaschine;plafonnier;ventilador""".replace("\n", "").split(";")
OPENED = """door;window;gate;blind;blinds;curtain;curtains;hatch;valve;vent;shutter;shutters;skylight;garage door;front door;back door;roller
 shutter;drapes;shades;roller door;barn door;loft hatch;sunshade;pet door;trapdoor;parasol;louvres;roof window;oven door;fridge door;car window;pool cover;pantry door;skylight blind;cellar window;shower door;dog flap;barn doors;driveway gates;sunroof;venetian blinds;net curtains;sliding door;bay window;french doors;fly screen;awning;patio door;cat flap;Fenster;Tür;Rollladen;Jalousie;Garagentor;porte;fenêtre;volet;volets;puerta;ventana;persiana;
cortina""".replace("\n", "").split(";")
LOCKED = "car;bike shed;cabinet;office;garage;locker;mailbox;house;wardrobe;greenhouse;gun safe;filing cabinet;trailer;door;front door;back door;gate;lock;car;bin store;tool shed;chicken coop;log store;bike store;car boot;wine cabinet;gun cabinet;drinks cabinet;key box;gas locker;larder;summer house;cabin;garage door;side door;safe;Haustür;porte;puerta;cellar door;shed;main door;smart lock".split(";")
VALUED = """heating;thermostat;radiator;air conditioner;AC;oven;heater;boiler;aquarium;Heizung;chauffage;calefacción;floor heating;
temperature""".replace("\n", "").split(";")
DIMMED = """light;lamp;lights;lamps;ceiling light;blinds;speaker;volume;fan;spotlights;led strip;chandelier;Licht;Lampe;luz;lumière;
reading lamp;desk lamp;screen;music""".replace("\n", "").split(";")
SENSORS = """thermometer;sensor;motion sensor;smoke detector;water meter;battery;humidity sensor;power meter;solar panels;thermostat;
car charger;temperature sensor;weather station;door sensor;rain gauge;solar inverter;pool;pond;moisture sensor;CO2 meter;meat thermometer;rain sensor;soil sensor;leak detector;light sensor;smart meter;wine cooler;hot water tank;water softener;pressure gauge;air quality sensor;EV charger;baby thermometer;electricity meter;gas meter;heat pump;wallbox""".replace("\n", "").split(";")
LIGHTS = "light;lamp;lights;lamps;ceiling light;spotlights;led strip;chandelier;Licht;Lampe;luz;lumière;reading lamp;desk lamp;tv lights;lava lamp;reading light;bulb;string lights;wall lamp;Stehlampe;fairy lights;light strip;night light;neon sign;lantern".split(";")
# What is a name only together; of the first word alone there is another thing.
TAILS = "pad;store;cleaner;panel;unit;cover;box;bar;stand;rack;mat;plug;strip;station;tray;cabinet;timer;controller;column;bench;trolley;hub;belt;tower;house;line;block".split(";")
# What a dial is set to.
MODES = "low;low;high;high;medium;eco;auto;boost;turbo;max;minimum;maximum;silent;cool;economy;full power;warm".split(";")
RADIOS = "radio;radio;stereo;music;tuner;car radio;clock radio;digital radio;receiver;hi-fi".split(";")
# What runs on a battery, what fills and empties, and what goes by its own name.
CHARGED = "phone;tablet;laptop;watch;smartwatch;car;e-bike;e-scooter;robot vacuum;robot mower;doorbell;bike tracker;headphones;earbuds;hearing aid;toothbrush;remote;camera;door lock;drone;wheelchair;Handy;power bank;shaver;game controller;baby monitor;scooter;van".split(";")
FILLED = "rain barrel;water tank;oil tank;mailbox;letterbox;dishwasher;bin;cistern;septic tank;water butt;pool;hot tub;bathtub;cat bowl;dog bowl;feeder;humidifier;dust box;gas bottle;fridge;freezer;washing machine;parcel box;coffee machine;compost bin;pellet store;vacuum bag;fish tank".split(";")
MEASURED = "water tank;pool;oil tank;boiler;fridge;freezer;greenhouse;aquarium;wine cellar;garden;outdoor;indoor;water;room;pond;fish tank;cistern;hot tub;sauna;terrarium;attic;bath water".split(";")
GROUPS = """lights;lamps;blinds;curtains;doors;windows;fans;heaters;plugs;shutters;radiators;speakers;locks;sockets;switches;devices;
cameras;appliances""".replace("\n", "").split(";")
COLOURS = "red green blue white yellow orange purple pink cyan magenta turquoise violet".split() + ["warm white", "cold white"]
PEOPLE = "Anna Tom Ada Max Lena Pierre Lucia Ben Mia Jarvis computer assistant house friend buddy mum dad Paul Emma grandma".split()
PLACES = """Tokyo;London;Paris;New York;Berlin;Madrid;Sydney;Rome;Moscow;Lima;Cairo;Delhi;Toronto;Chicago;Los Angeles;Hong Kong;Singapore;
Vienna;Zürich;Oslo;Dublin;Lisbon;Athens;Seoul;Nairobi;Bogotá;São Paulo;Buenos Aires;Mexico City;San Francisco;Boston;Denver;Kyiv;Warsaw;
Prague;Bangkok;Jakarta;Manila;Auckland;Honolulu;UTC;GMT;Japan;Germany;India;Brazil;California;Iceland;Europe/Berlin;Asia/Tokyo;
America/New_York""".replace("\n", "").split(";")

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()

TOPICS = """love;cats;dogs;the history of France;pizza;classical music;football;fast cars;quantum physics;trees;winter;coffee;Mozart;outer space;
robots;dinosaurs;German literature;modern art;gold;the moon;the sea;the second world war;green tea;old ships;democracy;black holes;my ex;
chess;evolution;bitcoin;the stock market;vaccines;gardening;yoga;Shakespeare;the Roman empire;volcanoes;whales;taxes;my homework;climate change;
Java programming;Linux;photosynthesis;the Beatles;sourdough bread;marathon running;meditation;the Olympics;jazz;penguins;a broken heart;
electric guitars;the French revolution;Mars;honey bees;inflation;poker;skiing;Japanese gardens;a cover letter;a birthday party;my boss""".replace("\n", "").split(";")
DISHES = "lasagna;pancakes;a curry;chicken soup;risotto;sushi;an apple pie;bread;paella;goulash;a cheesecake;ramen;tacos;omelettes".split(";")
FAMOUS = """Einstein;Napoleon;Cleopatra;Marie Curie;Lincoln;the queen of England;Picasso;Newton;the pope;Elvis;Gandhi;Darwin;the president;
Beethoven;Columbus;Nelson Mandela;the chancellor;Leonardo da Vinci;Taylor Swift;Messi""".replace("\n", "").split(";")
LANGUAGES = "French Spanish German Italian Japanese Latin Chinese Polish Dutch Arabic Swedish".split()
