package io.memlink;

import io.memlink.loading.Loads;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Key;

/**
 * The rules for all values of a client, whatever their type.
 *
 * @param sizeLimit which items are too large
 * @param undecodable what is done with values that cannot be decoded
 */
record ValueRules(ItemSizeLimit sizeLimit, UndecodableValues undecodable) implements Loads.Rules {

    @Override
    public void requireSize(Key key, EncodedValue value) {
        this.sizeLimit.require(key, value);
    }

    @Override
    public void missed(EncodedValue value, RuntimeException cause) {
        this.undecodable.missed(value, cause);
    }

}
