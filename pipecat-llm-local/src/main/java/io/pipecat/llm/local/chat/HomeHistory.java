package io.pipecat.llm.local.chat;

import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonString;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import io.pipecat.llm.local.chat.Turn.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the built-in model is shown of a conversation: the functions in a line each, and the newest exchanges that fill its window. Nothing
 * older is rendered or tokenised, so that an answer costs the same however long the conversation is.
 */
final class HomeHistory {
    // Far more than a window holds: its tokens have three characters on average, and a turn's markers take no more.
    private static final Pattern SHOUTED = Pattern.compile("\\p{Lu}{2,}.* .*\\p{Lu}{2,}");
    private static final Pattern SUM = Pattern.compile("[^=\\n]* = (-?[0-9]+(?:[.][0-9]{1,8})?)[.]");
    private static final int LOOKED_AT_CHARACTERS = 4096;
    // A result is shown in the few words that the model knows, whatever a tool wrote.
    private static final int RESULT_CHARACTERS = 80;
    private static final int CHARACTERS_PER_TOKEN = 3;
    // <|im_start|>, the role, a line, <|im_end|>, a line.
    private static final int TURN_TOKENS = 5;

    private final ChatTemplate template;
    private final ControlTokens tokens;
    private final Turn system;
    private final List<Message> older;
    private final List<List<Turn>> exchanges;

    HomeHistory(LLMContext context, ChatTemplate template, ControlTokens tokens) {
        this.template = template;
        this.tokens = tokens;
        List<Message> messages = context.messages();
        String list = HomeFunctions.list(context.functions(), lastAsked(messages));
        this.system = new Turn(Role.SYSTEM, tokens.neutralise(list));
        int start = start(messages);
        this.older = messages.subList(0, start);
        this.exchanges = exchanges(messages.subList(start, messages.size()));
    }

    static String lastAsked(List<Message> messages) {
        return messages.reversed().stream()
                .filter(Message.User.class::isInstance)
                .map(Message::text)
                .findFirst()
                .orElse("");
    }

    /** Everything that was said or called before the last request, as far as the model is shown it. */
    static String before(List<Message> messages) {
        int last = messages.size() - 1;
        while (last >= 0 && !(messages.get(last) instanceof Message.User)) {
            last--;
        }
        return messages.subList(Math.min(start(messages), Math.max(last, 0)), Math.max(last, 0)).stream()
                .map(message -> switch (message) {
                    case Message.User user -> user.text();
                    case Message.Assistant assistant ->
                        assistant.toolCalls().stream()
                                .map(call -> arguments(call).string("target").orElse(""))
                                .collect(Collectors.joining("\n"));
                    default -> "";
                })
                .collect(Collectors.joining("\n"));
    }

    /** Returns what the sum of the last exchange came to, as it was told: "2 + 3 = 5."; empty if it was no sum, or not told to the end. */
    static Optional<String> lastResult(List<Message> messages) {
        int last = messages.size() - 1;
        while (last >= 0 && !(messages.get(last) instanceof Message.User)) {
            last--;
        }
        if (last < 1 || !(messages.get(last - 1) instanceof Message.Assistant told)) {
            return Optional.empty();
        }
        Matcher sum = SUM.matcher(told.text());
        return sum.matches() ? Optional.of(sum.group(1)) : Optional.empty();
    }

