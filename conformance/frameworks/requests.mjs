// What the apps are asked: a name, the method and target, headers, a body.
const json = { "Content-Type": "application/json" };
const urlencoded = { "Content-Type": "application/x-www-form-urlencoded" };
const multipart = { "Content-Type": "multipart/form-data; boundary=X" };
const preflight = {
  Origin: "https://app.example",
  "Access-Control-Request-Method": "PUT",
  "Access-Control-Request-Headers": "X-One, X-Two",
};
const parts = [
  '--X\r\nContent-Disposition: form-data; name="title"\r\n\r\nÜber ☕\r\n',
  '--X\r\nContent-Disposition: form-data; name="file"; filename="a %22b%22.txt"\r\nContent-Type: text/csv\r\n\r\na,b\r\n1,2\r\n',
  "--X--\r\n",
];
const basic = (credentials) => ({ Authorization: `Basic ${Buffer.from(credentials).toString("base64")}` });

export const requests = [
  ["text", "GET /"],
  ["HEAD of a page", "HEAD /"],
  ["a parameter", "GET /users/42"],
  ["a parameter in UTF-8", "GET /users/J%C3%BCrgen%20%E2%98%95"],
  ["an escaped slash in a parameter", "GET /users/a%2Fb"],
  ["two parameters", "GET /users/ada/posts/7"],
  ["an optional parameter, given", "GET /optional/ada"],
  ["an optional parameter, left out", "GET /optional"],
  ["a wildcard", "GET /files/a/b%20c/d.txt"],
  ["a query", "GET /search?q=a+b%26c&tag=x&tag=%C3%BC"],
  ["a trailing slash", "GET /search/?q=1"],
  ["any method", "PATCH /any"],
  ["a route in a route", "GET /nested/deep/leaf"],
  ["JSON", "POST /json", json, '{"a":[1,2.5,null,"€😀"]}'],
  ["JSON that is none", "POST /json", json, "{"],
  ["JSON answered with 201", "PUT /users/7", json, '{"name":"Ada"}'],
  ["no content", "DELETE /users/7"],
  ["a form", "POST /form", urlencoded, "name=Ada+L%C3%B6we&x=1&x=2&empty="],
  ["a multipart form", "POST /multipart", multipart, parts.join("")],
  ["a multipart form that is cut off", "POST /multipart", multipart, parts[0]],
  ["bytes", "POST /bytes", {}, Uint8Array.from({ length: 256 }, (_, i) => i)],
  ["text in UTF-8", "POST /text", {}, "straße, ça va, привет"],
  ["a body passed on as it comes", "POST /echo", { "Content-Type": "text/x-any" }, ["first ", "second ", "third"]],
  ["cookies", "GET /cookies", { Cookie: "a=1; b=%C3%BC; c=x=y" }],
  ["a redirect", "GET /old"],
  ["a redirect after POST", "POST /submit", urlencoded, "a=1"],
  ["headers set and appended", "GET /headers", { "X-Asked": "  caf\xe9  " }],
  ["a status", "GET /status/299"],
  ["HTML, escaped", "GET /html?name=%3Cscript%3E%22%26"],
  ["an entity tag", "GET /etag"],
  ["an entity tag that fits", "GET /etag", { "If-None-Match": '"9d427d4cd0a3c905c6fbdac716e6163210dc1e84", "v1"' }],
  ["gzip", "GET /packed", { "Accept-Encoding": "gzip" }],
  ["security headers", "GET /secure"],
  ["no credentials", "GET /private/page"],
  ["credentials", "GET /private/page", basic("ada:löve")],
  ["CORS preflight", "OPTIONS /api/data", preflight],
  ["CORS", "GET /api/data", { Origin: "https://app.example" }],
  ["a stream", "GET /stream"],
  ["server-sent events", "GET /events"],
  ["a signed token", "GET /token"],
  ["an error with a status", "GET /teapot"],
  ["an error without", "GET /broken"],
  ["nothing there", "GET /nowhere?a=1"],
  ["nothing there for this method", "DELETE /etag"],
  // The last one, since the server may close the connection.
  ["an escape that is none", "GET /users/%zz"],
];
