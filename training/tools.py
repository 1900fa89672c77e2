"""Tools that nobody has seen: names, descriptions and requests that fit them, so that the list is read and not remembered."""
import re

from text import number, pattern, spoken, whole, word
from words import PEOPLE, PLACES, ROOMS, SWITCHED, TOPICS

# names | parameters | descriptions | requests; {x} is drawn for the parameter of that name
KINDS = [
    ("restart_container|docker__restart|containers__restart", "name:w", "Restarts a container|Restarts a docker container", "restart [the container |container |][called |named |]{name}|[bounce|reboot|restart] {name}|the container {name} hangs, restart it|can you give {name} a restart"),
    ("camera__show|show_camera|view_camera", "place:r", "[Shows|Opens] [the camera of a place|a camera]|Shows what a camera sees", "[show|open] [me |][the |]{place} camera|show me the camera in the {place}|who is at the {place}, show me the camera|camera {place}|let me see the {place} on camera"),
    ("parental__block|block_site|firewall__block", "site:u", "Blocks a [site|website|page]", "block {site}|the kids shouldn't [get on|see|use] {site}, block it|[ban|forbid|lock out] {site}|make {site} unreachable|nobody may open {site}, block it"),
    ("monitoring__check_site|ping|site_up", "address:u", "[Checks|Tells] [whether|if] a site is [up|reachable|down]", "is {address} [up|down|reachable|online|alive|dead]|[check|ping|test] {address}|is {address} down or is it me|can you reach {address}|does {address} answer"),
    ("office__book_room|book_meeting_room", "room:N,time:T", "Books a meeting room", "book [the |][meeting room |room |]{room} at {time}|reserve {room} for {time}|i need [the room |]{room} at {time}|meeting in {room} at {time}, book it"),
    ("rhymes|find_rhyme|words__rhyme", "word:w", "[Finds|Lists] [rhymes|words that rhyme]", "what rhymes with {word}|[rhymes|a rhyme] for {word}|[find|give me] [a rhyme|something that rhymes] [for|with|on] {word}|does anything rhyme with {word}"),
    ("find_file|files__search|locate_file", "name:f", "[Finds|Looks for] a file [by its name|]", "[find|locate|search] [the file |]{name}|where [is|did i put|did i save|on earth is] {name}|i lost {name}|look for {name}"),
    ("count_calories|food__calories|calories", "food:w", "[Tells|Counts] the calories of a food", "how many calories [has|have|are in|does it have, the] {food}|calories [of|in] {food}|is {food} fattening|{food} calories please"),
    ("log_water|health__drink|drink_log", "amount:n", "Logs [water|what was drunk]", "[log|i drank|drank|write down] {amount} ml of water|i had {amount} ml of water, log it|water: {amount} ml|add {amount} ml of water"),
    ("read_mail|mail__from|email__check", "sender:N", "[Looks for|Reads] mail from a person", "did {sender} write [me |][an email|a mail]|any [mail|email] from {sender}|[check|look] for mail from {sender}|has {sender} answered my email"),
    ("order_pizza|pizza__order|food__order", "kind:w", "Orders a pizza", "order [us |me |][a |][large |small |]{kind} pizza|[we want|get us|i'd like] a {kind} pizza|one {kind} pizza please|pizza {kind}, order it"),
    ("navigate|maps__route|car__navigate", "destination:p", "[Starts navigation|Guides|Shows the way] to a place", "[navigate|guide me|take me|drive me|route me] to {destination}|i need to [go|get] to {destination}, guide me|[show me the way|directions|the route] to {destination}|how do i get to {destination}"),
    ("soil__moisture|plant_sensor|garden__soil", "plant:w", "[Measures|Tells] how wet the soil [is|of a plant is]", "how [wet|dry|moist] is the soil [of|at|round|around] the {plant}|soil moisture {plant}|do the {plant} have enough water in the soil|measure the soil at the {plant}"),
    ("speed_test|network__speed|internet_speed", "", "Measures the speed of the internet", "[how fast|how slow] is [my|the|our] internet|[measure|test] the internet speed|is my internet slow, measure it|[run|do|start] a speed test|internet speed please|the internet is slow today"),
    ("who_is_home|presence__list|family__home", "", "[Tells|Lists] who is at home", "who is [at home|home|here|in the house] [now|right now|]|who's [home|at home|in]|is [anybody|anyone|somebody] [home|at home] [now|]|are the kids home"),
    ("bus__when|bus_departure|transit__bus", "line:n", "[Tells|Finds] when a bus [comes|leaves]", "when does [the number |bus |the bus |line |]{line} [come|leave|go|arrive]|next number {line} bus|is the {line} bus [late|coming]|bus {line} please"),
    ("sports__live_score|live_score|match_score", "team:w", "[Tells|Returns] the live score of a team", "what's the {team} score|how [are|is] {team} doing [in the match|]|{team} score [please|now]|did {team} score|what did {team} do last night|how is the {team} game"),
    ("trash__day|waste_calendar|garbage__next", "", "[Tells|Says] when the [rubbish|trash|garbage] is collected", "when is [the rubbish|the trash|the garbage|the bin] collected|[which|what] day [do they|will they|they] collect the [rubbish|trash|garbage]|[bin|trash|rubbish] day|do i put out the [trash|bin] today"),
    ("reminder__delete|delete_reminder|forget_reminder", "about:t", "[Deletes|Removes] a reminder", "[delete|remove|forget|cancel] the reminder [about|for|of] {about}|you can delete the reminder about {about}|no more reminder about {about}|i don't need the reminder about {about} any more"),
    ("timer__left|timer_remaining|check_timer", "name:w", "[Tells|Says] how long a timer still runs", "how [long|much time] [has|is left on|is left for] the {name} timer|how long [does|will] the {name} timer [run|take]|time left on {name}|{name} timer?"),
    ("next_song|player__next|skip_track", "", "[Skips to|Plays] the next song", "[next|skip this|another] song|[skip|next] [this one|it|please]|next song, this one [sucks|is boring]|i don't like this song|[play|go to] the next [one|song|track]"),
    ("print_file|printer__copies|print_copies", "file:f,copies:n", "Prints a file some times", "print {file} {copies} times|{copies} copies of {file}|[i need|make] {copies} prints of {file}|print out {copies} of {file}"),
    ("feed__animal|pet__feed|give_food", "pet:N", "Feeds [a pet|an animal]", "feed {pet}|give {pet} [his|her|some|the] [dinner|food|breakfast]|{pet} looks hungry|{pet} wants food|has {pet} been fed, if not do it|it's time to feed {pet}"),
    ("egg_timer|kitchen__timer|cook_timer", "minutes:n", "[Counts|Starts] minutes in the kitchen", "{minutes} minutes for the [eggs|pasta|rice|tea], [start|go|start counting]|[start|count] {minutes} minutes|the [eggs|noodles] need {minutes} minutes|kitchen timer {minutes}"),
    ("story__tell|tell_story|bedtime_story", "topic:w", "Tells a story [about something|]", "[tell|read] [me|us|the kids] a story [about|with|of] {topic}|i [want|wanna have] a story [with|about] {topic}|story about {topic} please|once upon a time with {topic}"),
    ("ring_person|phone__ring|telephone", "who:N", "[Rings|Calls] somebody on the phone", "[ring|call|phone] [my daughter |my son |my friend |doctor |aunt |uncle |]{who}|would you ring {who}|get {who} on the [phone|line]|give {who} a ring|i'd like to speak to {who}"),
    ("what_to_cook|cook__ideas|meal_ideas", "ingredients:w", "[Suggests|Finds] what to cook with what is there", "what [could|can|shall] i [cook|make] with {ingredients}|[ideas|recipe ideas] [for|with] {ingredients}|i've got {ingredients} left, what now|something with {ingredients} for dinner"),
    ("measure_distance|maps__distance|distance_to", "place:p", "[Tells|Measures] how far a place is", "how far is [it to |]{place}|[the distance|distance] to {place}|how [many km|many miles] to {place}|is {place} far"),
    ("air_quality|air__check|pollution", "place:p", "[Tells|Checks] how good the air is", "how [is|good is] the air in {place}|air quality [in|of] {place}|is the air [bad|clean] in {place}|pollution {place}"),
    ("scan_document|scanner__scan|scan_page", "name:w", "Scans a page", "scan [this as|the page as|it as] {name}|[scan|make a scan] [called|named] {name}|scan a page and call it {name}"),
    ("list_ports|ports__open|network__ports", "host:w", "Lists the open ports of a machine", "[which|what] ports are open on {host}|[scan|list] the ports of {host}|open ports {host}|port scan of {host}"),
    ("tail_log|logs__tail|show_logs", "service:w", "Shows the [log|last lines of the log] of a service", "[show|give|tail] me the [log|logs] of {service}|[log|logs] [of|for|from] {service}|what does the log of {service} say|why did {service} crash, show the log"),
    ("deploy_app|deploy|ship__release", "app:w", "Deploys an app", "[deploy|ship|roll out|release] {app}|put {app} into production|[go ahead and|please] deploy {app}|{app} is ready, deploy it"),
    ("rename_file|files__rename|move_file", "old:f,new:f", "Renames a file", "rename {old} to {new}|[call|name] {old} {new} [instead|from now on]|move {old} to {new}|change the name of {old} to {new}"),
    ("create_folder|mkdir|folders__new", "name:w", "[Makes|Creates] a folder", "[make|create|new] [a |]folder {name}|[make|create] a [folder|directory] [called|named] {name}|i need a folder {name}"),
    ("car__battery|car_charge|vehicle__range", "", "Tells [the battery of the car|how far the car can go]", "how [full|charged] is the car|[how far|can i still go far] with the car|car battery|[is the car|is my car] [charged|full|ready]|range of the car"),
    ("car__heat|preheat_car|warm_car", "", "Warms up the car", "[warm up|preheat|heat] [the|my] car|the car is frozen|[make|get] the car warm|i drive in ten minutes, warm the car"),
    ("set_price_alert|alerts__price", "item:w,price:n", "Tells when the price of a thing is low", "tell me when {item} costs [less than |under |]{price}|price alert {item} at {price}|watch {item}, [alert me|tell me] at {price}"),
    ("take_photo|camera__snapshot|photo__take", "", "Takes a [photo|picture|snapshot]", "take a [photo|picture|snapshot|selfie]|[snap|shoot] a [photo|picture]|say cheese|a photo please|picture time"),
    ("flash_lights|alarm__panic|panic", "", "Flashes all lights [in an emergency|to alarm]", "[panic|emergency]|[flash|blink] all the lights [now|]|burglars, flash the lights|make all lights flash"),
    ("tip_calculator|restaurant__tip", "bill:n", "Works out a tip", "[what should i|how much should i|what do i] tip on [a bill of |]{bill}|tip for {bill}|the bill is {bill}, what tip"),
    ("compare_teams|league__table|standings", "league:w", "Shows the table of a league", "[show|give] me the [table|standings] of the {league}|{league} [table|standings]|who is first in the {league}|how does the {league} look"),
    ("quiz__start|trivia|ask_quiz", "topic:t", "Starts a quiz [about a topic|]", "[start|play|do] a quiz [about|on] {topic}|quiz me [about|on] {topic}|[test my knowledge|ask me questions] [about|on|of] {topic}"),
    ("breathing|relax__breathe|meditate", "minutes:n", "[Leads|Starts] a breathing exercise", "breathe with me for {minutes} minutes|[start|do] {minutes} minutes of [breathing|meditation]|i want to [relax|meditate] {minutes} minutes|calm me down for {minutes} minutes"),
    ("log_weight|health__weight|weigh_in", "kilos:n", "Logs the weight of a person", "i weigh {kilos} [kilos|kg]|[log|note|write down] my weight: {kilos}|weight {kilos}|the scale says {kilos}"),
    ("snooze|alarm__snooze|later_alarm", "minutes:n", "Lets the alarm ring later", "snooze [for |]{minutes} [minutes|more minutes]|{minutes} more minutes|[wake me again|again] in {minutes} minutes|let me sleep {minutes} minutes"),
    ("nearby|places__nearby|find_nearby", "what:w", "Finds places [near here|nearby]", "[where is|find] the [nearest|next|closest] {what}|is there a {what} [near here|nearby|around]|{what} nearby|any {what} around here"),
    ("weekly_report|report__send|send_report", "to:N", "Sends the report to somebody", "send {to} the report|[mail|send] the [weekly |]report to {to}|{to} needs the report|let {to} have the report"),
    ("open_ticket|tickets__new|support__ticket", "problem:t", "Opens a [ticket|support ticket]", "[open|create|file|make] a ticket[: | about | for ]{problem}|ticket: {problem}|tell support that {problem}|report that {problem}"),
    ("roll_dice|dice__roll|game__dice|throw_die", "sides:n", "[Rolls|Throws] a die [with that many sides|with sides|]|A die [roll|throw]", "[roll|throw] a [die|dice] with {sides} sides|roll a {sides} sided [die|dice]|[throw|roll] a d{sides}|give me a roll of a {sides} sided die"),
    ("flip_coin|coin__flip|toss_coin", "", "[Flips|Tosses] a coin", "[flip|toss] a coin|[heads or tails|coin flip|coin toss]|throw a coin for me"),
    ("get_weather|weather__forecast|forecast|weather__now", "city:p", "[Tells|Returns|Gets] the weather [of|in|for] a [city|place]|[Current weather|Weather forecast] for a city", "[what is|what's|how is|tell me] the weather [in|for] {city}|weather in {city}|[is it|will it] [raining|rain|sunny|cold|snowing] in {city}|[give me|show me] the forecast for {city}|do i need an umbrella in {city}"),
    ("play_music|music__play|player__play|spotify_play", "song:t", "[Plays|Starts] [music|a song|an artist|a track]", "[play|put on|start|listen to] {song}|i want to hear {song}|can you play {song}|play me {song}"),
    ("send_message|chat__send|sms__send", "to:N,text:t", "Sends a [message|text] to [somebody|a person]", "[send|text|write] {to} a message saying {text}|[tell|message] {to} that {text}|send a message to {to}: {text}"),
    ("set_timer|timer__start|start_timer|timer", "minutes:n", "[Starts|Sets] a [timer|countdown] [in minutes|of some minutes|]", "[set|start] a timer [for|of] {minutes} minutes|timer {minutes} minutes|[count down|wake me in] {minutes} minutes|{minutes} minute timer"),
    ("add_item|shopping__add|list__add|shopping_list", "item:w", "[Adds|Puts] [an item|something] [to|on] the [shopping list|list]", "[add|put] {item} [to|on] the [list|shopping list]|[we need|buy|remember to buy] {item}|put {item} on my list"),
    ("translate|translate_text|language__translate", "text:t,language:L", "Translates [a text|text|words] [into another language|]", "translate {text} [to|into] {language}|[how do you say|what is|say] {text} in {language}"),
    ("define|dictionary__define|lookup_word", "word:w", "[Explains|Looks up|Defines] a word|[Meaning|Definition] of a word", "[define|explain the word|look up the word|look up] {word}|what does {word} mean|what is the meaning of {word}|the definition of {word}"),
    ("web_search|search|web__search|find_online", "query:t", "[Searches|Looks on] the [web|internet]|Web search", "[search|google|look up|search for|look for] {query}|search the [web|internet] for {query}|find {query} online|what does the web say about {query}"),
    ("web__fetch|fetch_page|open_url", "url:u", "[Fetches|Reads|Opens] a [web page|page|website]", "[fetch|open|read|get|load|download] {url}|what does {url} say|show me the page {url}|read me {url}"),
    ("news__headlines|get_news|headlines", "", "[Tells|Returns|Reads] the [news|headlines]", "[what's|what is] [in the news|the news]|[read|tell|give] me the [news|headlines]|[news|headlines] please|any news"),
    ("tell_joke|joke__tell|jokes", "", "Tells a joke", "[tell|give] me a joke|[make me laugh|a joke please|do you know a joke|say something funny]"),
    ("random_number|random__pick", "maximum:n", "[Picks|Draws|Returns] a random number [up to a maximum|]", "[pick|give me|draw|choose] a random number [up to|below|under] {maximum}|random number up to {maximum}|a number between 1 and {maximum}"),
    ("stock_price|stocks__quote|share_price", "symbol:S", "[Tells|Returns] the [price of a stock|stock price|share price]", "[what is|how is|what's] the [stock|share] price of {symbol}|how is {symbol} doing on the market|stock price {symbol}|price of {symbol} shares"),
    ("call_person|phone__call|dial", "person:N", "[Calls|Phones|Rings] [somebody|a person|a contact]", "[call|phone|ring|dial] {person}|give {person} a [call|ring]|i want to talk to {person} on the phone"),
    ("save_note|notes__add|note__save", "text:t", "[Saves|Writes down|Keeps] a note", "[note|write down|save a note|take a note|make a note]: {text}|[note|write] down {text}|add a note about {text}"),
    ("feed_pet|feeder__feed|cat_feeder", "grams:n", "Feeds the [cat|dog|pet]", "[feed|give] the [cat|dog] {grams} grams|feed the pet {grams} grams|{grams} grams for the cat"),
    ("start_vacuum|robot__clean|vacuum__start", "room:r", "[Cleans|Vacuums] a room|Sends the robot to a room", "[vacuum|clean|hoover] the {room}|send the robot to the {room}|clean up the {room} please"),
    ("wol__wake|wake_machine|wake_on_lan", "mac:m", "[Switches on|Wakes] a [machine|computer] by its MAC address", "[wake|wake up|boot|switch on the machine] {mac}|wake the computer {mac}|send a wake packet to {mac}"),
    ("system__info|machine_status|host__info", "", "Returns [host, memory, disk and load|the state of this machine|memory and disk of this machine]", "[how much memory is free|how is the machine doing|system info|show system status|how full is the disk|what is the load of this machine|tell me about this machine's memory]"),
    ("git__status|repo_status", "directory:f", "[Says|Tells] what changed in a repository|Status of a repository", "[git status|status] of {directory}|what changed in {directory}|show the git status of {directory}"),
    ("read_file|files__read|show_file", "path:f", "[Reads|Shows|Returns] a file", "[read|show|open|print|cat] [the file |]{path}|what is in {path}|show me {path}"),
    ("open_app|launch__app|start_program", "app:w", "[Opens|Starts|Launches] an app", "[open|start|launch|run] the app {app}|[open|launch] the {app} app|start {app} app"),
    ("lookup_zip|postcode__find", "code:n", "[Finds|Looks up] a [postcode|zip code]", "[find|look up|where is] the [postcode|zip code] {code}|which town has zip code {code}"),
    ("next_bus|bus__next|departures", "stop:p", "[Tells|Returns] the next [bus|departure] [from|at] a stop", "when [is|does] the next bus [from|leave from|at] {stop}|next bus {stop}|bus departures at {stop}"),
    ("currency__convert|exchange", "amount:n,currency:C", "Converts [money|an amount] to another currency", "[convert|change] {amount} [euros|dollars] to {currency}|how much is {amount} [euros|dollars] in {currency}"),
    ("water_plants|irrigation__start|garden__water", "minutes:n", "Waters the [plants|garden] [for some minutes|]", "water the [plants|garden] for {minutes} minutes|[run|start] the irrigation for {minutes} minutes"),
    ("recipe__find|cookbook|get_recipe", "dish:w", "[Finds|Returns] a recipe [for a dish|]", "[find|give me|show me|i need] a recipe for {dish}|how do i cook {dish}|how to make {dish}"),
    ("calendar__today|agenda|get_appointments", "", "[Lists|Returns] [today's appointments|the appointments of the day|the calendar of today]", "[what's|what is] on my calendar|[do i have|any] appointments today|[show|read] my [calendar|agenda]|what are my appointments today"),
    ("remind|reminder__create|set_reminder", "text:t,minutes:n", "[Reminds of something|Sets a reminder] [later|in some minutes]", "remind me [of|about] {text} in {minutes} minutes|in {minutes} minutes remind me [of|about] {text}"),
    ("summarize|summarizer__summarize|shorten_text", "text:t", "[Summarizes|Shortens|Sums up] a text", "[summarize|sum up|shorten|condense] {text}|give me a summary of {text}|[make a|write a] summary of {text}"),
    ("run_command|ssh__run|shell__execute|host__exec", "host:w,command:c", "Runs a command on [a host|another machine|a machine]", "[run|execute] {command} on {host}|on {host} run {command}|[can you|please] run {command} on the machine {host}"),
    ("run_code|code_runner__run|python__execute", "code:c", "Runs [a program|Python code|code] in a sandbox", "[run|execute] the code {code}|run {code} in the sandbox|[execute|run] this program: {code}"),
    ("delete_file|files__delete|remove_file", "path:f", "[Deletes|Removes] a file", "[delete|remove|erase] [the file |]{path}|get rid of the file {path}"),
    ("list_folder|files__list|show_directory", "directory:f", "Lists [a folder|the files of a folder|a directory]", "[list|show|show me] [the files in|the folder|what is in the folder] {directory}|what files are in {directory}|list {directory}"),
    ("git__log|commit_history", "directory:f", "[Shows|Lists] the [commits|history] of a repository", "[show|list] the [commits|history|log] of {directory}|git log of {directory}|what were the last commits in {directory}"),
    ("restart_service|service__restart|systemctl_restart", "service:w", "Restarts a service", "restart [the service |the |]{service}|[bounce|reload] the {service} service|can you restart {service}"),
    ("service_status|service__status", "service:w", "[Tells|Says] whether a service runs|Status of a service", "is [the service |]{service} running|status of the service {service}|[check|look] if the {service} service [runs|is up]"),
    ("ping|ping_host|network__ping", "host:w", "[Pings|Checks whether it reaches] a host", "ping {host}|[is|can you check if] the host {host} [is |]reachable|ping the machine {host}"),
    ("disk_usage|disk__free", "", "[Tells|Returns] [the free space of the disk|how full the disk is]", "how [full|big] is the disk|how much [disk space|space on the disk] [is free|is left|do i have]|[show|check] the disk usage"),
    ("uptime|host__uptime", "", "[Tells|Returns] how long the machine [runs|has been up]", "how long has the machine been [up|running]|[show|tell me] the uptime|uptime"),
    ("scene__activate|activate_scene|start_scene", "scene:w", "[Activates|Starts] a scene", "[activate|start|set|use] the [scene {scene}|{scene} scene]|scene {scene}|switch to the scene {scene}"),
    ("playlist__start|play_playlist", "playlist:w", "[Plays|Starts] a playlist", "[play|start] the playlist {playlist}|[put on|play] my {playlist} playlist"),
    ("next_track|player__skip|skip_song", "", "Skips to the next [song|track]", "[skip|next] [this |the |]song|[play the next one|next track|skip this]"),
    ("book_table|restaurant__reserve", "restaurant:w,people:n", "[Books|Reserves] a table in a restaurant", "[book|reserve] a table at {restaurant} for {people}|a table for {people} at {restaurant}"),
    ("track_parcel|parcel__track", "number:S", "[Tells|Finds|Tracks] where a parcel is", "[where is|track] [the |my |]parcel {number}|track {number}|[find|check] my delivery {number}"),
    ("flight_status|flights__status", "flight:S", "[Tells|Returns] the status of a flight", "[is|when does] flight {flight} [on time|land|leave|arrive]|[status of|check] flight {flight}|how is flight {flight} doing"),
    ("route|navigation__route|directions", "destination:p", "[Finds|Plans] the way to a place", "[how do i get|navigate|directions|take me|show me the way] to {destination}|route to {destination}"),
    ("sunset|sun__times", "city:p", "[Tells|Returns] when the sun [rises and sets|sets]", "when [does the sun set|is sunset|does the sun rise|is sunrise] in {city}|[sunset|sunrise] in {city}"),
    ("air_quality|environment__air", "city:p", "[Tells|Measures] the air quality of a [city|place]", "[how is|what is] the air [quality |]in {city}|air quality {city}|is the air clean in {city}"),
    ("bmi|health__bmi", "weight:n,height:n", "Calculates the body mass index", "[what is my|calculate the|tell me the] [bmi|body mass index] [at|for|with] {weight} kilos and {height} centimetres"),
    ("log_weight|health__weight", "kilos:n", "[Writes down|Logs|Records] the weight", "[log|record|write down] my weight: {kilos}|[my weight is|i weigh] {kilos} kilos [today|]|i weigh {kilos}"),
    ("open_ticket|tickets__create|create_issue", "title:t", "[Opens|Creates] a [ticket|issue]", "[open|create|file] [a ticket|an issue] [about|for|called] {title}|new [ticket|issue]: {title}"),
    ("take_photo|camera__snapshot", "", "Takes a [photo|picture] [with the camera|]", "take a [photo|picture|snapshot]|[make|shoot] a picture"),
    ("set_alarm|alarm__set|wake_up_at", "time:T", "Sets an alarm [clock|] [for a time|]", "[set an alarm|wake me|wake me up|alarm] [for|at] {time}|get me up at {time}"),
    ("add_event|calendar__add", "title:t,day:D", "Adds an appointment to the calendar", "[add|put|enter] {title} [to|in] my calendar [on|for] {day}|appointment on {day}: {title}"),
    ("compare_prices|prices__find", "product:w", "[Finds|Compares] prices of a product", "[compare|find] prices [for|of] {product}|what does {product} cost|how much is a {product}"),
    ("random_quote|quotes__random", "", "[Tells|Returns] a quote", "[give|tell] me a quote|[quote of the day|a quote please|inspire me]"),
    ("generate_password|password__new", "length:n", "[Makes|Generates] a password", "[generate|make|create] a password [with|of] {length} [characters|letters]|new password, {length} characters"),
    ("horoscope|stars__today", "sign:w", "[Tells|Reads] the horoscope of a sign", "[what is|tell me|read] [my|the] horoscope for {sign}|horoscope {sign}"),
    ("print_document|printer__print", "document:f", "Prints a document", "print [the document |]{document}|[send|put] {document} to the printer"),
    ("ask_expert|experts__ask|orchestrator__ask", "question:t", "Asks [an expert|a bigger model|another model]", "ask [the|an] expert [about |]{question}|[consult|question] the expert about {question}"),
    ("send_email|mail__send|email", "to:N,text:t", "Sends an email to [somebody|a person]", "[send|write] [an email|a mail] to {to} [saying|that says|with the text] {text}|[email|mail] {to} that {text}|[mail|email] to {to}: {text}|let {to} know by mail that {text}"),
    ("post_message|announce|speaker__announce|broadcast", "text:t", "[Announces|Speaks] a text [in the house|on the speakers|]|Says a text on all speakers", "[announce|broadcast] [that |]{text}|[say|announce] on all speakers: {text}|tell everybody that {text}|[let everyone know|make an announcement] that {text}"),
    ("todo__add|add_task|tasks__create", "task:t", "Adds a task to the [to do list|tasks]", "[add|put] {task} [to|on] [my|the] [to do list|todo list|tasks]|new task: {task}|i [must not forget|have to remember] to {task}|todo {task}"),
    ("convert_units|units__convert", "amount:n,unit:w", "Converts an amount to another unit", "convert {amount} to {unit}|[what is|how much is] {amount} in {unit}|{amount} in {unit} please"),
    ("spell_word|spelling", "word:w", "Spells a word", "[spell|how do you spell|can you spell] {word}|spell [the word|out] {word}|what is the spelling of {word}"),
    ("synonyms|thesaurus__find", "word:w", "[Finds|Lists] [synonyms of a word|words that mean the same]", "[synonyms|a synonym|another word|other words] [of|for] {word}|[find|give me] [a synonym|synonyms] for {word}|what else can i say for {word}"),
    ("reverse_text|text__reverse", "text:t", "[Reverses|Turns around] a text", "[reverse|turn around|flip] the text {text}|[write|say] {text} backwards|{text} backwards please"),
    ("count_words|text__count", "text:t", "Counts [the words|letters] of a text", "[count the words|how many words are|how many letters are] in {text}|word count of {text}"),
    ("is_prime|prime_check|math__prime", "number:n", "[Says|Tells|Checks] whether a number is prime", "is {number} [prime|a prime|a prime number]|check [if|whether] {number} is prime|prime check {number}"),
    ("days_until|date__until", "event:w", "[Counts|Tells] the days until an event", "how many days [until|till|to] {event}|[how long|days] [until|till] {event}|count the days to {event}"),
    ("radio__tune|tune_radio|play_station", "station:w", "[Plays|Tunes to] a radio station", "[play|tune to|switch to|listen to] [the station|radio] {station}|radio station {station}|i want to hear {station} on the radio"),
    ("tv__channel|switch_channel", "channel:n", "[Switches|Changes] the channel of the TV", "[switch|change|go] to channel {channel}|channel {channel}|put the tv on channel {channel}|show me channel {channel}"),
    ("volume_up|louder|player__louder", "", "Makes the music louder", "[louder|make it louder|turn the music up|volume up|a bit louder please|more volume]"),
    ("pause_player|player__pause|music__stop", "", "[Pauses|Stops] [the music|what is playing]", "[pause|stop] the [music|song|player]|[pause|hold] it|[silence please|music off]"),
    ("brew_coffee|coffee__make|barista", "cups:n", "[Brews|Makes] coffee", "[make|brew|prepare] {cups} cups of coffee|coffee for {cups}|i need {cups} cups of coffee|{cups} [coffees|cups] please"),
    ("charge_car|ev__charge|wallbox", "percent:n", "Charges the car up to a percentage", "[charge|load] the car [to|up to] {percent}|i need the car at {percent}|car charge {percent}"),
    ("mow_lawn|mower__start", "", "[Starts the mower|Mows the lawn]", "[mow|cut] the [lawn|grass]|[start|send out] the [mower|lawn mower]|the grass is too long"),
    ("find_phone|phone__locate", "", "Makes the phone ring so that it is found", "[where is|find|ring|i lost|help me find] my phone|i can't find my [phone|mobile]"),
    ("moon_phase|sky__moon", "", "[Tells|Returns] the phase of the moon", "[what is the phase of the moon|is it full moon|moon phase|how is the moon tonight|when is full moon]"),
    ("movie_times|cinema__showtimes", "movie:t", "[Tells|Finds] when a film is shown", "when [is|do they show] {movie} [in the cinema|on|]|[showtimes|cinema times] for {movie}|where can i see {movie}"),
    ("find_recipe_by|fridge__suggest", "ingredient:w", "Suggests a dish with an ingredient", "what can i cook with {ingredient}|[suggest|find] something with {ingredient}|i have {ingredient}, what can i cook"),
    ("public_holiday|holidays__check", "country:p", "Lists the public holidays of a country", "[public |bank |]holidays [in|of] {country}|when are holidays in {country}|which days are off in {country}"),
    ("population|country__population", "country:p", "[Tells|Returns] how many people live in a [country|place]", "how many people live in {country}|[what is the |]population of {country}|how big is {country}"),
    ("qr_code|qr__make", "text:u", "Makes a QR code", "[make|create|generate] a qr code [for|of|with] {text}|qr code {text}"),
    ("backup_now|backup__start|nas__backup", "host:w", "[Starts|Makes] a backup of a [machine|host]", "[back up|backup|save] {host}|[make|start|run] a backup of {host}|is it time to back up {host}"),
    ("update_system|apt__upgrade|updates__install", "host:w", "Installs updates on a machine", "[update|upgrade|patch] {host}|install [the |all |]updates on {host}|bring {host} up to date"),
    ("kill_process|process__kill", "name:w", "[Kills|Ends] a process", "[kill|end|terminate] the process {name}|get rid of process {name}|process {name} must go"),
    ("create_user|users__add", "name:N", "Creates [a user|an account]", "[create|add|make] [a user|an account|a new user] [called|named|for] {name}|new user {name}"),
    ("lookup_ip|whois|network__whois", "address:u", "[Looks up|Tells] who owns an address", "[who owns|whois|look up the owner of] {address}|whom does {address} belong to"),
    ("save_contact|contacts__add", "name:N,number:n", "[Saves|Adds] a contact", "[save|add] {name} with [the number|number] {number}|new contact {name} {number}|the number of {name} is {number}, save it"),
    ("log_expense|money__spent", "amount:n,category:w", "[Logs|Writes down] what was spent", "i spent {amount} on {category}|[log|record|add] {amount} for {category}|expense {category} {amount}"),
    ("guess_language|detect_language", "text:t", "Tells the language of a text", "[what|which] language is {text}|[detect|guess] the language of {text}|in which language is {text} written"),
    ("set_scene_color|disco|party_mode", "", "Starts the party lights", "[party mode|start the party|disco time|let's party|party lights please]"),
    ("read_sensor|plant__moisture|soil__read", "plant:w", "[Tells|Reads] how dry a plant is", "[how dry is|does] the {plant} [|need water]|[check|read] the moisture of the {plant}|is the {plant} thirsty"),
    ("score|sports__result|last_match", "team:w", "[Tells|Returns] the last result of a team", "how did {team} play|[score|result] of {team}|[did|has] {team} [win|won]"),
]

