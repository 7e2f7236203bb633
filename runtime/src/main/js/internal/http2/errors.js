// What node:http2 throws, word for word - https://nodejs.org/api/errors.html#err_http2_altsvc_invalid_origin
import { nodeError } from "internal:node_errors";

const MESSAGES = {
  CONNECT_AUTHORITY: ":authority header is required for CONNECT requests",
  CONNECT_PATH: "The :path header is forbidden for CONNECT requests",
  CONNECT_SCHEME: "The :scheme header is forbidden for CONNECT requests",
  ERROR: (text) => text,
  GOAWAY_SESSION: "New streams cannot be created after receiving a GOAWAY",
  HEADERS_AFTER_RESPOND: "Cannot specify additional headers after response initiated",
  HEADERS_SENT: "Response has already been initiated.",
  HEADER_SINGLE_VALUE: [TypeError, (name) => `Header field "${name}" must only have a single value`],
  INFO_STATUS_NOT_ALLOWED: [RangeError, "Informational status codes cannot be used"],
  INVALID_CONNECTION_HEADERS: [TypeError, (name) => `HTTP/1 Connection specific headers are forbidden: "${name}"`],
  INVALID_HEADER_VALUE: [TypeError, (value, name) => `Invalid value "${value}" for header "${name}"`],
  INVALID_INFO_STATUS: [RangeError, (code) => `Invalid informational status code: ${code}`],
  INVALID_PSEUDOHEADER: [TypeError, (name) => `"${name}" is an invalid pseudoheader or is used incorrectly`],
  INVALID_SESSION: "The session has been destroyed",
  INVALID_STREAM: "The stream has been destroyed",
  MAX_PENDING_SETTINGS_ACK: "Maximum number of pending settings acknowledgements",
  NO_SOCKET_MANIPULATION: "HTTP/2 sockets should not be directly manipulated (e.g. read and written)",
  OUT_OF_STREAMS: "No stream ID is available because maximum stream ID has been reached",
  PAYLOAD_FORBIDDEN: (code) => `Responses with ${code} status must not have a payload`,
  PING_CANCEL: "HTTP2 ping cancelled",
  PING_LENGTH: [RangeError, "HTTP2 ping payload must be 8 bytes"],
  PSEUDOHEADER_NOT_ALLOWED: [TypeError, "Cannot set HTTP/2 pseudo-headers"],
  SEND_FILE: "Directories cannot be sent",
  SESSION_ERROR: (code) => `Session closed with error code ${code}`,
  SETTINGS_CANCEL: "HTTP2 session settings canceled",
  SOCKET_BOUND: "The socket is already bound to an Http2Session",
  SOCKET_UNBOUND: "The socket has been disconnected from the Http2Session",
  STATUS_101: "HTTP status code 101 (Switching Protocols) is forbidden in HTTP/2",
  STATUS_INVALID: [RangeError, (code) => `Invalid status code: ${code}`],
  STREAM_CANCEL: "The pending stream has been canceled",
  STREAM_ERROR: (code) => `Stream closed with error code ${code}`,
  STREAM_SELF_DEPENDENCY: "A stream cannot depend on itself",
  TRAILERS_ALREADY_SENT: "Trailing headers have already been sent",
  TRAILERS_NOT_READY: "Trailing headers cannot be sent until after the wantTrailers event is emitted",
  UNSUPPORTED_PROTOCOL: (protocol) => `protocol "${protocol}" is unsupported.`,
};

/** http2Error("STREAM_ERROR", …) has the code ERR_HTTP2_STREAM_ERROR. */
export function http2Error(name, ...values) {
  const row = MESSAGES[name];
  const [Base, message] = Array.isArray(row) ? row : [Error, row];
  return nodeError(`ERR_HTTP2_${name}`, typeof message === "function" ? message(...values) : message, Base);
}

const CODES = [
  "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
  "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
];
/** RFC 9113, section 7 */
export const errorCodes = Object.fromEntries(CODES.map((name, code) => [name, code]));

export function nameOfCode(code) {
  return CODES[code] === undefined ? code : `NGHTTP2_${CODES[code]}`;
}
