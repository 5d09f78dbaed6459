/* SQLite alone, as bare as it gets: what MonitorStore is measured against.

   sqlite_loop FOLDER samples|commit COMMITS   samples of twenty channels at 1 Hz, an hour or five seconds a commit, on demand

   The same table, the same packing, the same pragmas and the same readings as `bench store`; prepared statements, nothing else:
   no lock, no checks, no words. */
#include "paced.h"
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

enum { channels = 20, stations = 2, parameters = 10 };
static int32_t hour[3600][channels];
static sqlite3 *database;
static sqlite3_stmt *begin_statement, *commit_statement, *last, *insert, *read_parts, *delete_parts;

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

static const int64_t start = 500000LL * 3600;
static int64_t second, first;
static int seconds;
static long commits;

static int work(void) {
    /* Every run begins with the hour, so that every run writes the same. */
    second = (second + 3599) / 3600 * 3600;
    first = second;
    for (long commit = 0; commit < commits; commit++, second += seconds) {
        run(begin_statement);
        for (int from = 0; from < seconds; from += 60)
            for (int station = 0; station < stations; station++)
                write_minute(start, second + from, seconds < 60 ? seconds : 60, station);
        run(commit_statement);
    }
    return 0;
}

static const uint8_t *unpacked(const uint8_t *place, uint64_t *number) {
    *number = 0;
    for (int shift = 0;; shift += 7) {
        *number |= (uint64_t)(*place & 0x7F) << shift;
        if (!(*place++ & 0x80)) return place;
    }
}

/* What the run wrote, read back: the sum of all values. */
static uint64_t checksum(void) {
    static const int32_t units[] = {1, 10, 100, 1000};
    sqlite3_stmt *rows = prepare("SELECT packed FROM sample WHERE id >= ? AND id < ?");
    sqlite3_bind_int64(rows, 1, (start + first) / 60 << 20);
    sqlite3_bind_int64(rows, 2, (start + second + 59) / 60 << 20);
    uint64_t sum = 0;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        const uint8_t *place = sqlite3_column_blob(rows, 0), *end = place + sqlite3_column_bytes(rows, 0);
        for (place++; place < end;) {
            int scale = place[1] >> 6, count = (place[1] & 63) + 1;
            place += 4;
            int64_t value = 0;
            for (int n = 0; n < count; n++) {
                uint64_t packed;
                place = unpacked(place, &packed);
                packed--;
                value += (int64_t)(packed >> 1) ^ -(int64_t)(packed & 1);
                sum += (uint64_t)(value * units[scale]);
            }
        }
    }
    sqlite3_finalize(rows);
    return sum;
}

int main(int count, char **arguments) {
    if (count != 4 || (commits = atol(arguments[3])) < 1) return 64;
    const char *stage = arguments[2];
    seconds = !strcmp(stage, "samples") ? 3600 : 5;
    uint64_t state = 1;
    int32_t values[channels];
    for (int channel = 0; channel < channels; channel++) values[channel] = 400;
    for (int second = 0; second < 3600; second++)
        for (int channel = 0; channel < channels; channel++) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            values[channel] += (int32_t)((state >> 33) % 7) - 3;
            hour[second][channel] = values[channel] * 100;
        }
    char path[4096];
    snprintf(path, sizeof path, "%s/sqlite-loop-%d.db", arguments[1], getpid());
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
    char name[64];
    snprintf(name, sizeof name, "peer.sqlite.%s", stage);
    int status = answer(name, "values", commits, commits * seconds * channels, work, checksum);
    sqlite3_stmt *all[] = {begin_statement, commit_statement, last, insert, read_parts, delete_parts};
    for (int n = 0; n < 6; n++) sqlite3_finalize(all[n]);
    sqlite3_close(database);
    static const char *endings[] = {"", "-wal", "-shm"};
    for (int n = 0; n < 3; n++) {
        char file[4200];
        snprintf(file, sizeof file, "%s%s", path, endings[n]);
        unlink(file);
    }
    return status;
}
