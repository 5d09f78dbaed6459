import Glibc

/// Lets the process have as many files and connections open as the system grants it: the default of a shell, 1024, is fewer
/// than a city has stations.
func raiseOpenFileLimit() {
    var limit = rlimit()
    // Invariant: both calls read or write one rlimit, which outlives them.
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}
