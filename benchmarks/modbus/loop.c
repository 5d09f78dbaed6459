/* The yardstick for reading over Modbus TCP: libmodbus and nothing else, on both ends.
 *
 *   cc -O2 loop.c -o loop $(pkg-config --cflags --libs libmodbus)
 *   ./loop server 15502 &            answers one connection after the other
 *   ./loop client 15502 10 200000    reads 10 registers 200,000 times; prints requests a second
 */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int serve(int port) {
    modbus_t *context = modbus_new_tcp("127.0.0.1", port);
    modbus_mapping_t *mapping = modbus_mapping_new(0, 0, 65536, 65536);
    int listener = modbus_tcp_listen(context, 4);
    if (!mapping || listener < 0) return 1;
    for (int i = 0; i < 65536; i++) mapping->tab_registers[i] = (uint16_t)i;
    for (;;) {
        uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
        int length;
        modbus_tcp_accept(context, &listener);
        while ((length = modbus_receive(context, query)) >= 0) modbus_reply(context, query, length, mapping);
        modbus_close(context);
    }
}

static int ask(int port, int count, long requests) {
    modbus_t *context = modbus_new_tcp("127.0.0.1", port);
    uint16_t registers[MODBUS_MAX_READ_REGISTERS];
    struct timespec begin, end;
    if (modbus_connect(context) != 0) return 1;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (long i = 0; i < requests; i++)
        if (modbus_read_registers(context, 0, count, registers) != count) return 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (end.tv_sec - begin.tv_sec) + (end.tv_nsec - begin.tv_nsec) * 1e-9;
    printf("%.0f requests/s, %.0f registers/s\n", requests / seconds, requests * count / seconds);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "server") == 0) return serve(atoi(argv[2]));
    if (argc == 5 && strcmp(argv[1], "client") == 0) return ask(atoi(argv[2]), atoi(argv[3]), atol(argv[4]));
    fprintf(stderr, "loop server PORT | loop client PORT REGISTERS REQUESTS\n");
    return 64;
}
