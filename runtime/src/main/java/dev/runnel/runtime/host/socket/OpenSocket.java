package dev.runnel.runtime.host.socket;

import dev.runnel.engine.JsValue;
import dev.runnel.runtime.http.SocketEvents;
import dev.runnel.runtime.http.SocketLink;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a program. One message at a time is on its way to the program: the next is read
 * when that one's turn is over.
 *
 * <p>Confined to the loop thread; what the network says is posted there.
 */
final class OpenSocket {
  /** How a message is handed to the network. */
  @FunctionalInterface
  interface Sending {
    void send(SocketLink link, Runnable sent);
  }

  private final int id;
  private final SocketHost owner;
  private @Nullable SocketLink link;
  private boolean started;
  private boolean over;
  private long unsent;

  OpenSocket(int id, SocketHost owner) {
    this.id = id;
    this.owner = owner;
  }

  int id() {
    return id;
  }

  long unsent() {
    return unsent;
  }

  SocketEvents events() {
    return new SocketEvents() {
      @Override
      public void opened(SocketLink opened, String protocol, String extensions) {
        if (!owner.loop().post(() -> OpenSocket.this.opened(opened, protocol, extensions))) {
          opened.abort();
        }
      }

      @Override
      public void failed(int status, String sentence) {
        owner.loop().post(() -> end("socketFailed", JsValue.of(status), JsValue.of(sentence)));
      }

      @Override
      public void text(String message) {
        owner.loop().post(() -> deliver("socketText", JsValue.of(message)));
      }

      @Override
      public void bytes(byte[] message) {
        owner.loop().post(() -> deliver("socketBytes", JsValue.of(message)));
      }

      @Override
      public void closed(int code, String reason, boolean clean) {
        owner
            .loop()
            .post(
                () -> end("socketClosed", JsValue.of(code), JsValue.of(reason), JsValue.of(clean)));
      }
    };
  }

  private void opened(SocketLink opened, String protocol, String extensions) {
    if (over) {
      opened.abort();
      return;
    }
    link = opened;
    if (started) {
      opened.demand();
    }
    owner.call("socketOpen", id, JsValue.of(protocol), JsValue.of(extensions));
  }

  /** The program wants messages. */
  void start() {
    if (!started) {
      started = true;
      if (link != null) {
        link.demand();
      }
    }
  }

  private void deliver(String registered, JsValue message) {
    if (over) {
      return;
    }
    try {
      owner.call(registered, id, message);
    } finally {
      if (link != null) {
        link.demand();
      }
    }
  }

  private void end(String registered, JsValue... facts) {
    if (over) {
      return;
    }
    forget();
    owner.call(registered, id, facts);
  }

  void send(int bytes, Sending message) {
    SocketLink open = link;
    if (over || open == null) {
      return;
    }
    if (!owner.countUnsent(bytes)) {
      open.abort();
      return;
    }
    unsent += bytes;
    message.send(open, () -> owner.loop().post(() -> sent(bytes)));
  }

  private void sent(int bytes) {
    if (!over) {
      unsent -= bytes;
      owner.countUnsent(-bytes);
    }
  }

  /** A socket that isn't open yet is given up. */
  void close(int code, String reason) {
    if (link != null) {
      link.close(code, reason);
    } else {
      // The program is told in a turn of its own: it is calling just now.
      owner
          .loop()
          .post(
              () ->
                  end(
                      "socketClosed",
                      JsValue.of(SocketHost.ABNORMAL),
                      JsValue.of(""),
                      JsValue.of(false)));
    }
  }

  /** The program has ended: it hears of nothing any more. */
  void goAway() {
    SocketLink open = link;
    forget();
    if (open != null) {
      open.close(SocketHost.GOING_AWAY, "");
    }
  }

  private void forget() {
    if (!over) {
      over = true;
      owner.countUnsent(-unsent);
      unsent = 0;
      owner.over(this);
    }
  }
}