# Kinds that stand side by side in a list, so that its lines are told apart, and talk in their words that asks for nothing; a slash parts the names that a parameter may have.
FAMILIES = [
    ([
        ("weather__today|weather_now|get_weather|weather__forecast", "city/place/location/where:p", "[Gets|Tells] [the weather|today's weather] [for|of|in] a [city|place]|Weather [report|forecast] for a [city|place]", "what's it like [outside |out |]in {city} [today|now|right now|]|[how's|how is|what's] the weather [doing |looking |]in {city} [today|tomorrow|]|[will|does] it [rain|snow|freeze|get hot] [today |tomorrow |tonight |]in {city}|[do i need|should i take] [a coat|an umbrella|gloves|a hat|sun cream] in {city} [today|tomorrow|]|we're off to {city}, [what's the weather like there|will it rain]|is it [cold|warm|hot|raining|sunny|windy|foggy|snowing|pouring] in {city}|weather [for|in] {city}|{city} weather|how [warm|cold|windy|hot|wet] is it [outside |]in {city}|what [temperature|weather] have they got in {city}|forecast for {city}"),
        ("pollen__level|pollen_count|allergy__pollen", "region/place/area:p", "[Tells|Gets] the pollen level [in|of] a region|Pollen [count|level] in a region", "how bad is the pollen in {region}|[my nose is running|my eyes itch|i can't stop sneezing|i have hay fever], [how bad is the pollen in|any pollen in|what's the pollen like in] {region}|pollen [count |level |]in {region}|is there [much|a lot of] pollen in {region}|[hay fever|pollen] [forecast|report] for {region}"),
        ("sea__tide|tides_next|tide_table", "port/beach/place:p", "Tells when the tide is [high|low]|Tide times of a place", "when is [high|low] tide in {port}|[tides|tide times] {port}|is the tide [in|out] at {port}"),
    ], ["[i'm|we're|my wife is] so [tired|sick|fed up] [of|with] the [rain|weather|cold|snow] in {p}", "[it|the weather] was [lovely|awful|so hot|freezing|wet] in {p} [last week|yesterday|when we were there|all summer]", "i [like|hate|don't mind] [rain|snow|the heat|fog|pollen]", "[the forecast|the weather man|the weather app] [was wrong again|lied|is never right]", "[rain or shine|it never rains but it pours|i'm under the weather|come rain or shine we go to {p}]", "[is|was] {p} worth a visit"]),
    ([
        ("shopping_list_add|shopping__add|groceries__put|add_to_list|list__add", "item/product/what/thing:W", "[Puts|Adds] [an item|something] [on|to] the shopping list", "[put|stick|pop|get|write] {item} [on|onto] the [list|shopping list|shopping]|[we're|we are|i'm] [out of|running out of|low on|nearly out of] {item}|we [need|want|could do with] [more |some |]{item}|there's no {item} left|add {item} [to the [list|shopping list|shopping]|]|[don't let me forget to|remind me to|i must|i have to] buy {item}|{item} on the [list|shopping list]|the {item} [is|are] [all gone|finished|used up], put [it|them] on the list"),
        ("shopping_list_remove|shopping__remove|list__delete|groceries__drop", "item/product/what/thing:W", "[Takes|Removes|Deletes] [an item|something] [off|from] the shopping list", "take {item} off the [list|shopping list]|[remove|delete|scratch|strike|drop] {item} [from|off] the [list|shopping list]|we [don't need|already have|have got] {item} [any more|], [take it off the list|off the list with it]|we've [already |]got {item} so take {item} off the [shopping |]list|no {item} [on the list |]please, [we have some|i got some already]|i [got|bought] {item} [already|today], take it off"),
        ("shopping_list_read|shopping__show|list__read", "", "[Reads|Shows] the shopping list|What is on the shopping list", "[what's|what is] on the [shopping |]list|[read|show] me the [shopping |]list|what do we [need|have to buy] [from the shop|]|what [was|is] it i have to buy|shopping list please"),
    ], ["[my sister|he|she|dad|mum|the neighbour] [bought|brought|got] [way too many|too much|far too many] {W} [again|yesterday|]", "[i|we] [ate|had|tried] {W} [for breakfast|last night|yesterday|on holiday]", "{W} [is|are] [so expensive|disgusting|on sale|my favourite] [these days|now|]", "[shopping|going to the shop] [is|was] [a pain|no fun|so boring] [today|on saturdays|]", "the list of [my worries|my enemies|his faults] is [long|endless]"]),
    ([
        ("timer|timer__set|start_timer|kitchen__timer", "minutes/duration/time:k", "[Starts|Sets] a [countdown timer|timer|countdown] [in minutes|]", "[set|start|put on|give me] a timer [for|of] {minutes} [minutes|min|mins]|{minutes} [minutes|min] [timer|on the clock|on the timer|countdown]|timer {minutes} [minutes|min]|[the eggs|the pizza|the cake|my tea|the potatoes] [need|needs|takes] {minutes} [minutes|mins]|[time|count] {minutes} minutes|tell me when {minutes} minutes are [up|over]"),
        ("timer_cancel|timer__stop|cancel_timer|stop_countdown", "", "[Stops|Cancels] the [running |]timer", "[never mind|forget|drop|kill|cancel|stop|end] the timer|[stop|cancel|end] the [timer|countdown] [it's done|i'm done|]|never mind the timer, [stop it|cancel it]|the timer [can stop|can go|isn't needed any more]|i don't need the timer any more"),
        ("alarm_set|alarm__set|wake_up_alarm|clock__alarm", "time/when/at:j", "[Sets|Puts] [a wake-up alarm|an alarm|the alarm clock]", "wake me [up |]at {time}|[set|put] [an alarm|the alarm|my alarm] [for|at|to] {time}|alarm [at|for] {time}|i [have to|must|need to|want to] [get up|be up|wake up] at {time}|[don't let me|i can't] [sleep|oversleep] [past|after] {time}|get me [up|out of bed] at {time}"),
        ("alarm_off|alarm__cancel|wake_up__cancel", "", "[Cancels|Deletes|Switches off] the wake-up alarm", "[cancel|delete|drop|forget] [my|the] alarm|no alarm [tomorrow|please]|[switch|turn] [off the alarm|the alarm off]|i [can|want to] sleep in [tomorrow|], no alarm|don't wake me [tomorrow|up tomorrow|]"),
        ("reminder__create|remind_at|reminders__add|set_reminder", "text/what/about/task:a,time/when/at:j", "[Reminds of something|Reminds the user of something|Sets a reminder] [at a time|for a time]", "remind me to {text} at {time}|[don't let me forget|i must not forget|remind us] to {text} at {time}|reminder: {text} at {time}|[set|make] a reminder to {text} [at|for] {time}|please remind me [that i have |]to {text} at {time}|i have to {text} at {time}, remind me"),
        ("reminder__new|reminders_add|remember__this", "text/what/task:a", "[Adds|Creates|Keeps] a reminder", "remind me to {text}|don't let me forget to {text}|[i mustn't forget|i must remember|help me remember] to {text}|[add|make|set] a reminder to {text}|reminder: {text}"),
    ], ["[i|we|he] [overslept|woke up too late|never heard the alarm] [again|today|yesterday]", "[the timer|the alarm|my alarm clock] [was|is] [so loud|a present|too quiet|an old one]", "[that reminds me of|this reminds me of] [{N}|my youth|{p}|an old song]", "[time's up for|a wake up call for|he was alarmed by] [{N}|the government|us all]", "[i hate|nobody likes] [alarms|getting up at {j}|waking up]"]),
    ([
        ("calendar__add|calendar_add|add_event|diary__enter", "title/event/what:e,date/day/when:d", "[Adds|Puts|Enters] [an event|an appointment|something] [to|in] the [calendar|diary]", "[put|pop|stick|write|enter|add|get] [the |a |my |]{title} [in|into|on] [my|the|our] [calendar|diary] [for|on] {date}|[could you |can you |]pop [the |]{title} in [my|the] [calendar|diary] for {date}|{date} [is|i have|we have|we've got] [a |the |]{title}, [write it down|put it in the calendar]|[new |]appointment [on |]{date}: {title}|i [have|got|have got] [a |the |]{title} on {date}, calendar please|[save|note] [the |]{title} [for|on] {date} in the calendar"),
        ("calendar__list|calendar_show|events_on|diary__read", "date/day/when:d", "[Lists|Tells|Shows] the [events|appointments] of a [date|day]|What is in the calendar on a day", "[have i|do i have|have we] [got |]anything [planned|on|to do|in the calendar] [on |for |]{date}|what [have i got|do i have|is planned|is in my calendar|am i doing|are we doing] [on |]{date}|[am i|are we] [free|busy|booked] [on |]{date}|[any|my] [appointments|plans|meetings|events] [on|for] {date}|what's [happening|in the diary] [on |]{date}|[does {date} look [full|busy|free]|how does {date} look]"),
        ("calendar__delete|cancel_event|diary__remove", "title/event/what:e", "[Deletes|Cancels|Removes] [an event|an appointment]", "[cancel|delete|remove|drop|strike] [the |my |]{title} [from the calendar|]|[the |my |]{title} is off, [take it out of the calendar|cancel it]|i'm not going to the {title}, delete it"),
    ], ["[my|our|the] {e} [was|is] [boring|cancelled by them|great|too long|over|never on time]", "[friday|monday|sunday] is [my favourite day|the worst day|no fun]", "[he|she|my boss] never [has time|comes on time] on [fridays|mondays]", "[his days are numbered|save the date they said|every dog has its day|those were the days|one of these days i'll scream]", "[should i|shall i|must i really] [marry|leave|visit|forgive] [him|her|{N}]"]),
    ([
        ("music__play|play_music|player__start|songs__play", "title/song/artist/what:l", "[Plays|Starts] [a song, artist or album|a song|music|songs of an artist]", "play {title}|[i'm in the mood for|i fancy|i feel like|i want to listen to|i'd love to hear|let me hear|how about|give us some|some] {title}[, put it on|, play it|]|[put|stick|pop] {title} on|put on {title}|{title} [on the stereo|on the speakers|please]|[can we have|could we hear|let's listen to|let's hear] {title}"),
        ("music__pause|pause_music|player__hold", "", "[Pauses|Stops] the music", "[pause|stop|hold|halt|interrupt] the [music|song|tune|track|player] [i'm on the phone|im on the phone|there's somebody at the door|for a moment|]|[the phone rings|i can't hear you|i have a call|the baby sleeps], [pause|stop] the music|[music|song] [off|pause|stop]|make the music stop|[quiet|silence] please, [no music|stop the music]|turn [off the music|the music off]"),
        ("music__next|skip_song|player__next", "", "[Skips|Goes] to the next [song|track]", "[next|skip] [song|track|one|this]|[i can't stand|i don't like|i hate|not] this [song|one|track], [next|skip it|another one]|play [something else|another one|the next one]"),
        ("music__volume|set_volume|player__volume", "level/volume/percent:k", "[Sets|Changes] the volume [of the music|]", "[set|put|turn] the [volume|music|sound] [to|down to|up to] {level}|volume [to |at |]{level}|[make the music|i want the music at] {level}|music volume {level}"),
        ("radio__tune|radio_play|tune_radio|radio__station", "station/channel/name:R", "[Plays|Tunes in] a radio station", "{station} please|[play|tune to|tune in to|put on|switch to|turn on|listen to] {station} [on the radio|]|[i want|i'd like|let me] [to |]hear {station}|[put|stick] {station} on|radio on {station}|change the [station|radio] to {station}"),
        ("tv__channel|tv_switch|television__channel|telly__tune", "number/channel:k", "[Switches|Changes] the [television|tv] to a channel", "[switch|change|turn|flip] the [telly|tv|television|box] [over |]to channel {number}|channel {number} [please|on the tv|on the telly]|[put|stick] channel {number} on|put on channel {number}|[what's on|show me|i want to watch|i'd like] channel {number}|[tv|telly] to [channel |]{number}|go to channel {number}"),
        ("podcast__play|play_podcast|audiobook__read", "title/name/show:l", "[Plays|Starts] a podcast", "[play|start|put on] the podcast {title}|[i want to hear|continue|let's hear] the podcast {title}|podcast {title}|the latest [episode|part] of {title}"),
    ], ["[i|we|dad|grandma] used to [play|listen to|love] the [radio|piano|records|music] [all night|every day|as a child|when i was a student]", "[that song|this song|the radio|music] [changed my life|makes me cry|was better in the eighties|turned my week around]", "{l} [was|is] [overrated|my favourite|a great song|on tv yesterday]", "[he|she|my son] [plays|played] the [guitar|drums|violin|field|fool] [badly|very well|again]", "[stop playing games with me|face the music|that's music to my ears|we played cards all evening|don't play with my feelings]", "[don't|do not|please don't|never] [play|put on] {l} [again|any more|]"]),
    ([
        ("mail__send|send_mail|email__write|write_email", "to/recipient/who:o,text/message/body:M", "[Sends|Writes] [an e-mail|a mail|an email] to [a person|somebody]", "[send|write|shoot|drop] [an email|a mail|an e-mail|a quick mail] to {to} [saying|that says|which says|with the words|telling them] {text}|[email|mail] {to} [that|saying] {text}|[email|mail] to {to}: {text}|[send|write] {to} [an email|a mail] [saying|that] {text}|write a mail to {to} that {text}|let {to} know by [mail|email] that {text}"),
        ("sms_send|text__send|send_sms|phone__text", "number/phone/to:h,message/text:M", "[Sends|Writes] a text message to a phone number", "text {number} {message}|[text|sms] to {number}: {message}|[send|write] [a text|an sms|a message] to {number} [saying|that] {message}|text {number} [that|saying] {message}|[sms|message] {number} {message}|send {number} [the message|the text] {message}"),
        ("send_message|chat__message|message_send|whatsapp__send", "to/recipient/contact:o,text/message:M", "[Sends|Texts] a message to [a contact|somebody]", "[tell|text|message] {to} [that |]{text}|[let|make sure] {to} [know|knows] [that |]{text}|[send|give] {to} a message[: | that | saying ]{text}|message to {to}: {text}|[shoot|drop] {to} a text that {text}|say to {to} that {text}"),
        ("phone__call|call_contact|dial_person|ring__someone", "contact/name/person/who:o", "[Calls|Rings|Phones] [a contact|somebody|a person]", "[ring|call|phone|dial|buzz] {contact}|[give|get] {contact} [a ring|a call|a bell|on the phone|on the line]|[i need to|i want to|i have to|let me|can i] [speak|talk] to {contact} [on the phone|]|[put me through to|connect me with|make a call to] {contact}|call {contact} [please |]i [have news|miss them|need help]"),
        ("notes__save|note_add|write_note|jot__down", "text/note/content:M", "[Saves|Keeps|Writes] a note", "[note|jot|write|take] down [that |]{text}|[make|take|save|write] a note[: | that | saying ]{text}|note: {text}|[keep in mind|remember|please note|write in my notes] that {text}|new note {text}"),
        ("announce|announce__all|speak_rooms|intercom__say", "message/text/what:M", "[Speaks|Says|Announces] a message [in all rooms|on all speakers|everywhere in the house]", "tell [everybody|everyone|all|the whole family|the family|all people] [in the house |at home |]{message}|[announce|broadcast] [in all rooms |everywhere |][that |]{message}|let [everybody|everyone|the house|the whole house] know [that |]{message}|[say|shout|speak] [in every room|in all rooms|through the house|on all speakers]: {message}|announcement: {message}|make an announcement that {message}"),
    ], ["do [NOT|not] [call|phone|ring|text|email] {o}", "[don't|never|please don't] [call|phone|ring|text|mail|write to] {o} [again|ever|today|]", "[i|we] [called|rang|texted|emailed|wrote to] {o} [yesterday|already|last week|myself|and nobody answered]", "[{o}|my boss|the bank|nobody] [called|wrote|texted|rang] [me |][yesterday|this morning|last night|again|back]", "[he|she] [calls|called] me [names|crazy|a liar|lazy]", "[on that note|duly noted|call it a day they said|that rings a bell|a close call|it was my calling|the message was clear|who knows]", "[should i|why should i|must i] [call|text|write to|trust] {o}"]),
    ([
        ("currency_convert|money__convert|exchange__rate|convert_money", "amount/value/sum:k,from/source:C,to/target:C", "[Converts|Changes] [money|an amount] from one currency into another", "how much [is|are] {amount} {from} in {to}|[convert|change|turn] {amount} {from} [to|into] {to}|{amount} {from} [to|in|into] {to}|what [is|are|would be] {amount} {from} in {to}|how many {to} [do i get|are there|would i get] for {amount} {from}|what do i get [in {to} for {amount} {from}|for {amount} {from} in {to}]|[i've got|i have] {amount} {from}, [what's that|how much is that] in {to}"),
        ("unit__convert|units_convert|convert_measure|measure__convert", "value/amount/number:k,from/unit:U,to/into:U", "[Converts|Changes] [a measurement|a measure|units]|Converts a value from one unit into another", "[convert|change|turn] {value} {from} [to|into] {to}|how many {to} [are|is|make] {value} {from}|{value} {from} in {to}|what is {value} {from} in {to}|{value} {from} [makes|is] how many {to}|how much is {value} {from} in {to}"),
        ("stocks__price|stock_quote|share__price|market__quote", "symbol/stock/company:S", "[Tells|Gets] the price of a [stock|share]|Price of a [stock|share]", "[whats|what's|what is|where is] {symbol} [trading at|at|worth] [today|now|]|how [is|are] {symbol} [doing|trading|looking] [today|]|{symbol} [stock|share|price|shares]|[check|quote|price of] {symbol}|[has|did] {symbol} [gone up|gone down|go up|fall|rise] [today|]|what does a share of {symbol} cost"),
        ("tax__add|vat_add|price__with_tax", "price/amount:k", "Adds the tax to a price", "[add|put] [the tax|vat|tax] [to|on] {price}|what is {price} with [tax|vat]|{price} plus [tax|vat]"),
    ], ["[i spent|he lost|she won|we paid] [a few|too many|all my] {C} [on the market|in {p}|yesterday|at cards]", "[money|time] [is the root of all evil|makes the world go round|doesn't grow on trees]", "[give him an inch and he takes a mile|i'd walk a thousand miles for you|it costs an arm and a leg]", "[is it|would it be] [wise|safe|stupid] to [buy|sell] {S} [shares|]"]),
    ([
        ("bus_times|bus__departures|bus__next|stop__departures", "stop/station/from:s", "[Tells|Lists] [the departures at a bus stop|when buses leave]|Departures at a bus stop", "bus [times|departures] [at|for|from|] {stop}|when [does|is] the next bus [at|from|leave from|leave] {stop}|next bus [at|from|] {stop}|buses from {stop}|[which|what] buses [go|leave] from {stop}|when can i get a bus at {stop}"),
        ("trains__next|train_departures|rail__next|station_board", "station/from/stop:s", "[Tells|Lists] [the next departures|trains] at a station|Next departures at a station", "when does the next train leave [from |]{station}|[next|any] train[s|] from {station}|trains [at|from] {station}|what trains leave {station}|when can i get a train at {station}"),
        ("taxi__order|order_taxi|cab__call|book_cab", "address/place/to/destination:A", "[Orders|Calls|Books] a [taxi|cab] to an address", "[i need|get me|call me|order me|order|book|send|we need|call] a [cab|taxi|ride] to {address}|[cab|taxi] to {address}|[a cab|a taxi] for {address} please|can you get [us|me] a [taxi|cab], we're [going|off] to {address}|[drive|take] me to {address} by taxi"),
        ("parcel__track|track_parcel|post__where", "code/number/parcel:x", "[Tracks|Finds] a parcel", "where is [my|the] [parcel|package|delivery], the [code|number] is {code}|track [parcel |package |]{code}|[where's|what about|any news of] [parcel|package] {code}|has {code} [arrived|been delivered|shipped]|my [parcel|package] is {code}, where is it"),
        ("flights__status|flight_status|airport__flight", "flight/number:x", "[Tells|Checks] the status of a flight|Status of a flight", "[has|is] flight {flight} [landed|left|late|delayed|on time] [already|yet|]|flight {flight} status|[is|has] {flight} [on time|landed|in the air]|when does [flight |]{flight} [land|arrive|leave]|how late is flight {flight}"),
        ("weather__on_day|forecast_day|weather_at", "place/city:p,day/date:d", "[Tells|Gets] the weather of a place on a day|Forecast for a place and a day", "[will|does] it [rain|snow] in {place} [on |]{day}|what's the weather [in|for] {place} [on |]{day}|is it going to be [sunny|nice|cold|hot|dry] in {place} {day}|weather in {place} {day}|how will it be in {place} {day}"),
        ("parking__find|find_parking|car_parks", "street/place/near:A", "[Finds|Looks for] a [parking space|car park] near [an address|a street]", "where can i park near {street}|[parking|car park|parking space] [near|at] {street}|[find|i need] [a parking space|somewhere to park] [near|at] {street}"),
    ], ["the [bus|train|tram|taxi] was [late|full|early|dirty] [as always|again|today|yesterday]", "i [missed|took|hate] the [bus|train] [this morning|yesterday|to {p}|]", "[the taxi driver|the bus driver|the postman|the pilot] [was rude|sang all the way|had no change|knows everybody]", "[he works at|she lives in|they moved to|my school was in] {A}", "[i missed the boat|that train has left|you wait for ages and then two come|that's just the ticket]", "[the parcel|our flight|the package] [was a present from|came with|was nice thanks to] {N}"]),
    ([
        ("recipes__find|recipe_search|cookbook__recipe", "dish/meal/what:w", "[Finds|Looks up] a recipe [for a dish|]", "i [fancy|feel like|want to try] [cooking|making] {dish} [tonight |today |]but don't know how, got a recipe|[have you|do you have|got|any] [a |]recipe for {dish}|how [do i|do you|can i] [cook|make|prepare] {dish}|[recipe|recipes] [for|] {dish}|[teach|show] me how to [cook|make] {dish}|what do i need for {dish}|let's [cook|make] {dish}, find a recipe"),
        ("pizza_order|pizza__order|order_pizza", "kind/pizza/type:Z,size:z", "Orders a pizza", "order [us |me |]a {size} {kind} [pizza |][for us|]|[a|one] {size} {kind} [pizza|please]|[i'd like|i want|get us|get me] a {size} [pizza |]{kind}|[pizza|order] {kind} {size}|{kind}, {size}, [order it|order one]|[can we have|let's order] a {size} {kind} pizza"),
        ("restaurant__book|book_table|table__reserve", "name/restaurant/place:G,people/persons/guests:y,time/at/when:j", "[Books|Reserves] a table", "book a table at {name} for {people} [people|] at {time}|[reserve|get us|i need|we want] a table at {name} for {people} [people|persons|of us] at {time}|table at {name} [for {people} at {time}|for {people}, {time}]|dinner at {name} for {people} at {time}, book it"),
        ("coffee__brew|make_coffee|coffee_order", "cups/number/amount:y", "[Makes|Brews] [coffee|cups of coffee]", "[make|brew|pour] [us |me |]{cups} [coffees|cups of coffee|cups]|coffee for {cups}|[we need|i want] {cups} [cups of coffee|coffees]|{cups} coffees please"),
        ("oven__program|oven_bake|bake__start", "dish/food:w,minutes/time:k", "Bakes a dish for some minutes", "bake the {dish} for {minutes} minutes|[the {dish} goes|put the {dish}] in the oven for {minutes} minutes|{minutes} minutes in the oven for the {dish}"),
    ], ["the [recipe|pizza|food|soup|table] [from last week|we had|at {G}|from {N}] was [awful|too salty|cold|delicious]", "[i|we] [cooked|ate|burnt|ordered] {w} [yesterday|last night|for {N}|again]", "[she set|i set|he laid] the table [an hour ago|already|and nobody came|for nothing]", "[too many cooks spoil the broth|that's a recipe for disaster|money for old rope|he wants his cake and eat it|out of the frying pan into the fire]", "[grandma|mum|{N}] [never|always] used a recipe"]),
    ([
        ("vacuum__clean|robot_vacuum|vacuum_room|hoover__send", "room/where/place:r", "[Lets the robot vacuum clean|Vacuums|Cleans] a room", "[vacuum|hoover|clean] the {room}|the {room} is [full of crumbs|dirty|filthy|dusty|covered in dog hair|a mess], [send the robot to hoover|hoover|vacuum|clean] the {room}|[send|let] the [robot|vacuum|hoover] [to|into|clean|do|loose in] the {room}|[there are crumbs|someone spilt sugar|the cat made a mess] in the {room}, [vacuum it|send the robot|hoover please]|run the [vacuum|hoover|robot] in the {room}|[do|give] the {room} [with the vacuum|a hoover]"),
        ("vacuum__dock|robot_home|vacuum_return", "", "Sends the robot vacuum [home|back to its dock]", "send the [vacuum|robot|hoover] [home|back|to its dock]|the [robot|vacuum] can go [home|back]|[stop cleaning|enough vacuuming|that's clean enough], [go home|back to the dock]"),
        ("washer__program|washing__start|laundry_program", "program/programme/mode:V", "[Starts|Runs] a washing programme", "start the [washing machine|washer|laundry] [with|on] the {program} [programme|program|cycle]|[wash|run|do] [it|the laundry|a load|the clothes] [on|with] [the |]{program}|[washing machine|washer|laundry] on {program}|[run|start] the {program} [wash|programme|cycle]|put the washing machine on {program}"),
        ("garden__water|water_zone|irrigation__run|sprinkler_zone", "zone/bed/area:b,minutes/duration:k", "[Waters|Sprinkles] a [zone|part] of the garden", "give the {zone} [some|a bit of|a drink of] water for {minutes} minutes|water the {zone} for {minutes} [minutes|min]|[{minutes} minutes of water for|{minutes} minutes on] the {zone}|the {zone} [is dry|looks thirsty|needs water|could use a drink], [water it for|give it] {minutes} minutes|[let the sprinkler run on|sprinkle] the {zone} {minutes} minutes"),
        ("camera__snapshot|take_snapshot|camera_photo|cam__picture", "camera/which/place:r", "[Takes|Makes] a [picture|photo|snapshot] with a camera", "take a [picture|photo|snapshot] with the {camera} [camera|cam]|[snap|shoot|get me|i want|send me] a [picture|photo] [of|from] the {camera} [camera|cam]|[snapshot|picture|photo] [of|from] the {camera} camera|{camera} camera[, | ]take a [picture|photo]"),
        ("petfeeder__feed|pet_feed|feed__animal", "animal/pet/who:g", "[Gives|Puts out] [a portion of food|food] [to|for] a pet|Feeds a pet", "[feed|give food to] the {animal}|the {animal} [looks|is|seems] [hungry|starving], [feed|give some food to] the {animal}|the {animal} [wants|needs|hasn't had] [dinner|breakfast|food], [feed it|give it some]|[dinner|breakfast|food] for the {animal}|give the {animal} [its dinner|something to eat|a portion|some food]|has anyone fed the {animal}, if not [do it|feed it]"),
        ("medicine__log|log_pill|meds__taken|pill_diary", "name/medicine/what:Y", "[Notes|Logs|Records] that a medicine was taken", "i [just |]took [my |the |]{name}, [log it|write it down|note it|record it]|[log|note|record] [my |the |that i took |that i've had my ]{name}|i['ve| have] [had|taken|swallowed] my {name}|{name} [taken|done|swallowed], log it|put down that i took [my |]{name}"),
        ("bins__next|bin_day|waste_next|rubbish__which", "", "[Tells|Says] which bin is collected next|Which bin is collected next", "[which|what] bin [goes out|is it|is next|is collected|do i put out] [this week|tomorrow|today|next|]|is it [the green|the blue|the black|recycling|paper] [bin|] this week|[what's the next|next] bin|when [do|are] the bins [go out|collected|emptied]|bin day"),
        ("mower__start|mow_area|lawn__mow", "area/lawn/where:b", "Mows [a part of the garden|a lawn]", "mow the {area}|[cut|trim] the grass [at|by|on] the {area}|the {area} [is too high|looks wild], mow it|send the mower to the {area}"),
    ], ["we [ran|used|bought|emptied] the [vacuum|mower|sprinkler|washing machine|camera] [yesterday already|already|last week|in spring]", "the [cat|dog|hamster|rabbit] [ate|slept|ran away|caught a mouse|was fed] [already|yesterday|last night|]", "[i|he|she] [washed|fed|watered|mowed|cleaned] [everything|it|them all|the lot] [already|yesterday|this morning]", "[don't|do not|please don't] [feed|wake|wash|vacuum|touch] the [{g}|baby|{r}] [now|today|again|, it's fine]", "[curiosity killed the cat|it's raining cats and dogs|let sleeping dogs lie|the grass is always greener|a picture is worth a thousand words|a bitter pill to swallow|nature abhors a vacuum]", "the [doctor|nurse|vet] [said|thinks] {Y} is [too strong|not needed|bad for the liver]"]),
    ([
        ("dictionary__define|define_word|meaning__of", "word/term:w", "[Explains|Tells] what a word means", "what does [the word |]{word} mean|[define|explain] [the word |]{word}|[i don't know|i've never heard] the word {word}, [what does it mean|what is it]|meaning of {word}|what's a {word}"),
        ("spell|spell_word|spelling__of", "word/term:w", "Spells a word", "how do [you|u|i] [spell|write] {word}|spell {word}|[spelling|letters] of {word}|how is {word} [spelt|spelled|written]"),
        ("translate|translate_text|language__translate", "text/words/phrase:B,language/to/into:L", "[Translates|Puts] a text into a language", "how do [you|i|they] say {text} in {language}|[translate|put] {text} [into|to|in] {language}|what's {text} in {language}|what is the {language} for|{text} in {language}, [please|how]|say {text} in {language}|i need {text} in {language}|how would a speaker of {language} say {text}"),
        ("wiki__lookup|encyclopedia__find|wiki_search|look_up", "topic/subject/what:O", "[Looks up|Finds] a topic in an encyclopedia", "look up [the |]{topic} [for my homework|for school|for me|]|[what is|what was|tell me about|find out about|read me about] the {topic}|[i want to know|i need to know|teach me] about the {topic}|[search|check] the encyclopedia for [the |]{topic}|wiki {topic}"),
        ("news__headlines|news_topic|latest_news|headlines__about", "topic/about/subject:O", "[Tells|Reads|Gets] the [latest |]headlines about a topic|Latest headlines about a topic", "anything new about [the |]{topic} [in the news|]|[news|headlines] [about|on] [the |]{topic}|what do the [papers|news] say about [the |]{topic}|[what's new|what's going on|what's happening] with [the |]{topic}|any [news|headlines] on [the |]{topic}"),
        ("library__search|books_by|library_author", "author/writer/name:o", "[Searches|Looks in] the [town |]library for an author", "[does the library have|are there|find me|any] books by {author}|[search the library|look in the library] for {author}|what did {author} write|has the library got [anything|something] by {author}"),
        ("dice_roll|roll_die|dice__throw", "sides/faces:k", "[Rolls|Throws] a die", "[roll|throw] a {sides} sided [dice|die]|[roll|throw] a [die|dice] with {sides} [sides|faces]|[d|dice with ]{sides} [please|roll]|roll the {sides} sided one"),
        ("coin_flip|flip_coin|coin__toss", "", "[Flips|Tosses] a coin", "[heads or tails|let's decide][?|,] [flip|toss] a coin [for us|]|[flip|toss|throw] a coin [for us|please|to decide|]|let a coin decide|heads or tails"),
        ("joke__tell|tell_joke|humor__joke", "", "Tells a joke", "make [me|us] laugh[, tell us a joke|]|[tell|give|know] [me |us |][a joke|a good one|another joke]|[cheer me up|i'm bored], [a joke please|tell me a joke]|[got|know] any [jokes|good ones]"),
        ("quote__random|random_quote|wisdom__quote", "", "[Reads|Tells] a random quote", "[read|give|tell] me a [quote|wise word|random quote]|[quote|wisdom] of the day|[say something wise|inspire me]|a quote please"),
        ("moon__phase|moon_now|sky__moon", "", "[Tells|Shows] the [current |]phase of the moon|Current phase of the moon", "[is it|is there a|when is] full moon [tonight|now|]|[what phase is the moon in|moon phase|how full is the moon]|what does the moon look like [tonight|]"),
    ], ["is it [worth|hard|fun] [learning|to learn] {L} [at my age|for work|in {p}|]", "[he|she|my teacher] [speaks|taught us|studied] {L} [fluently|badly|for years|]", "[you're joking|that's no joke|the die is cast|once in a blue moon|over the moon about it|the other side of the coin|by the book|bad news travels fast|no news is good news|mark my words|a man of his word]", "[i read|she wrote|we talked] about the {O} [yesterday|in the paper|at school|for hours]", "[words|jokes|languages|books] [fail me|are hard|are fun|change]"]),
]
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
        text = re.sub(r"{([A-Za-z]1?)}", lambda m: draw(r, m[1]), text)
    return text


