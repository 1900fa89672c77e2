// A server that does what a client must survive. First argument: a file that takes notes of what it was told.
import { appendFileSync } from 'node:fs';
import readline from 'node:readline';

const notes = process.argv[2];
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');
const text = (value) => ({ content: [{ type: 'text', text: value }] });
const schema = { type: 'object', properties: { x: {} } };
const names = ['a.b', 'a_b', 'big', 'garbled', 'die', 'hang', 'ask', 'grow', 'harmless'];
let asked;

if (process.env.STUBBORN) {
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
}
appendFileSync(notes, 'started ' + process.pid + '\n');
console.log('Server is starting...');
process.stdout.write('\n{"half\n\u0000\n[1,2]\n"text"\n');

const call = {
    'a.b': (id) => send({ id, result: text('dotted') }),
    a_b: (id) => send({ id, result: text('underscored') }),
    big: (id) => send({ result: text('x'.repeat(5 << 20)), id }),
    garbled: (id) => process.stdout.write('{"jsonrpc":"2.0","id":' + id + ',"result":{"content":[NaN]}}\n'),
    die: () => {
        console.error('fatal: key ' + process.env.KEY + ' is wrong');
        process.exit(3);
    },
    hang: (id) => appendFileSync(notes, 'hangs ' + id + '\n'),
    ask: (id) => {
        asked = { id, answers: [] };
        send({ id: 'p', method: 'ping' });
        send({ id: 's', method: 'sampling/createMessage', params: {} });
    },
    grow: (id) => {
        names.push('grown');
        send({ method: 'notifications/tools/list_changed' });
        send({ id, result: { content: [], structuredContent: { grown: true } } });
    },
    harmless: (id) => send({ id, result: { content: [{ type: 'text', text: 'no' }], isError: true } }),
    grown: (id) => send({ id, result: text('grown') }),
};
const tool = (name) => ({ name, inputSchema: schema, annotations: { readOnlyHint: name === 'harmless' ? true : 'yes' } });

readline.createInterface({ input: process.stdin }).on('line', (line) => {
    const message = JSON.parse(line);
    if (message.method === 'notifications/cancelled') {
        appendFileSync(notes, 'cancelled ' + message.params.requestId + '\n');
    } else if (message.method === 'initialize') {
        const versions = { protocolVersion: process.env.VERSION ?? '2024-11-05' };
        send({ id: message.id, result: { ...versions, capabilities: { tools: {} }, serverInfo: { name: 'odd', version: '0' } } });
    } else if (message.method === 'tools/list') {
        const second = message.params?.cursor === 'two';
        const page = second ? names.slice(4) : names.slice(0, 4);
        send({ id: message.id, result: { tools: page.map(tool), ...(second ? {} : { nextCursor: 'two' }) } });
    } else if (message.method === 'tools/call') {
        call[message.params.name](message.id);
    } else if (message.id === 'p' || message.id === 's') {
        asked.answers.push(message);
        if (asked.answers.length === 2) {
            send({ id: asked.id, result: text(JSON.stringify(asked.answers)) });
        }
    }
});
