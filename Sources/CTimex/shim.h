#pragma once
// adjtimex(2), which the Glibc module leaves out.
#include <sys/timex.h>
