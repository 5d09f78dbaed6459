/* SQLite alone, as bare as it gets: what MonitorStore is measured against.

   sqlite_loop FOLDER REPETITIONS   samples of twenty channels at 1 Hz, an hour and five seconds a commit; one line of JSON each

   The same table, the same packing, the same pragmas and the same readings as `bench store`; prepared statements, nothing else:
   no lock, no checks, no words. */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { channels = 20, stations = 2, parameters = 10 };
static int32_t hour[3600][channels];
static sqlite3 *database;
static sqlite3_stmt *begin_statement, *commit_statement, *last, *insert, *read_parts, *delete_parts;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void check(int status) {
    if (status == SQLITE_OK || status == SQLITE_DONE || status == SQLITE_ROW) return;
    fprintf(stderr, "%s\n", sqlite3_errmsg(database));
    exit(74);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static void run(sqlite3_stmt *statement) {
    check(sqlite3_step(statement));
    sqlite3_reset(statement);
}

static uint8_t *varint(uint8_t *place, uint64_t number) {
    for (; number >= 0x80; number >>= 7) *place++ = number | 0x80;
    *place++ = number;
    return place;
}

/* MinuteBlob.swift: evenly spaced seconds and no missing value, which is all that comes here. */
static int pack(uint8_t *blob, int64_t second, int count, int station) {
    uint8_t *place = blob;
    *place++ = 1;
    for (int parameter = 0; parameter < parameters; parameter++) {
        int column = station * parameters + parameter, scale = 3;
        static const int32_t units[] = {1, 10, 100, 1000};
        for (int n = 0; n < count; n++)
            while (scale && hour[(second + n) % 3600][column] % units[scale]) scale--;
        *place++ = parameter;
        *place++ = scale << 6 | (count - 1);
        *place++ = second % 60;
        *place++ = 1;
        int64_t before = 0;
        for (int n = 0; n < count; n++) {
            int64_t value = hour[(second + n) % 3600][column] / units[scale], difference = value - before;
            place = varint(place, ((uint64_t)difference << 1 ^ (uint64_t)(difference >> 63)) + 1);
            before = value;
        }
    }
    return place - blob;
}

static void put(int64_t key, const uint8_t *blob, int size) {
    sqlite3_bind_int64(insert, 1, key);
    sqlite3_bind_blob(insert, 2, blob, size, SQLITE_STATIC);
    run(insert);
}

/* Some seconds of one minute. A minute that is over is one row; one under way gets another part. */
static void write_minute(int64_t start, int64_t second, int count, int station) {
    static uint8_t blob[8192];
    int64_t key = (start + second) / 60 << 20 | (station + 1) << 6;
    sqlite3_bind_int64(last, 1, key);
    sqlite3_bind_int64(last, 2, key | 63);
    int64_t newest = -1;
    if (sqlite3_step(last) == SQLITE_ROW && sqlite3_column_type(last, 0) != SQLITE_NULL)
        newest = sqlite3_column_int64(last, 0);
    sqlite3_reset(last);
    int is_over = (second + count) % 60 == 0;
    if (newest >= 0 && is_over) {
        /* The parts are read, as a program that may have been restarted must. */
        sqlite3_bind_int64(read_parts, 1, key);
        sqlite3_bind_int64(read_parts, 2, key | 63);
        while (sqlite3_step(read_parts) == SQLITE_ROW) sqlite3_column_blob(read_parts, 0);
        sqlite3_reset(read_parts);
        sqlite3_bind_int64(delete_parts, 1, key);
        sqlite3_bind_int64(delete_parts, 2, key | 63);
        run(delete_parts);
        put(key, blob, pack(blob, second / 60 * 60, 60, station));
    } else {
        put(newest < 0 ? key : newest + 1, blob, pack(blob, second, count, station));
    }
}

static int ascending(const void *first, const void *second) {
    double difference = *(const double *)first - *(const double *)second;
    return (difference > 0) - (difference < 0);
}

static void measure(const char *folder, const char *stage, int seconds, int commits, int repetitions) {
    char path[4096];
    snprintf(path, sizeof path, "%s/sqlite-loop-%d.db", folder, getpid());
    check(sqlite3_open(path, &database));
    check(sqlite3_exec(database,
        "PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 8000000; PRAGMA cache_size = -8000;"
        "PRAGMA secure_delete = OFF;"
        "CREATE TABLE sample (id INTEGER PRIMARY KEY, packed BLOB NOT NULL, minute INTEGER AS (id >> 20) VIRTUAL,"
        " station INTEGER AS (id >> 6 & 16383) VIRTUAL, part INTEGER AS (id & 63) VIRTUAL) STRICT;", NULL, NULL, NULL));
    begin_statement = prepare("BEGIN IMMEDIATE");
    commit_statement = prepare("COMMIT");
    last = prepare("SELECT max(id) FROM sample WHERE id BETWEEN ? AND ?");
    insert = prepare("INSERT INTO sample (id, packed) VALUES (?, ?)");
    read_parts = prepare("SELECT packed FROM sample WHERE id BETWEEN ? AND ? ORDER BY id");
    delete_parts = prepare("DELETE FROM sample WHERE id BETWEEN ? AND ?");
    const int64_t start = 500000LL * 3600;
    int64_t second = 0;
    double rates[100];
    for (int repetition = -1; repetition < repetitions; repetition++) {
        double begin = now();
        for (int commit = 0; commit < commits; commit++, second += seconds) {
            run(begin_statement);
            for (int from = 0; from < seconds; from += 60)
                for (int station = 0; station < stations; station++)
                    write_minute(start, second + from, seconds < 60 ? seconds : 60, station);
            run(commit_statement);
        }
        if (repetition >= 0) rates[repetition] = (double)commits * seconds * channels / (now() - begin);
    }
    qsort(rates, repetitions, sizeof *rates, ascending);
    printf("{\"stage\":\"peer.sqlite.%s\",\"rate\":%.0f,\"unit\":\"values/s\",\"valuesACommit\":%d,\"slowest\":%.0f,\"fastest\":%.0f}\n",
           stage, rates[repetitions / 2], seconds * channels, rates[0], rates[repetitions - 1]);
    fflush(stdout);
    sqlite3_stmt *all[] = {begin_statement, commit_statement, last, insert, read_parts, delete_parts};
    for (int n = 0; n < 6; n++) sqlite3_finalize(all[n]);
    sqlite3_close(database);
    static const char *endings[] = {"", "-wal", "-shm"};
    for (int n = 0; n < 3; n++) {
        char file[4200];
        snprintf(file, sizeof file, "%s%s", path, endings[n]);
        unlink(file);
    }
}

int main(int count, char **arguments) {
    if (count != 3 || atoi(arguments[2]) < 1 || atoi(arguments[2]) > 100) return 64;
    uint64_t state = 1;
    int32_t values[channels];
    for (int channel = 0; channel < channels; channel++) values[channel] = 400;
    for (int second = 0; second < 3600; second++)
        for (int channel = 0; channel < channels; channel++) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            values[channel] += (int32_t)((state >> 33) % 7) - 3;
            hour[second][channel] = values[channel] * 100;
        }
    measure(arguments[1], "samples", 3600, 12, atoi(arguments[2]));
    measure(arguments[1], "commit", 5, 200, atoi(arguments[2]));
    return 0;
}
