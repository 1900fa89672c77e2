/** An answer that is an error, or none at all (status 0). The message is a sentence for the person in front. */
export class ApiError extends Error {
    constructor(message, status = 0) {
        super(message);
        this.status = status;
    }
}

let unlock = () => Promise.reject(new ApiError("This node asks for a key.", 401));

/** Who asks the person for a key; resolves when the node has taken one. */
export function onLocked(ask) {
    unlock = ask;
}

const lines = (...parts) => parts.filter(Boolean).join(" ");

async function failure(response) {
    let detail = "";
    try {
        const body = await response.json();
        detail = body.detail ?? body.error?.message ?? body.message ?? "";
    } catch {
        // Not JSON: the status has to do.
    }
    const wait = response.headers.get("Retry-After");
    const remedy = {
        403: "This page was opened under an address that the node does not know; open the one that it printed at its start, or add this one to ALLOWED_ORIGINS.",
        404: "It may have been deleted in another tab.",
        413: "Send it in smaller parts.",
        429: `Too much at once; try again in ${wait ?? "a few"} seconds.`,
    }[response.status];
    const said = typeof detail === "string" && detail !== "" ? detail : `The node answered ${response.status}.`;
    return new ApiError(lines(said, remedy ?? (response.status >= 500 ? "Its log (panel “Logs”) says more." : "")), response.status);
}

/** Calls the node and returns the JSON that it answers. Asks for a key where one is needed, and then goes on. */
export async function call(method, path, body, signal) {
    const options = { method, signal, credentials: "same-origin", headers: { Accept: "application/json" } };
    if (body !== undefined) {
        options.headers["Content-Type"] = "application/json";
        options.body = JSON.stringify(body);
    }
    let response;
    try {
        response = await fetch(path, options);
    } catch {
        throw new ApiError("The node cannot be reached. Is it running? What you typed is still there; try again when the node is back.");
    }
    if (response.status === 401) {
        await unlock();
        return call(method, path, body);
    }
    if (!response.ok) {
        throw await failure(response);
    }
    const text = await response.text();
    return text === "" ? null : JSON.parse(text);
}

/** Tries a key. True if the node took it; it then knows this browser by a cookie that no script can read. */
export async function login(key) {
    const response = await fetch("api/login", {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ key }),
    });
    if (response.status === 401 || response.status === 403) {
        return false;
    }
    if (!response.ok) {
        throw await failure(response);
    }
    return true;
}

export const conversationPath = (id) => `api/conversations/${encodeURIComponent(id)}`;
