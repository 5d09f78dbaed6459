/* A peer that works on demand: one repetition for each line of standard input, so that whoever asks can put others in between. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

/* `work` is timed; `checksum` says what it came to and is not. `units` are those of one run of a `size`. */
static int answer(const char *stage, const char *unit, long size, long units, int (*work)(void), uint64_t (*checksum)(void)) {
    if (work()) return 1;
    puts("ready");
    fflush(stdout);
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        double begin = now();
        if (work()) return 1;
        double seconds = now() - begin;
        printf("{\"stage\":\"%s\",\"unit\":\"%s/s\",\"size\":%ld,\"units\":%ld,\"seconds\":[%.9f],\"checksum\":\"%016llx\"}\n",
               stage, unit, size, units, seconds, (unsigned long long)checksum());
        fflush(stdout);
    }
    return 0;
}
