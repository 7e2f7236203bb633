package dev.runnel.runtime.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runnel.runtime.http.Header;
import dev.runnel.runtime.http.RequestBody;
import dev.runnel.runtime.http.ResponseFailure;
import dev.runnel.runtime.http.ResponseHead;
import dev.runnel.runtime.http.ResponseSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One request's answer and body, as what came of them in order. */
public final class RecordedAnswer implements ResponseSink, RequestBody {
  private final List<String> heard = new ArrayList<>();

  public List<String> heard() {
    return heard;
  }

  @Override
  public void informational(int status, List<Header> headers) {
    heard.add("informational");
  }

  @Override
  public void head(ResponseHead head) {
    heard.add("head " + head.status());
  }

  @Override
  public void write(ByteBuffer bytes, Runnable written) {
    heard.add(UTF_8.decode(bytes).toString());
    written.run();
  }

  @Override
  public void end(List<Header> trailers) {
    heard.add("end");
  }

  @Override
  public void fail(ResponseFailure failure) {
    heard.add("failed");
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public void read(Receiver receiver) {
    heard.add("read");
  }

  @Override
  public void cancel() {
    heard.add("cancelled");
  }
}
