#pragma once
#include <stdint.h>

/// How many times this thread has asked for memory from the heap since it began.
uint64_t allocations_of_this_thread(void);