def known(r):
    return listed(r, r.choice(KINDS) if r.random() < 0.65 else r.choice(r.choice(FAMILIES)[0]))


def family(r):
    """Some lines of one family, and what is said in its words without a wish."""
    kinds, idle = r.choice(FAMILIES)
    return [listed(r, k) for k in r.sample(kinds, min(len(kinds), r.choice([1, 2, 2, 3, 3, 4])))], idle


def listed(r, kind):
    names, parameters, descriptions, requests = kind
    return made(r, r.choice(names.split("|")), parameters, worded(r, alternative(r, descriptions)), requests)


def worded(r, description):
    """The same description as another would write it."""
    first, _, rest = description.partition(" ")
    if rest and first.endswith("s") and not first.endswith(("ss", "us")) and first not in ("Departures", "Showtimes", "Headlines") and r.random() < 0.4:
        first = first[:-2] if first.endswith(("ches", "shes", "sses")) else first[:-1]
        description = f"Use this to {first.lower()} {rest}" if r.random() < 0.12 else f"{first} {rest}"
    return description + r.choice([" for the user", " when somebody asks for it", ", as asked", " at home"]) if r.random() < 0.08 else description


WORDS = {}
for _kind in KINDS + [k for kinds, _ in FAMILIES for k in kinds]:
    for _name in _kind[0].split("|"):
        WORDS.setdefault(_name, set()).update(w[:6] for w in re.findall(r"[a-z]{3,}", (_name.replace("_", " ") + " " + " ".join(_kind[2:])).lower()))
