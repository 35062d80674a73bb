/* Prints where libmemcached's weighted ketama places 10,000 keys, for several lists of servers. */
#include <libmemcached/memcached.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *lists[] = {
    "cache-1:11211 cache-2:11211 cache-3:11211",
    "10.0.0.1:11211 10.0.0.2:11212 cache-3:11213 cache-4:11211 10.0.0.5:11211",
    "cache-1:11211*1 cache-2:11211*2 cache-3:11212*3 cache-4:11211*10",
    "n0:11211*7 n1:11211*7 n2:11211*1 n3:11211*600 n4:11211*64 n5:22122*64 n6:11211*64 n7:11211*65 n8:1*31 n9:11211*900",
    "a:1 b:1 c:1 d:1 e:1 f:1 g:1 h:1 i:1 j:1 k:1 l:1 m:1 n:1 o:1 p:1 q:1 r:1 s:1 t:1 u:1 v:1 w:1 x:1 y:1",
};

int main(void) {
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        memcached_st *client = memcached_create(NULL);
        memcached_behavior_set(client, MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED, 1);
        char *list = strdup(lists[i]);
        for (char *server = strtok(list, " "); server != NULL; server = strtok(NULL, " ")) {
            char *star = strchr(server, '*');
            char *colon = strchr(server, ':');
            *colon = 0;
            memcached_server_add_with_weight(client, server, atoi(colon + 1), star ? atoi(star + 1) : 1);
        }
        printf("%s", lists[i]);
        for (int k = 0; k < 10000; k++) {
            char key[32];
            int length = snprintf(key, sizeof key, "key:%d", k);
            printf("%s%c", k % 100 ? "" : "\n", 'a' + memcached_generate_hash(client, key, length));
        }
        printf("\n\n");
        memcached_free(client);
        free(list);
    }
    return 0;
}
