/* libmodbus alone, as bare as it gets: what ModbusBus is measured against.

   modbus_loop serve                          a server on a free port of the loopback interface; prints it, runs until killed
   modbus_loop ask PORT SECONDS REPETITIONS   one connection, 10 and 125 registers, 40 scattered ones; one line of JSON each

   The answers are looked at only to be added up. Whoever is measured talks to the same server. */
#include <arpa/inet.h>
#include <errno.h>
#include <modbus/modbus.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static int serve(void) {
    /* It goes with whoever started it. */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    modbus_t *context = modbus_new_tcp("127.0.0.1", 0);
    modbus_mapping_t *mapping = modbus_mapping_new(0, 0, 4096, 4096);
    int listener = modbus_tcp_listen(context, 4);
    if (!mapping || listener < 0) return 1;
    for (int place = 0; place < 4096; place += 2) {
        float number = place / 2 % 500 + 0.5f;
        uint32_t bits;
        memcpy(&bits, &number, 4);
        mapping->tab_registers[place] = bits >> 16;
        mapping->tab_registers[place + 1] = bits & 0xFFFF;
    }
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    getsockname(listener, (struct sockaddr *)&address, &length);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
    for (;;) {
        /* One client after the other; modbus_tcp_accept sets TCP_NODELAY on none of them. */
        if (modbus_tcp_accept(context, &listener) < 0) continue;
        int one = 1;
        setsockopt(modbus_get_socket(context), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        int count;
        while ((count = modbus_receive(context, query)) >= 0)
            if (count > 0) modbus_reply(context, query, count, mapping);
        modbus_close(context);
    }
}

static int ascending(const void *first, const void *second) {
    double difference = *(const double *)first - *(const double *)second;
    return (difference > 0) - (difference < 0);
}

/* Rounds of requests of `count` registers, `step` apart, for some seconds; the median of the repetitions. */
static int ask(modbus_t *context, const char *stage, int requests, int count, int step, double seconds, int repetitions) {
    uint16_t registers[125];
    double rates[100];
    uint64_t sum = 0;
    for (int repetition = -1; repetition < repetitions; repetition++) {
        double begin = now(), end;
        long done = 0;
        do {
            for (int request = 0; request < requests; request++, done++) {
                if (modbus_read_registers(context, request * step, count, registers) != count) {
                    fprintf(stderr, "%s: %s\n", stage, modbus_strerror(errno));
                    return 1;
                }
                for (int place = 0; place < count; place++) sum += registers[place];
            }
            end = now();
        } while (end - begin < seconds);
        if (repetition >= 0) rates[repetition] = done / (end - begin);
    }
    qsort(rates, repetitions, sizeof *rates, ascending);
    double rate = rates[repetitions / 2];
    printf("{\"stage\":\"peer.libmodbus.%s\",\"rate\":%.1f,\"unit\":\"requests/s\",\"registersPerSecond\":%.0f,"
           "\"roundsPerSecond\":%.1f,\"sum\":%llu}\n",
           stage, rate, rate * count, rate / requests, (unsigned long long)(sum % 1000));
    fflush(stdout);
    return 0;
}

int main(int count, char **arguments) {
    if (count == 2 && !strcmp(arguments[1], "serve")) return serve();
    if (count != 5 || strcmp(arguments[1], "ask")) return 64;
    modbus_t *context = modbus_new_tcp("127.0.0.1", atoi(arguments[2]));
    if (modbus_connect(context) < 0) return 69;
    double seconds = atof(arguments[3]);
    int repetitions = atoi(arguments[4]);
    if (repetitions < 1 || repetitions > 100) return 64;
    int status = ask(context, "10", 1, 10, 0, seconds, repetitions)
        || ask(context, "125", 1, 125, 0, seconds, repetitions)
        || ask(context, "scattered", 20, 2, 6, seconds, repetitions);
    modbus_close(context);
    modbus_free(context);
    return status;
}