COMMON = {w[:6] for w in "what what's when where which who how this that the have has had with from for about need want does did give tell show much many make will would could can you your our into like are is was and not but let get put set all any some there then they them please now today tomorrow tonight here one two out off its it's i'm going name new old use user find send".split()}


def near(said, extra):
    """Whether a tool of the list might be meant by it."""
    words = {w[:6] for w in re.findall(r"[a-z]{3,}", said.lower())} - COMMON
    return any(words & WORDS.get(t[0], set()) for t in extra)


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
        renamed = {p[0]: r.choice([n, n + "_name", "the_" + n, n[:4]]) for p in pairs for n in [r.choice(p[0].split("/"))]}
    else:
        renamed = {p[0]: r.choice(p[0].split("/")) for p in pairs}
    line = f"{name}({', '.join(renamed[p[0]] for p in pairs)}): {description}."
    spec = [(p[0].split("/")[0], renamed[p[0]], p[1]) for p in pairs]
    return name, line, *asked(r, spec, requests), (spec, requests)


def asked(r, spec, requests):
    """One of the requests, and the values that it has."""
    said, arguments = alternative(r, requests), {}
    values = [draw(r, kind) for _, _, kind in spec]
    while len({v.lower() for v in values}) < len(values):
        values = [draw(r, kind) for _, _, kind in spec]
    for (slot, parameter, _), value in zip(spec, values):
        said = said.replace("{" + slot + "}", value)
        arguments[parameter] = value
    return filled(r, said), arguments


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

