// Talks to yaml-language-server as an editor does, and prints what it answered as one JSON object.
// Arguments: the server's script, the workspace, and the pipeline in it, whose modeline names the schema.
"use strict";
const { spawn } = require("child_process");
const fs = require("fs");
const { pathToFileURL } = require("url");

const [script, workspace, pipeline] = process.argv.slice(2);
const uri = pathToFileURL(pipeline).href;
const original = fs.readFileSync(pipeline, "utf8");
const server = spawn(process.execPath, [script, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const answers = new Map();
let received = Buffer.alloc(0);
let lastId = 0;
let version = 0;
let text = "";
let published = () => {};

function send(message) {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function request(method, params) {
  return new Promise((resolve) => {
    lastId += 1;
    answers.set(lastId, resolve);
    send({ id: lastId, method, params });
  });
}

function handle(message) {
  if (message.method === "textDocument/publishDiagnostics") {
    published(message.params.diagnostics);
  } else if (message.method && message.id !== undefined) {
    const asked = message.method === "workspace/configuration" ? message.params.items.map(() => null) : null;
    send({ id: message.id, result: asked });
  } else if (answers.has(message.id)) {
    answers.get(message.id)(message.result);
    answers.delete(message.id);
  }
}

server.stdout.on("data", (chunk) => {
  received = Buffer.concat([received, chunk]);
  for (;;) {
    const end = received.indexOf("\r\n\r\n");
    const header = end < 0 ? null : /Content-Length: (\d+)/.exec(received.subarray(0, end).toString());
    if (!header || received.length < end + 4 + Number(header[1])) {
      return;
    }
    const stop = end + 4 + Number(header[1]);
    const body = received.subarray(end + 4, stop).toString();
    received = received.subarray(stop);
    handle(JSON.parse(body));
  }
});

/**
 * Shows the server a text, and gives what it finds in it: what it tells next, or the first that is enough. It may tell
 * once more what it found in the text before.
 */
function show(changed, enough = () => true) {
  text = changed;
  version += 1;
  const found = new Promise((resolve) => {
    published = (marks) => { if (enough(marks)) { resolve(marks); } };
  });
  if (version === 1) {
    send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version, text } } });
  } else {
    send({ method: "textDocument/didChange", params: { textDocument: { uri, version }, contentChanges: [{ text }] } });
  }
  return found;
}

/** The position behind a text. */
function behind(needle) {
  const start = text.indexOf(needle);
  if (start < 0) {
    throw new Error(`The pipeline has no ${JSON.stringify(needle)}`);
  }
  const lines = text.slice(0, start + needle.length).split("\n");
  return { line: lines.length - 1, character: lines[lines.length - 1].length };
}

async function complete(from, to, needle) {
  if (!original.includes(from)) {
    throw new Error(`The pipeline has no ${JSON.stringify(from)}`);
  }
  await show(original.replace(from, to));
  const list = await request("textDocument/completion", { textDocument: { uri }, position: behind(needle) });
  return Object.fromEntries(list.items.map((item) => [item.label, item.documentation?.value ?? item.documentation ?? ""]));
}

async function hover(needle) {
  const answer = await request("textDocument/hover", { textDocument: { uri }, position: behind(needle) });
  return answer ? answer.contents.value : "";
}

async function session() {
  const capabilities = {
    textDocument: {
      completion: { completionItem: { documentationFormat: ["markdown"] } },
      hover: { contentFormat: ["markdown"] },
    },
  };
  await request("initialize", { processId: process.pid, rootUri: pathToFileURL(workspace).href, capabilities });
  send({ method: "initialized", params: {} });
  const result = {};
  result.valid = await show(original);
  result.hoverKey = await hover("    key");
  result.hoverType = await hover("    type: win");
  const wrong = original
    .replace("type: window", "type: windw")
    .replace("ttl: 90d", "ttl: 90 days")
    .replace("maxInFlight", "maxInflight")
    .replace("skip: pastLast", "skip: pastlast");
  const found = await show(wrong, (marks) => marks.length > 0);
  result.wrong = found.map((one) => `${one.range.start.line + 1}:${one.range.start.character + 1}: ${one.message}`);
  const volumes = "  volumes:\n    type: ";
  result.types = await complete(`${volumes}window`, volumes, volumes);
  result.keys = await complete("    missing: keep\n", "    \n", "order: eventTime\n    ");
  result.values = await complete("skip: pastLast", "skip: ", "skip: ");
  return result;
}

session().then(
  (result) => { process.stdout.write(JSON.stringify(result)); server.kill(); },
  (failure) => { process.stderr.write(`${failure.stack}\n`); server.kill(); process.exitCode = 1; });