    /** Writes as many of the newest exchanges as there is room for, the newest one in any case. */
    String prompt(TokenRoom room) {
        String all = render(0);
        if (exchanges.size() <= 1 || room.fits(all)) {
            return all;
        }
        // Fits from high, does not from low - 1.
        int low = 1;
        int high = exchanges.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (room.fits(render(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return render(high);
    }

    /** Counts the whole conversation as it would be shown: exactly what is near, by its length what is far beyond the window. */
    int countTokens(ToIntFunction<String> counter) {
        long count = counter.applyAsInt(render(0));
        for (Message message : older) {
            count += estimate(message);
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    private static long estimate(Message message) {
        int turns = message instanceof Message.SystemPrompt ? 0 : 1;
        return (long) turns * TURN_TOKENS + (length(message) + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    // Where the oldest exchange begins that is looked at. The newest one is, however long it is.
    private static int start(List<Message> messages) {
        int start = messages.size();
        long length = 0;
        for (int i = messages.size() - 1; i >= 0; i--) {
            length += length(messages.get(i)) + (long) TURN_TOKENS * CHARACTERS_PER_TOKEN;
            if (length > LOOKED_AT_CHARACTERS && start < messages.size()) {
                break;
            }
            if (messages.get(i) instanceof Message.User) {
                start = i;
            }
        }
        return start < messages.size() ? start : 0;
    }

    // Its vocabulary is of small letters; who shouts means the same. 22 °C is no shouting.
    private static String quiet(String said) {
        boolean shouted = SHOUTED.matcher(said).find() && said.equals(said.toUpperCase(Locale.ROOT));
        return shouted ? said.toLowerCase(Locale.ROOT) : said;
    }

    private static long length(Message message) {
        return switch (message) {
            case Message.SystemPrompt ignored -> 0;
            case Message.User user -> user.text().length();
            case Message.ToolResult result -> Math.min(result.text().length(), RESULT_CHARACTERS);
            case Message.Assistant assistant
            when assistant.toolCalls().isEmpty() -> assistant.text().length();
            case Message.Assistant assistant -> {
                long calls = 0;
                for (ToolCall call : assistant.toolCalls()) {
                    calls += call.name().length() + (long) call.argumentsJson().length();
                }
                yield calls;
            }
        };
    }

    private String render(int first) {
        List<Turn> turns = new ArrayList<>(List.of(system));
        exchanges.subList(first, exchanges.size()).forEach(turns::addAll);
        return template.render(turns);
    }

    private List<List<Turn>> exchanges(List<Message> messages) {
        Map<String, Message.ToolResult> results = new HashMap<>();
        for (Message message : messages) {
            if (message instanceof Message.ToolResult result) {
                results.putIfAbsent(result.callId(), result);
            }
        }
        List<List<Turn>> found = new ArrayList<>();
        List<Turn> current = new ArrayList<>();
        for (Message message : messages) {
            switch (message) {
                case Message.User user -> {
                    current = new ArrayList<>(List.of(new Turn(Role.USER, tokens.neutralise(quiet(user.text())))));
                    found.add(current);
                }
                case Message.Assistant assistant
                when assistant.toolCalls().isEmpty() ->
                    current.add(new Turn(Role.ASSISTANT, tokens.neutralise(assistant.text())));
                case Message.Assistant assistant -> {
                    for (ToolCall call : assistant.toolCalls()) {
                        current.addAll(callWithResult(call, Optional.ofNullable(results.get(call.id()))));
                    }
                }
                // A result stands with its call, a system prompt has been replaced.
                case Message.ToolResult ignored -> {}
                case Message.SystemPrompt ignored -> {}
            }
        }
        return found;
    }

    private List<Turn> callWithResult(ToolCall call, Optional<Message.ToolResult> result) {
        return result.map(found -> List.of(
                        new Turn(Role.ASSISTANT, "<tool_call>" + tokens.neutralise(written(call)) + "</tool_call>"),
                        new Turn(
                                Role.TOOL,
                                tokens.neutralise(
                                        HomeResults.of(found, arguments(call)).shown()))))
                .orElse(List.of());
    }

    // All values are texts, as in training.
    private static String written(ToolCall call) {
        JsonObject.Builder own = JsonObject.builder();
        arguments(call)
                .members()
                .forEach((name, value) ->
                        own.put(name, value instanceof JsonString text ? text.value() : value.toString()));
        return JsonObject.builder()
                .put("name", call.name())
                .put("arguments", own.build())
                .build()
                .toString();
    }

    static JsonObject arguments(ToolCall call) {
        return HomeResults.object(call.argumentsJson());
    }
}
