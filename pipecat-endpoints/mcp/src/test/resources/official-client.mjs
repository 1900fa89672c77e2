// The official client against the URL that it is given: prints what the test wants to know as one JSON object.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [url, key, sdkFolder] = process.argv.slice(2);
const require = createRequire(sdkFolder + '/package.json');
const load = (name) => import(pathToFileURL(require.resolve('@modelcontextprotocol/sdk/' + name)).href);
const { Client } = await load('client/index.js');
const { StreamableHTTPClientTransport } = await load('client/streamableHttp.js');

const connect = async (token) => {
    const transport = new StreamableHTTPClientTransport(new URL(url), {
        requestInit: { headers: { Authorization: 'Bearer ' + token } },
    });
    const client = new Client({ name: 'official', version: '1' });
    await client.connect(transport);
    return { client, transport };
};
const refused = async (work) => {
    try {
        await work();
        return 'was not refused';
    } catch (e) {
        return String(e.message);
    }
};

const { client, transport } = await connect(key);
const progress = [];
const out = {
    server: client.getServerVersion(),
    version: transport.protocolVersion,
    session: Boolean(transport.sessionId),
    tools: (await client.listTools()).tools.map((tool) => tool.name),
    sum: await client.callTool({ name: 'house__add', arguments: { a: 2, b: 3 } }),
    failed: await client.callTool({ name: 'house__fail', arguments: {} }),
    counted: await client.callTool({ name: 'house__count', arguments: { to: 3 } }, undefined, {
        onprogress: (p) => progress.push(p.message),
    }),
    sensitive: await refused(() => client.callTool({ name: 'house__burn', arguments: {} })),
    wrongKey: await refused(() => connect('wrong')),
};
out.progress = progress;
const abort = new AbortController();
out.aborted = await refused(() =>
    client.callTool({ name: 'house__sleep', arguments: {} }, undefined, {
        signal: abort.signal,
        onprogress: () => abort.abort('enough'),
    }),
);
await transport.terminateSession();
out.afterwards = await refused(() => client.ping());
await client.close();
console.log(JSON.stringify(out));
