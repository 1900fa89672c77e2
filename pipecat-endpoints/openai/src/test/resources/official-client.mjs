// The official OpenAI client for JavaScript: URL KEY FOLDER. Prints what it saw as one JSON object.
import { createRequire } from 'node:module';
const [baseURL, apiKey, folder] = process.argv.slice(2);
const { OpenAI } = createRequire(folder + '/package.json')('openai');
const seen = {};
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const user = (content) => [{ role: 'user', content }];
const tools = [{ type: 'function', function: { name: 'add', parameters: { type: 'object', properties: {} } } }];

seen.models = (await client.models.list()).data.map((model) => model.id);

const whole = await client.chat.completions.create({ model: 'x', messages: user('hello') });
seen.whole = whole.choices[0].message.content;
seen.tokens = whole.usage.total_tokens;

let text = '';
let usage = 0;
const stream = await client.chat.completions.create({
    model: 'x', messages: user('hello'), stream: true, stream_options: { include_usage: true },
});
for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage?.total_tokens ?? usage;
}
seen.streamed = text;
seen.streamedTokens = usage;

const runner = client.chat.completions.stream({ model: 'x', messages: user('call'), tools });
seen.calls = (await runner.finalChatCompletion()).choices[0].message.tool_calls.map((call) => call.function.arguments);

const failure = async (work) => {
    try {
        await work();
        return 'nothing was thrown';
    } catch (e) {
        return `${e.constructor.name} ${e.status ?? ''} ${e.code ?? ''}`.trim();
    }
};
seen.badRequest = await failure(() => client.chat.completions.create({ model: 'x', messages: user('x'), n: 3 }));
seen.overflow = await failure(() => client.chat.completions.create({ model: 'x', messages: user('overflow') }));
seen.away = await failure(() => client.chat.completions.create({ model: 'x', messages: user('away'), stream: true }));
seen.broken = await failure(async () => {
    for await (const chunk of await client.chat.completions.create({ model: 'x', messages: user('break'), stream: true })) {
        seen.beforeItBroke = (seen.beforeItBroke ?? '') + (chunk.choices[0]?.delta?.content ?? '');
    }
});
const stranger = new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 });
seen.wrongKey = await failure(() => stranger.models.list());

const flood = await client.chat.completions.create({ model: 'x', messages: user('flood'), stream: true });
for await (const chunk of flood) {
    if (chunk.choices[0].delta.content) {
        break;
    }
}
flood.controller.abort();
// The only place is free again, or this would wait for ever.
seen.afterAbort = (await client.chat.completions.create({ model: 'x', messages: user('hello') })).choices[0].message.content;
console.log(JSON.stringify(seen));
