package dev.halftone.adapters.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    private static final Networks PROXIES = Networks.parse("10.0.0.0/8, 192.0.2.7 ,fd00::/8,");

    @ParameterizedTest
    @CsvSource({
        "203.0.113.5,'198.51.100.1',203.0.113.5",
        "203.0.113.5,'10.0.0.1',203.0.113.5",
        "10.0.0.1,'198.51.100.1',198.51.100.1",
        "10.0.0.1,'6.6.6.6,198.51.100.1',198.51.100.1",
        "10.0.0.1,'6.6.6.6, 198.51.100.1 ,10.2.3.4, 192.0.2.7',198.51.100.1",
        "10.0.0.1,'10.9.9.9',10.9.9.9",
        "10.0.0.1,'',10.0.0.1",
        "10.0.0.1,'unknown',10.0.0.1",
        "10.0.0.1,'6.6.6.6,_hidden,10.2.3.4',10.2.3.4",
        "10.0.0.1,'evil.example',10.0.0.1",
        "10.0.0.1,'010.9.9.9',10.0.0.1",
        "10.0.0.1,'6.6.6.6,::ffff:10.2.3.4',6.6.6.6",
        "10.0.0.1,'198.51.100.1:4711',198.51.100.1",
        "10.0.0.1,'[2001:db8::1]:4711',2001:db8:0:0:0:0:0:0",
        "[fd00:0:0:0:0:0:0:1],'2001:db8::1',2001:db8:0:0:0:0:0:0",
        "0:0:0:0:0:0:0:1%lo,'6.6.6.6',0:0:0:0:0:0:0:0"
    })
    void readsTheListFromItsEndAsFarAsProxiesWroteIt(String peer, String said, String client) {
        assertThat(new ClientAddress(PROXIES).of(peer, List.of(said.split(","))))
                .isEqualTo(client);
    }

    @Test
    void readsNothingWhereNoProxyIsNamed() {
        assertThat(new ClientAddress(Networks.NONE).of("10.0.0.1", List.of("198.51.100.1")))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void anIpv6NetworkSharesItsConnections() {
        assertThat(Networks.share(InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6")))
                .isEqualTo(InetAddress.ofLiteral("2001:db8:1:2::"));
        assertThat(Networks.share(InetAddress.ofLiteral("192.0.2.7"))).isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "192.0.2.128/25,192.0.2.127,false",
        "192.0.2.128/25,192.0.2.255,true",
        "0.0.0.0/0,203.0.113.1,true",
        "0.0.0.0/0,2001:db8::1,false",
        "::1,::1,true",
        "::1,::2,false",
        "2001:db8::/33,2001:db8:8000::1,false",
        "::ffff:192.0.2.7,192.0.2.7,true",
        "::ffff:192.0.2.7,::ffff:192.0.2.7,true"
    })
    void knowsWhatANetworkHolds(String network, String address, boolean holds) {
        assertThat(Networks.parse(network).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "::/129",
                "localhost",
                "10.0.0",
                "1.2.3.4/",
                "1.2.3.4/-1",
                "256.1.1.1",
                "10",
                "010.0.0.1",
                "10.0.0.0/08",
                "::ffff:10.0.0.0/104"
            })
    void namesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Networks.parse("127.0.0.1," + text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
