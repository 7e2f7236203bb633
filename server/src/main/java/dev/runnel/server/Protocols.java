package dev.runnel.server;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** What a port speaks, the first protocol of a connection first. */
final class Protocols {
  /** Streams of one connection that may be open at a time. */
  private static final int STREAMS = 128;

  private Protocols() {}

  static List<ConnectionFactory> of(
      HttpConfiguration http, Transport transport, SslContextFactory.@Nullable Server tls) {
    List<ConnectionFactory> protocols = new ArrayList<>();
    SteadyHttp http1 = new SteadyHttp(http);
    if (tls == null) {
      protocols.add(http1);
      protocols.add(limited(new PriorKnowledge(http)));
    } else {
      // One certificate stands for whatever names lead here.
      http.addCustomizer(new SecureRequestCustomizer(false));
      HTTP2ServerConnectionFactory http2 = limited(new HTTP2ServerConnectionFactory(http));
      ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
      alpn.setDefaultProtocol(http1.getProtocol());
      protocols.add(new SslConnectionFactory(tls, alpn.getProtocol()));
      protocols.add(alpn);
      protocols.add(http2);
      protocols.add(http1);
    }
    if (transport.proxyProtocol()) {
      String first = protocols.getFirst().getProtocol();
      protocols.addFirst(new BehindProxies(transport.proxies(), first));
    }
    return protocols;
  }

  private static <T extends AbstractHTTP2ServerConnectionFactory> T limited(T http2) {
    http2.setMaxConcurrentStreams(STREAMS);
    return http2;
  }

  /**
   * HTTP/2 in plain text for clients that know, never by way of {@code Upgrade}: a server in front
   * may not have seen it (RFC 9113, section 3.1).
   */
  private static final class PriorKnowledge extends HTTP2CServerConnectionFactory {
    PriorKnowledge(HttpConfiguration http) {
      super(http);
    }

    @Override
    @SuppressWarnings("NullAway") // Jetty takes null for "not upgraded".
    public @Nullable Connection upgradeConnection(
        Connector connector,
        EndPoint endPoint,
        MetaData.Request request,
        HttpFields.Mutable response) {
      return HttpMethod.PRI.is(request.getMethod())
          ? super.upgradeConnection(connector, endPoint, request, response)
          : null;
    }
  }

  /** Reads the PROXY header of those who may send one. */
  private static final class BehindProxies extends ProxyConnectionFactory {
    private final TrustedProxies proxies;
    private final String next;

    BehindProxies(TrustedProxies proxies, String next) {
      super(next);
      this.proxies = proxies;
      this.next = next;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      boolean trusted =
          endPoint.getRemoteSocketAddress() instanceof InetSocketAddress peer
              && proxies.trusts(peer.getAddress());
      return trusted
          ? super.newConnection(connector, endPoint)
          : connector.getConnectionFactory(next).newConnection(connector, endPoint);
    }

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer buffer) {
      endPoint.close();
    }
  }
}
