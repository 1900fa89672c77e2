"""Tools that nobody has seen: names, descriptions and requests that fit them, so that the list is read and not remembered."""
from text import number, pattern, whole, word
from words import PEOPLE, PLACES, TOPICS

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
THINGS = """milk;oat milk;bread;brown rice;olive oil;coffee;tomatoes;dark chocolate;toilet paper;batteries;apple juice;nginx;postgres;docker;backup;web01;db server;alpha;raspberry;green tea;morning;movie night;party;
dinner;chess;guitar;calculator;dragon;serendipity;ubiquitous;leo;virgo;lasagna;chicken soup;apple pie;arsenal;real madrid;giants;headphones;bicycle;running shoes;laptop;summer hits;focus;Luigi's;garden;attic sensor""".replace("\n", "").split(";")
# What people say, write down and listen to, so that a copy has ordinary words in it.
PHRASES = """i am late;i'm late;i will be late;dinner is ready;call me back;i love you;happy birthday;see you at six;the train is late;i am on my way;we are out of milk;please come home;good luck;the meeting is at noon;i forgot my keys;don't wait for me;bring some bread;
we won the game;the kids are asleep;i'll be there soon;it is raining;thank you for the flowers;the party starts at eight;we need to talk;pick up the kids;water the plants;pay the rent;book the flights;call the dentist;buy a present for mum;feed the neighbours' cat;clean the windows;
take out the trash;fix the bike;wash the car;send the invoice;the dark side of the moon;bohemian rhapsody;yellow submarine;some jazz;something by the beatles;stairway to heaven;a day in the life;the four seasons;hey jude;back in black;the sound of silence;smooth criminal;
life is good;the quick brown fox;all is well that ends well;to be or not to be;the door was open;it was a dark night;once upon a time;the answer is no;how to grow tomatoes;cheap flights to rome;best pizza in town;how tall is the tower;the history of tea;who won the cup;
the printer is broken;login does not work;the page is slow;broken link on the start page;lunch with anna;dentist;piano lesson;team meeting;a trip to the sea;the lord of the rings;star wars;the third man""".replace("\n", "").split(";")
COLOUR = "blue red big small first last old new".split()


def draw(r, kind):
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


def known(r):
    names, parameters, descriptions, requests = r.choice(KINDS)
    name = r.choice(names.split("|"))
    return made(r, name, parameters, alternative(r, descriptions), requests)


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
        renamed = {p[0]: r.choice([p[0], p[0] + "_name", "the_" + p[0], p[0][:4]]) for p in pairs}
    else:
        renamed = {p[0]: p[0] for p in pairs}
    line = f"{name}({', '.join(renamed[p[0]] for p in pairs)}): {description}."
    said, arguments = alternative(r, requests), {}
    for parameter, kind in pairs:
        value = draw(r, kind)
        said = said.replace("{" + parameter + "}", value)
        arguments[renamed[parameter]] = value
    return name, line, said, arguments


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

