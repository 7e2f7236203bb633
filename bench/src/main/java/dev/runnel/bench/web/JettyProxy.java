package dev.runnel.bench.web;

import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;

/** Jetty's own reverse proxy. Usage: java … JettyProxy PORT ORIGIN_PORT */
public final class JettyProxy {
  private JettyProxy() {}

  public static void main(String[] args) throws Exception {
    int origin = Integer.parseInt(args[1]);
    OriginServer.start(
        Integer.parseInt(args[0]),
        new ProxyHandler.Reverse(
            request ->
                HttpURI.build(request.getHttpURI()).host("127.0.0.1").port(origin).asImmutable()));
  }
}
