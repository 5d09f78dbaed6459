#pragma once
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

// What Swift does not see: macros, and the C library's standard streams.

// Hidden by feature macros that Swift's importer does not set.
extern int wcwidth(wchar_t character);

// Whether the terminal's type is known. term.h is not for Swift: it makes macros of words such as "lines".
static inline int aqi_terminal_is_known(void) {
    int status;
    if (setupterm(NULL, STDOUT_FILENO, &status) != OK) return 0;
    // A screen needs to move the cursor; "dumb" cannot.
    char *move = tigetstr("cup");
    return move != NULL && move != (char *)-1;
}

// initscr(3) ends the program where the terminal is not known; newterm(3) says so. 1: open, 0: not.
static inline int aqi_open_terminal(void) {
    SCREEN *screen = newterm(NULL, stdout, stdin);
    if (screen == NULL) return 0;
    set_term(screen);
    return 1;
}

// Whether text goes out as UTF-8. 1: yes.
static inline int aqi_use_utf8(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
    return 0;
}
static inline int aqi_force_utf8(void) { return setlocale(LC_CTYPE, "C.UTF-8") != NULL; }

static inline void aqi_start_keyboard(void) {
    cbreak();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    set_escdelay(25);
    curs_set(0);
}

static inline int aqi_key(int waitMilliseconds) {
    timeout(waitMilliseconds);
    return getch();
}

static inline int aqi_rows(void) { return getmaxy(stdscr); }
static inline int aqi_columns(void) { return getmaxx(stdscr); }
static inline int aqi_colours(void) { return has_colors() ? COLORS : 0; }

static inline void aqi_set_style(int pair, int bold, int reverse, int dim) {
    attrset(COLOR_PAIR(pair) | (bold ? A_BOLD : 0) | (reverse ? A_REVERSE : 0) | (dim ? A_DIM : 0));
}
