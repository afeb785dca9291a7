package dev.halftone.adapters.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GuardedConnectorTest {

    /// The lookup's own filter is made to let everything pass, as a bug in it would.
    @Test
    void judgesTheAddressItDialsWhateverTheLookupSaid() throws Exception {
        AddressPolicy lax = new AddressPolicy(OutboundAllow.parse("0.0.0.0/0"));
        AddressPolicy strict = new AddressPolicy(OutboundAllow.none());
        try (FaultyServer server = new FaultyServer();
                GuardedDns dns = new GuardedDns(lax, name -> new InetAddress[] {InetAddress.getLoopbackAddress()});
                ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
                Deadline deadline = new Deadline(timers, Duration.ofSeconds(50), () -> {});
                CloseableHttpClient client = new GuardedConnector(
                                dns, strict, ClientTlsStrategyBuilder.create().buildClassic(), Duration.ofSeconds(5))
                        .client("test")) {
            HttpClientContext context = HttpClientContext.create();
            deadline.accompany(context);
            HttpGet request = new HttpGet("http://img.example.com:" + server.port() + "/a.jpg");
            assertThatExceptionOfType(AddressPolicy.Blocked.class)
                    .isThrownBy(() -> client.execute(request, context, response -> response.getCode()));
            assertThat(server.connections()).isZero();
        }
    }
}
