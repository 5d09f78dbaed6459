import AQICore
import Glibc

/// Where time enters the program when it runs against the world.
enum WallClock {
    /// The time of the system's clock.
    static var now: Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(seconds: Int64(time.tv_sec))
    }
}
