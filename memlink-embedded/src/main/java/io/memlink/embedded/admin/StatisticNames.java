package io.memlink.embedded.admin;

import java.util.List;

/**
 * The names that {@code stats} and {@code stats settings} show, in order, and behind a
 * colon the value of those that never change here. Nothing behind a name without a value
 * of its own means 0.
 */
final class StatisticNames {

    /** Stands for the counts of the commands. */
    static final String COUNTERS = "COUNTERS";

    private static final List<String> GENERAL = names(
            """
                    pid uptime time version libevent:2.1.12-stable pointer_size:64 rusage_user:0.000000
                    rusage_system:0.000000 max_connections curr_connections total_connections rejected_connections
                    connection_structures response_obj_oom response_obj_count response_obj_bytes read_buf_count
                    read_buf_bytes read_buf_bytes_free read_buf_oom reserved_fds COUNTERS bytes_read bytes_written
                    limit_maxbytes accepting_conns:1 listen_disabled_num time_in_listen_disabled_us threads:1
                    conn_yields hash_power_level:16 hash_bytes:524288 hash_is_expanding slab_reassign_rescues
                    slab_reassign_chunk_rescues slab_reassign_evictions_nomem slab_reassign_inline_reclaim slab_reassign_busy_items
                    slab_reassign_busy_deletes slab_reassign_busy_nomem slab_reassign_last_busy_status:none
                    slab_reassign_running slabs_moved lru_crawler_running lru_crawler_starts lru_maintainer_juggles
                    malloc_fails log_worker_dropped log_worker_written log_watcher_skipped log_watcher_sent log_watchers
                    unexpected_napi_ids round_robin_fallback bytes curr_items total_items slab_global_page_pool
                    expired_unfetched evicted_unfetched evicted_active evictions reclaimed crawler_reclaimed
                    crawler_items_checked lrutail_reflocked moves_to_cold moves_to_warm moves_within_lru direct_reclaims
                    lru_bumps_dropped""");

    private static final List<String> SETTINGS = names("""
            maxbytes maxconns tcpport udpport:0 inter verbosity:0 oldest:0 evictions:on domain_socket umask:700
            shutdown_command growth_factor:1.25 chunk_size:48 num_threads:1 num_threads_per_udp:1
            stat_key_prefix:: detail_enabled reqs_per_event:20 cas_enabled:yes tcp_backlog:1024
            binding_protocol auth_enabled_sasl:no auth_enabled_ascii item_size_max maxconns_fast:yes
            hashpower_init:0 slab_reassign:yes slab_automove:1 slab_automove_ratio:0.80 slab_automove_window:5
            slab_chunk_max:524288 lru_crawler:yes lru_crawler_sleep:100 lru_crawler_tocrawl:0 tail_repair_time:0
            flush_enabled:yes dump_enabled:yes hash_algorithm:murmur3 lru_maintainer_thread:yes
            lru_segmented:yes hot_lru_pct:20 warm_lru_pct:40 hot_max_factor:0.20 warm_max_factor:2.00
            temp_lru:no temporary_ttl:61 idle_timeout:0 watcher_logbuf_size:262144 worker_logbuf_size:65536
            read_buf_mem_limit:0 track_sizes:no inline_ascii_response:no ext_item_size:512
            ext_item_age:4294967295 ext_low_ttl:0 ext_recache_rate:2000 ext_wbuf_size:4194304
            ext_compact_under:0 ext_drop_under:0 ext_max_sleep:1000000 ext_max_frag:0.80
            slab_automove_freeratio:0.010 ext_drop_unread:no ssl_enabled ssl_chain_cert:(null) ssl_key:(null)
            ssl_verify_mode ssl_keyformat:1 ssl_ciphers:NULL ssl_ca_cert:NULL ssl_wbuf_size:16384
            ssl_session_cache:no ssl_kernel_tls:no ssl_min_version:tlsv1.2 num_napi_ids:0 memory_file:(null)
            client_flags_size:4""");

    private StatisticNames() {
    }

    private static List<String> names(String text) {
        return List.of(text.split("\\s+"));
    }

    static List<String> general() {
        return GENERAL;
    }

    static List<String> settings() {
        return SETTINGS;
    }

}
