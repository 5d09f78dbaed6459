import AQICore
import Dispatch
import Glibc
import Ingest
import Synchronization

/// The decoders of the serial protocols, each by itself in memory, and all ports of a large station at once.
struct SerialStages {
    let stopwatch: Stopwatch
    /// Bytes of each protocol: larger than the caches of one core.
    var byteCount = 8 << 20
    /// How long the ports are fed.
    var seconds = 5

    static let decode = "serial.decode"
    static let ports = "serial.ports"
    static let names = [decode, ports]

    func run(_ name: String, _ report: (BenchResult) throws -> Void) throws {
        if name == SerialStages.ports { return try report(ports()) }
        for kind in SerialProtocol.allCases { try report(decode(kind)) }
    }

    /// An item of each protocol that has a value.
    private static func item(_ kind: SerialProtocol) -> String {
        switch kind {
        case .bayernHessen: "211"
        case .cLink, .line: "o3"
        case .ak: "AKON.1"
        case .serinusAdvanced: "50"
        case .pmsx003: "pm25.atm"
        case .sds011, .sps30: "pm25"
        }
    }

    /// Answers of an instrument, each with another value, as many as fit.
    private static func stream(_ kind: SerialProtocol, _ byteCount: Int) -> [UInt8] {
        let dialect = kind.dialect
        guard let item = dialect.item(item(kind)) else { return [] }
        var device = SerialDevice(
            name: "bench",
            channels: [
                SerialChannel(item: item, rule: ValueRule(channel: Channel(station: 0, parameter: .o3)))
            ])
        device.isChecked = true
        device.request = "READ?\r"
        let request = dialect.requests(for: device).first?.bytes ?? []
        var instrument = SerialInstrument()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        var number: Int64 = 0
        while true {
            number += 1
            instrument.values[item.text] = number % 500 * 1000
            let frame = instrument.frame(in: kind) ?? instrument.answer(to: request, in: kind) ?? []
            guard !frame.isEmpty, bytes.count + frame.count <= byteCount else { return bytes }
            bytes += frame
        }
    }

    /// Frames found, checked and their values decoded, in pieces as a terminal gives them. Of lines of text the frames alone:
    /// what they say, a regular expression finds.
    private func decode(_ kind: SerialProtocol) -> BenchResult {
        let bytes = SerialStages.stream(kind, byteCount)
        let dialect = kind.dialect
        let item = dialect.item(SerialStages.item(kind))
        var checksum: UInt64 = 0
        var frames = 0
        let timed = stopwatch.rate(of: bytes.count) {
            var scanner = kind.makeScanner()
            checksum = 0
            frames = 0
            for start in stride(from: 0, to: bytes.count, by: 4096) {
                scanner.feed(bytes.span.extracting(start..<min(start + 4096, bytes.count))) { verdict, frame in
                    guard verdict.isUsable, let item else { return }
                    frames += 1
                    guard case .number(let number) = dialect.value(of: item, in: frame) else { return }
                    checksum &+= UInt64(bitPattern: number.thousandths() ?? 0)
                }
            }
        }
        return BenchResult(
            stage: "\(SerialStages.decode).\(kind.name)", rate: timed.median, unit: "bytes/s", checksum: checksum,
            range: timed.range, details: [("frames", Int64(frames))])
    }

    /// What the readers of the ports found together.
    private struct Found {
        var bytes = 0
        var noise: UInt64 = 0
        var cpuNanoseconds: Int64 = 0
    }

    /// 32 pseudo-terminals that are written at the speed of 115,200 baud (11,520 bytes a second), each read and decoded by a
    /// thread of its own, as buses do. The time of the processor is that of the readers, the kernel's for them included.
    private func ports() throws -> BenchResult {
        let count = 32
        let kinds = (0..<count).map { SerialProtocol.allCases[$0 % SerialProtocol.allCases.count] }
        let terminals = try kinds.map { _ in try Pseudoterminal() }
        let streams = kinds.map { SerialStages.stream($0, 11_520 * seconds) }
        let found = Mutex(Found())
        let readers = DispatchGroup()
        for place in 0..<count {
            let (kind, path, wanted) = (kinds[place], terminals[place].path, streams[place].count)
            let line = SerialLine.port(
                path: path, baud: 115_200, parity: "N", dataBits: 8, stopBits: 1, direction: .automatic)
            let tap = try SerialTap(line)
            // Invariant: the one reader of the port is the only one that uses it from here on.
            nonisolated(unsafe) let port = tap
            DispatchQueue(label: path).async(group: readers) {
                let began = threadNanoseconds()
                var own = Found()
                var scanner = kind.makeScanner()
                var received = 0
                while received < wanted, let bytes = try? unsafe port.receive(milliseconds: 2000), !bytes.isEmpty {
                    received += bytes.count
                    scanner.feed(bytes.span) { verdict, frame in if verdict.isUsable { own.bytes += frame.count } }
                }
                own.noise = scanner.noiseCount
                own.cpuNanoseconds = threadNanoseconds() - began
                found.withLock {
                    $0.bytes += own.bytes
                    $0.noise += own.noise
                    $0.cpuNanoseconds += own.cpuNanoseconds
                }
            }
        }
        let clock = ContinuousClock()
        let began = clock.now
        var sent = [Int](repeating: 0, count: count)
        while (0..<count).contains(where: { sent[$0] < streams[$0].count }) {
            // A hundred times a second, as much as the line would have carried by now.
            usleep(10_000)
            let due = Int((clock.now - began) / .microseconds(1)) * 11_520 / 1_000_000
            for place in 0..<count where sent[place] < min(due, streams[place].count) {
                let part = Array(streams[place][sent[place]..<min(due, streams[place].count)])
                sent[place] += max(0, terminals[place].write(part))
            }
        }
        // What was written last is lost if the terminals are let go of before it is read.
        withExtendedLifetime(terminals) { readers.wait() }
        let elapsed = (clock.now - began) / .nanoseconds(1)
        let total = found.withLock { $0 }
        let gaps = streams.enumerated().reduce(0) { $0 + (kinds[$1.offset] == .line ? lineFeeds($1.element) : 0) }
        let rate = Double(total.bytes) / elapsed * 1e9
        return BenchResult(
            stage: SerialStages.ports, rate: rate, unit: "bytes/s", range: rate...rate,
            details: [
                ("ports", Int64(count)), ("sent", Int64(sent.reduce(0, +))), ("decoded", Int64(total.bytes + gaps)),
                ("noise", Int64(total.noise)),
                ("cpuThousandths", Int64(Double(total.cpuNanoseconds) / elapsed * 1000)),
            ])
    }

    /// A line of text ends with its CR; the LF after it belongs to no frame.
    private func lineFeeds(_ bytes: [UInt8]) -> Int { bytes.count { $0 == 10 } }
}

/// The time that the processor spent on this thread.
private func threadNanoseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
