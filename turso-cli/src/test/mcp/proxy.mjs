// Adds the server's token to each request, for a client that cannot be told of one. The Host of this
// proxy becomes the server's; any other Host or Origin goes through as it is, to be judged there.
import http from "node:http";
import fs from "node:fs";

const [listen, target, tokenFile] = process.argv.slice(2);
const authorization = "Bearer " + fs.readFileSync(tokenFile, "utf8").trim();
const own = new Set([`127.0.0.1:${listen}`, `localhost:${listen}`]);

http
  .createServer((request, response) => {
    const headers = { ...request.headers, authorization };
    if (own.has(headers.host)) headers.host = `127.0.0.1:${target}`;
    const { url: path, method } = request;
    const forwarded = http.request({ host: "127.0.0.1", port: target, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    response.on("close", () => forwarded.destroy());
    request.pipe(forwarded);
  })
  .listen(Number(listen), "127.0.0.1");
