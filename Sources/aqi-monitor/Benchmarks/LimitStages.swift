import AQICore
import Glibc
import Store

/// What nothing on this machine can do without: bytes moved once, bytes sent there and back, bytes brought to the disk.
enum LimitStages {
    static let copy = "memory.copy"
    static let echo10 = "loopback.echo.10"
    static let echo125 = "loopback.echo.125"
    static let disk = "disk.commit"

    static let all = [
        Stage(
            name: copy, unit: "station-hours", size: BenchData.batchSize, sizeUnit: "station-hours",
            prepare: { size, _ in memoryCopy(size) }),
        // A request of Modbus TCP for registers has 12 bytes, its answer 9 and two a register.
        Stage(
            name: echo10, unit: "round trips", size: 20_000, sizeUnit: "round trips",
            prepare: { size, _ in try echo(size, answer: 29) }),
        Stage(
            name: echo125, unit: "round trips", size: 20_000, sizeUnit: "round trips",
            prepare: { size, _ in try echo(size, answer: 259) }),
        Stage(
            name: disk, unit: "commits", size: 1000, sizeUnit: "commits",
            prepare: { size, surroundings in try diskCommit(size, surroundings) }),
    ]

    /// memcpy of the batch's input into a buffer of the same size that was written before.
    private static func memoryCopy(_ size: Int) -> Trial {
        let shape = BenchData.shape(size)
        let count = shape.stations * shape.hours * BenchData.bytesPerStationHour / 8
        let source = (0..<count).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
        var target = [UInt64](repeating: 0, count: count)
        return Trial(units: shape.stations * shape.hours) {
            // Invariant: both arrays have the same count, and they are two.
            unsafe target.withUnsafeMutableBytes { to in
                unsafe source.withUnsafeBytes { from in
                    if let target = to.baseAddress, let source = from.baseAddress {
                        unsafe memcpy(target, source, from.count)
                    }
                }
            }
        } outcome: {
            .init(
                checksum: target.reduce(0, &+),
                details: [
                    ("bytes", Int64(count * 8)), ("stations", Int64(shape.stations)), ("hours", Int64(shape.hours)),
                ])
        }
    }

    /// Twelve bytes there and an answer back, one after the other, over one TCP connection of the loopback interface.
    private static func echo(_ size: Int, answer: Int) throws -> Trial {
        let echo = try LoopbackEcho(question: 12, answer: answer)
        return Trial(units: size) {
            try echo.ask(size)
        } close: {
            echo.close()
        }
    }

    /// One block of 4 KB written over and brought to the disk, in a file that has its size: the least that a commit can be.
    private static func diskCommit(_ size: Int, _ surroundings: Surroundings) throws -> Trial {
        let path = "\(surroundings.folder)/aqi-bench-\(getpid())-disk"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Output.Failed(path: path, errno: errno, isCreation: true) }
        var block = [UInt8](repeating: 1, count: 4096)
        let blocks = 64
        func write(_ number: Int) throws {
            // Invariant: pwrite(2) reads block.count bytes.
            let count = unsafe block.withUnsafeBytes {
                unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(number % blocks * 4096))
            }
            guard count == block.count, fdatasync(descriptor) == 0 else {
                throw Output.Failed(path: path, errno: errno, isCreation: false)
            }
        }
        for number in 0..<blocks { try write(number) }
        fsync(descriptor)
        return Trial(units: size) {
            for number in 0..<size {
                block[number % 4096] &+= 1
                try write(number)
            }
        } close: {
            Glibc.close(descriptor)
            _ = unsafe unlink(path)
        }
    }
}
