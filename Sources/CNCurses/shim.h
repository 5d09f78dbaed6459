#pragma once
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <locale.h>

// Macros that Swift does not import, each as the function it stands for.
static inline int aqi_rows(void) { return getmaxy(stdscr); }
static inline int aqi_columns(void) { return getmaxx(stdscr); }
static inline int aqi_attributes(int pair, int bold, int reverse, int dim, int underline) {
    return COLOR_PAIR(pair) | (bold ? A_BOLD : 0) | (reverse ? A_REVERSE : 0) | (dim ? A_DIM : 0)
        | (underline ? A_UNDERLINE : 0);
}
static inline int aqi_set_attributes(int attributes) { return attrset(attributes); }
static inline int aqi_put(int row, int column, const char *text) { return mvaddstr(row, column, text); }
