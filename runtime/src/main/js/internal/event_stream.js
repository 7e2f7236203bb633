// The text/event-stream format - https://html.spec.whatwg.org/#event-stream-interpretation

/** The most characters of an event that isn't complete, in case its end never comes. */
const MAX_PENDING = 4 * 1024 * 1024;
const LINE_END = /\r\n?|\n/g;

export class EventStreamParser {
  #signals;
  #rest = "";
  /** A line feed that comes next belongs to that line's end. */
  #endedWithReturn = false;
  #data = [];
  #dataLength = 0;
  #type = "";
  #id;

  lastEventId;

  /** signals: event(type, data, lastEventId) and retry(milliseconds). */
  constructor(lastEventId, signals) {
    this.lastEventId = lastEventId;
    this.#id = lastEventId;
    this.#signals = signals;
  }

  /** The next piece of the decoded text. Throws a RangeError when an event is too long. */
  take(text) {
    if (text === "") return;
    const all = this.#rest + (this.#endedWithReturn && text.startsWith("\n") ? text.slice(1) : text);
    this.#endedWithReturn = text.endsWith("\r");
    let from = 0;
    LINE_END.lastIndex = 0;
    for (let end = LINE_END.exec(all); end !== null; end = LINE_END.exec(all)) {
      this.#line(all.slice(from, end.index));
      from = LINE_END.lastIndex;
    }
    this.#rest = all.slice(from);
    if (this.#rest.length + this.#dataLength > MAX_PENDING) {
      throw new RangeError(`An event is longer than ${MAX_PENDING} characters.`);
    }
  }

  #line(line) {
    if (line === "") {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    this.#field(field, value);
  }

  #field(name, value) {
    switch (name) {
      case "event":
        this.#type = value;
        break;
      case "data":
        this.#data.push(value);
        this.#dataLength += value.length + 1;
        break;
      case "id":
        if (!value.includes("\0")) this.#id = value;
        break;
      case "retry":
        if (/^[0-9]+$/.test(value)) this.#signals.retry(Number(value));
        break;
      default:
    }
  }

  #dispatch() {
    this.lastEventId = this.#id;
    const [data, type] = [this.#data, this.#type];
    this.#data = [];
    this.#dataLength = 0;
    this.#type = "";
    if (data.length > 0) this.#signals.event(type || "message", data.join("\n"), this.lastEventId);
  }
}
