#pragma once
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <term.h>
#include <termios.h>
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

// What a crash needs to give the terminal back; see aqi_on_crash.
struct aqi_guard {
    char restore[256];
    size_t length;
    // The modes of the terminal before anything changes them.
    struct termios modes;
    struct sigaction before[NSIG];
};
// A static of the function: one in the header itself, Swift's importer would not make.
static inline struct aqi_guard *aqi_guard(void) {
    static struct aqi_guard guard;
    return &guard;
}
#define AQI_CRASHES {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT}

// initscr(3) ends the program where the terminal is not known; newterm(3) says so. 1: open, 0: not.
static inline int aqi_open_terminal(void) {
    tcgetattr(STDIN_FILENO, &aqi_guard()->modes);
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

// What was typed: 1 and a character, 2 and a function key, 0 for nothing in time.
static inline int aqi_key(int waitMilliseconds, unsigned int *value) {
    wint_t read = 0;
    timeout(waitMilliseconds);
    int kind = get_wch(&read);
    *value = (unsigned int)read;
    return kind == KEY_CODE_YES ? 2 : kind == OK ? 1 : 0;
}

static inline void aqi_use_mouse(void) {
    mouseinterval(0);
    mousemask(BUTTON1_PRESSED, NULL);
}
// Where the left button was pressed. 1: there, 0: something else.
static inline int aqi_click(int *row, int *column) {
    MEVENT event;
    if (getmouse(&event) != OK || !(event.bstate & BUTTON1_PRESSED)) return 0;
    *row = event.y;
    *column = event.x;
    return 1;
}

// The next drawing sends everything, whatever somebody else wrote between.
static inline void aqi_repaint(void) { clearok(curscr, TRUE); }

static inline int aqi_rows(void) { return getmaxy(stdscr); }
static inline int aqi_columns(void) { return getmaxx(stdscr); }
// How many colours there are; they are not known before they are started.
static inline int aqi_start_colours(void) {
    if (!has_colors() || start_color() == ERR) return 0;
    use_default_colors();
    return COLORS;
}

static inline void aqi_make_pair(int pair, int foreground, int background) {
    init_extended_pair(pair, foreground, background);
}

static inline void aqi_set_style(int pair, int bold, int reverse, int dim) {
    attrset(COLOR_PAIR(pair) | (bold ? A_BOLD : 0) | (reverse ? A_REVERSE : 0) | (dim ? A_DIM : 0));
}

// A program that crashes gives the terminal back first. What is written then is put together before, and the handler calls
// only what signal-safety(7) allows: write, tcsetattr, sigaction, raise.
//
// Invariant: all of it is used from one file, CursesScreen.swift, so that there is one copy of what is static; the text and
// the modes are complete before the first handler is set, and do not change while one is.
static inline void aqi_on_crash(int number) {
    struct aqi_guard *guard = aqi_guard();
    if (write(STDOUT_FILENO, guard->restore, guard->length) < 0) {
        // There is nobody left to tell.
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &guard->modes);
    // Whoever handled the signal before, as a rule the system, has it next.
    sigaction(number, &guard->before[number], NULL);
    raise(number);
}

// Adds what terminfo has under a name, without its delays, which are for printers.
static inline void aqi_restore_by(const char *name) {
    struct aqi_guard *guard = aqi_guard();
    const char *text = tigetstr((char *)name);
    if (text == NULL || text == (const char *)-1) return;
    while (*text != 0 && guard->length < sizeof guard->restore) {
        if (text[0] == '$' && text[1] == '<') {
            while (*text != 0 && *text != '>') text++;
            if (*text != 0) text++;
        } else {
            guard->restore[guard->length++] = *text++;
        }
    }
}

// To be called when the terminal is open: it takes terminfo's word.
static inline void aqi_guard_terminal(void) {
    const int crashes[] = AQI_CRASHES;
    struct aqi_guard *guard = aqi_guard();
    const char *mouse = "\033[?1000l";
    const char *names[] = {"sgr0", "op", "rmkx", "cnorm", "rmcup"};
    guard->length = 0;
    if (tigetstr("kmous") != NULL && tigetstr("kmous") != (char *)-1) {
        memcpy(guard->restore, mouse, strlen(mouse));
        guard->length = strlen(mouse);
    }
    for (size_t place = 0; place < sizeof names / sizeof *names; place++) aqi_restore_by(names[place]);
    if (guard->length < sizeof guard->restore) guard->restore[guard->length++] = '\n';
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = aqi_on_crash;
    sigemptyset(&action.sa_mask);
    for (size_t place = 0; place < sizeof crashes / sizeof *crashes; place++) {
        sigaction(crashes[place], &action, &guard->before[crashes[place]]);
    }
}

static inline void aqi_unguard_terminal(void) {
    const int crashes[] = AQI_CRASHES;
    for (size_t place = 0; place < sizeof crashes / sizeof *crashes; place++) {
        sigaction(crashes[place], &aqi_guard()->before[crashes[place]], NULL);
    }
}
