import AQICore
import Glibc
import Ingest

/// Where time enters the program when it runs against the world.
enum WallClock {
    /// The time of the system's clock.
    static var now: Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(seconds: Int64(time.tv_sec))
    }

    /// The time for buses: readings by the system's clock, back-off by one that nobody sets.
    static let forBuses = BusClock(instant: { now }) {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
