package io.memlink;

/**
 * What holds for all values of a client, whatever their type.
 *
 * @param sizeLimit which items are too large
 * @param undecodable what is done with values that cannot be decoded
 */
record ValueRules(ItemSizeLimit sizeLimit, UndecodableValues undecodable) {
}
