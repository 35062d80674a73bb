package io.memlink.link.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which addresses are tried, and in which order.
 */
class AddressLookupTests {

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @Test
    void triesBothFamiliesInTurn() throws UnknownHostException {
        List<InetAddress> mixed = AddressLookup.mixFamilies(address("10.0.0.1"), address("10.0.0.2"),
                address("10.0.0.3"), address("::1"), address("::2"));
        assertThat(mixed).containsExactly(address("10.0.0.1"), address("::1"), address("10.0.0.2"), address("::2"),
                address("10.0.0.3"));
    }

    @Test
    void takesLiteralsAsTheyAre() throws UnknownHostException {
        AddressLookup lookup = new AddressLookup("::1", 11211, new NioTransport());
        assertThat(lookup.blocks()).isFalse();
        assertThat(lookup.addresses(7)).containsExactly(new InetSocketAddress("::1", 11211));
    }

    @Test
    void looksNamesUp() throws UnknownHostException {
        AddressLookup lookup = new AddressLookup("localhost", 11211, new NioTransport());
        assertThat(lookup.blocks()).isTrue();
        assertThat(lookup.addresses(0)).isNotEmpty()
            .allSatisfy(
                    (address) -> assertThat(((InetSocketAddress) address).getAddress().isLoopbackAddress()).isTrue());
    }

}
