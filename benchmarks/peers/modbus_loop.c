/* libmodbus alone, as bare as it gets: what ModbusBus is measured against.

   modbus_loop serve                 a server on a free port of the loopback interface; prints it, runs until killed
   modbus_loop ask PORT STAGE SIZE   one connection: rounds of 10 or 125 registers, or of 20 scattered pairs, on demand

   Fair: the loop asks the same server for the same registers, and decodes nothing while it is timed; the numbers of the last round are
   added up afterwards, to show that they came. Whoever is measured talks to the same server. */
#include "paced.h"
#include <arpa/inet.h>
#include <errno.h>
#include <modbus/modbus.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

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
    /* A process for each client: several are connected at once, and asked one after the other. */
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        if (modbus_tcp_accept(context, &listener) < 0) continue;
        if (fork() == 0) break;
        /* Not modbus_close, which would end the connection for the child, too. */
        close(modbus_get_socket(context));
        modbus_set_socket(context, -1);
    }
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    /* modbus_tcp_accept sets TCP_NODELAY on none of them. */
    int one = 1;
    setsockopt(modbus_get_socket(context), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
    int count;
    while ((count = modbus_receive(context, query)) >= 0)
        if (count > 0) modbus_reply(context, query, count, mapping);
    return 0;
}

static modbus_t *context;
static long rounds;
static int requests, registers, step;
static uint16_t words[20 * 125];

static int ask(void) {
    for (long round = 0; round < rounds; round++)
        for (int request = 0; request < requests; request++)
            if (modbus_read_registers(context, request * step, registers, words + request * registers) != registers) {
                fprintf(stderr, "%s\n", modbus_strerror(errno));
                return 1;
            }
    return 0;
}

/* Thousandths of the numbers of a round; a word without its other half counts as it is. */
static uint64_t sum(void) {
    uint64_t total = 0;
    for (int request = 0; request < requests; request++) {
        const uint16_t *own = words + request * registers;
        for (int place = 0; place + 1 < registers; place += 2) {
            uint32_t bits = (uint32_t)own[place] << 16 | own[place + 1];
            float number;
            memcpy(&number, &bits, 4);
            total += (uint64_t)(number * 1000);
        }
        if (registers % 2) total += own[registers - 1];
    }
    return total;
}

int main(int count, char **arguments) {
    if (count == 2 && !strcmp(arguments[1], "serve")) return serve();
    if (count != 5 || strcmp(arguments[1], "ask")) return 64;
    const char *stage = arguments[3];
    rounds = atol(arguments[4]);
    int is_scattered = !strcmp(stage, "scattered");
    requests = is_scattered ? 20 : 1;
    registers = is_scattered ? 2 : atoi(stage);
    step = 6;
    if (registers < 1 || registers > 125 || rounds < 1) return 64;
    context = modbus_new_tcp("127.0.0.1", atoi(arguments[2]));
    if (modbus_connect(context) < 0) return 69;
    char name[64];
    snprintf(name, sizeof name, "peer.libmodbus.%s", stage);
    int status = answer(name, is_scattered ? "rounds" : "requests", rounds, rounds, ask, sum);
    modbus_close(context);
    modbus_free(context);
    return status;
}
